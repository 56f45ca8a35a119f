package e2e

import (
	"fmt"
	"testing"
	"time"

	"okno/server/browsertest"
	"okno/tickets"
	"okno/tickets/people"
)

// waiting is one ticket that waits in the office.
type waiting struct {
	who, subject, body string
	waits              time.Duration
}

// morning is what waits in the office: who asks, what, and for how long.
func morning() []waiting {
	return []waiting{
		{"Dmitry Orlov", "Кофемашина не греет молоко", "С утра пар идёт, а молоко остаётся холодным. Фильтр меняли вчера.", 26 * time.Hour},
		{"Sara Haddad", "فاتورة شهر أكتوبر", "لم تصلنا الفاتورة حتى الآن.", 9 * time.Hour},
		{"Pavel Gromov", "Milk delivery did not come to Sadovaya", "We have two litres left, which lasts until noon. Who brings more?", 5 * time.Hour},
		{"Irina Belova", "Access to the timetable for a new barista", "Lena starts on Monday and cannot open the timetable yet.", 3 * time.Hour},
		{"Tom Fischer", "Refund for order 20931", "The guest paid twice. The bank shows both payments.", 70 * time.Minute},
		{"Nina Wolf", "Wi-Fi drops every ten minutes at Lesnaya since the electricians were here", "The router blinks red, then comes back by itself.", 38 * time.Minute},
	}
}

// furnished is the office on an ordinary morning; it answers the ticket that
// has everything in it.
func furnished(o *office) tickets.Ticket {
	o.clock.ago(2 * time.Hour)
	main := o.asked("Olga Sinitsyna", "Second till prints no receipts after the update", "Good morning. Since the update at night the second till opens the drawer, but no paper comes. The queue grows, so we closed it.")
	for i, m := range morning() {
		o.clock.ago(m.waits)
		t := o.asked(m.who, m.subject, m.body)
		if i%2 == 1 {
			o.change(t, tickets.Change{AssigneeID: &o.marina.ID})
		}
	}
	o.clock.ago(80 * time.Minute)
	high := tickets.High
	o.change(main, tickets.Change{AssigneeID: &o.jonas.ID, Priority: &high, AddTags: []string{"till"}})
	o.says(main, "Olga, the update brought a new printer driver. Please try this, it takes a minute:\n\n1. Close the till.\n2. Restart the service `PrintAgent`.\n3. Open the till and print an empty receipt.", tickets.DeliverySent)
	o.clock.ago(41 * time.Minute)
	blob, size, err := o.srv.Rooms.Files.Put(o.t.Context(), reader("error 0x97"))
	o.ok(err)
	o.writes(main, tickets.Incoming{Body: "Restarted, no change. Now it shows error 0x97. The log is attached.", HTML: "<p>Restarted</p>", Original: blob,
		Quoted: "Jonas Weber wrote:\n> Olga, the update brought a new printer driver.", Files: []tickets.File{{Name: "printagent.log", Type: "text/plain", Size: size, Blob: blob}}})
	o.clock.ago(20 * time.Minute)
	_, err = o.srv.Rooms.Tickets.Note(o.t.Context(), tickets.AsAgent(o.marina), main.ID, tickets.NewMessage{
		Body: "@Jonas Weber, the same error was at Sadovaya on 3 November. Going back to driver 10.9.2 took five minutes.", Mentions: []int64{o.jonas.ID}})
	o.ok(err)
	o.clock.ago(12 * time.Minute)
	o.net.Fail(refused())
	o.says(main, "Olga, I will connect to the till now and put the old driver back. Please touch nothing for five minutes.", tickets.DeliveryFailed)
	o.clock.ago(0)
	return main
}

func (o *office) change(t tickets.Ticket, c tickets.Change) {
	o.t.Helper()
	_, err := o.srv.Rooms.Tickets.Change(o.t.Context(), tickets.AsAgent(o.jonas), t.ID, 0, c)
	o.ok(err)
}

// says is a reply that has left, or could not.
func (o *office) says(t tickets.Ticket, body string, ends tickets.DeliveryState) {
	o.t.Helper()
	m, err := o.srv.Rooms.Tickets.Reply(o.t.Context(), tickets.AsAgent(o.jonas), t.ID, tickets.NewMessage{Body: body})
	o.ok(err)
	o.clock.back.Add(-int64(time.Minute))
	o.delivered(m, ends)
}

// TestEveryLook opens every page and state of the desk in both themes, both
// languages and two widths.
func TestEveryLook(t *testing.T) {
	o := newOffice(t)
	main := furnished(o)
	rest := later(o, main)
	tab := browsertest.Start(t).Tab(o.url, browsertest.Look{})
	o.signIn(tab, "/tickets?view=open")
	for _, lang := range []string{"en", "ru"} {
		_, err := o.srv.Rooms.People.ChangeProfile(t.Context(), o.jonas, people.Profile{Name: "Jonas Weber", Language: lang})
		o.ok(err)
		for _, width := range []int64{1280, 390} {
			for _, dark := range []bool{false, true} {
				look := browsertest.Look{Width: width, Height: 900, Dark: dark}
				if width < 500 {
					look.Height = 844
				}
				tab.Wear(look)
				name := fmt.Sprintf("%s-%d-%t", lang, width, dark)
				walk(o, tab, main, name)
				if dark == (lang == "ru") && dark == (width < 500) {
					seldom(o, tab, main, rest, name)
				}
			}
		}
	}
	tab.Calm()
	narrow(o, tab, main)
	tab.Wear(browsertest.Look{})
	tab.Open(o.url + "/no/such/page") // the browser itself makes a note of the answer
	tab.See("#rail")
	tab.Axe("a page that is not there")
	tab.Shot("look-nowhere")
}

// state is a page as it is looked at: its name, its address, what has to be
// there, and what somebody does then.
type state struct{ name, path, ready, act string }

// walk looks at every state once.
func walk(o *office, tab *browsertest.Tab, main tickets.Ticket, look string) {
	gaze(o, tab, look, []state{
		{"list", "/tickets?view=open", "#rows .row", ""},
		{"empty", "/tickets?view=spam", ".empty", ""},
		{"mentions", "/tickets?view=mentions", "#rows", ""},
		{"ticket", at(main) + "?from=open", "#thread .failed", ""},
		{"note", at(main) + "?from=open", "#thread .failed", `document.querySelector("label:has(#mode-note)").click()`},
		{"writing", at(main) + "?from=open", "#thread .failed", `document.querySelector("#body").focus()`},
		{"side", at(main) + "#side", "#side-body", ""},
		{"new", "/tickets/new", "#new-form", ""},
		{"keys", "/tickets?view=mine", "#rows", `document.querySelector("#keys").showModal()`},
	})
}

func gaze(o *office, tab *browsertest.Tab, look string, states []state) {
	for _, s := range states {
		tab.Open(o.url + s.path)
		tab.See(s.ready)
		tab.Until("document.documentElement.dataset.stream === 'up'")
		if s.act != "" {
			run(tab, s.act)
		}
		tab.Axe(s.name + " " + look)
		fits(o.t, tab, s.name+" "+look)
		tab.Shot("look-" + s.name + "-" + look)
	}
}

// narrow looks at the smallest screen there is.
func narrow(o *office, tab *browsertest.Tab, main tickets.Ticket) {
	tab.Wear(browsertest.Look{Width: 320, Height: 640})
	for _, path := range []string{"/tickets?view=open", "/tickets?view=spam", at(main) + "?from=open", "/tickets/new", at(main) + "/split", at(main) + "/merge"} {
		tab.Open(o.url + path)
		fits(o.t, tab, path+" at 320")
		tab.Shot("look-320" + fmt.Sprint(len(path)))
	}
}

// small lists what is too small to be hit; a link inside a sentence may be.
const small = `[...document.querySelectorAll("a, button, select, summary, [role=button], input:not(.sr):not([type=hidden])")]
	.filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.closest(".text, .sr, .skip, .row .line1, .mini, .hint, .notice, .meta, .event, .targets, label:has(> input)"))
	.map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.width > 1 && r.height > 1 && (r.width < 24 || r.height < 24))
	.map(([e, r]) => e.outerHTML.slice(0, 90) + " " + Math.round(r.width) + "x" + Math.round(r.height))`

// fits checks that nothing scrolls sideways and that everything can be hit.
func fits(t testing.TB, tab *browsertest.Tab, what string) {
	t.Helper()
	if over := browsertest.Eval[float64](tab, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
		t.Errorf("%s scrolls sideways by %v pixels", what, over)
	}
	for _, line := range browsertest.Eval[[]string](tab, small) {
		t.Errorf("%s: too small to hit: %s", what, line)
	}
}
