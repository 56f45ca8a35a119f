package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"okno/server/browsertest"
	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// window is a desk with its forms and somebody who asks.
type window struct {
	*office
	browser *browsertest.Browser
}

func newWindow(t *testing.T) *window {
	t.Helper()
	w := newWindowOf(t, newOffice(t))
	car := &forms.Condition{Step: "car", Is: forms.Equal, To: fields.Yes}
	w.publish(forms.RequestType{
		Key: "visit", Name: two("Visit", "Визит"), About: two("Somebody comes to us", "К нам кто-то придёт"), Section: "office", Icon: "🚪",
		Subject: two("Visit of {guest}", "Визит: {guest}"), Keywords: forms.Keywords{EN: []string{"delegation"}},
		Steps: []forms.Step{
			{Key: "guest", Type: fields.Text, Label: two("Who comes?", "Кто придёт?"), Help: two("First and last name", "Имя и фамилия"), Check: forms.Check{Shorter: 3}},
			{Key: "day", Type: fields.Date, Label: two("On which day?", "В какой день?"), Default: "tomorrow"},
			{Key: "car", Type: fields.YesNo, Label: two("By car?", "На машине?")},
			{Key: "plate", Type: fields.Plate, Label: two("Number plate?", "Номер машины?"), When: car},
			{Key: "days", Type: fields.Many, Label: two("Which rooms?", "Какие комнаты?"), Optional: true, Options: []fields.Option{{Key: "a", NameEN: "Atlas", NameRU: "Атлас"}, {Key: "b", NameEN: "Baltic", NameRU: "Балтика"}}},
			{Key: "why", Type: fields.Long, Label: two("What for?", "Зачем?")},
			{Key: "papers", Type: fields.Files, Label: two("Papers", "Документы"), Optional: true, Check: forms.Check{Files: []string{".txt", "text/plain"}}},
		},
	})
	return w
}

// newWindowOf is the portal of an office, with a section in its menu.
func newWindowOf(t *testing.T, o *office) *window {
	t.Helper()
	o.clock.ago(0)
	w := &window{o, browsertest.Start(t)}
	w.furnishMenu()
	return w
}

// furnishMenu gives the menu the section the form is in.
func (w *window) furnishMenu() {
	w.t.Helper()
	cases := w.srv.Rooms.Tickets
	menu, err := cases.Menu(w.t.Context())
	w.ok(err)
	for _, s := range menu.Sections {
		if s.Key == "office" {
			return
		}
	}
	menu.Sections = append(menu.Sections, forms.Section{Key: "office", Name: two("Office", "Офис"), Icon: "🏢"})
	_, err = cases.PutMenu(w.t.Context(), tickets.AsAgent(w.jonas), menu)
	w.ok(err)
}

func two(en, ru string) forms.Text { return forms.Text{EN: en, RU: ru} }

func (w *window) publish(t forms.RequestType) {
	w.t.Helper()
	ctx, by, cases := w.t.Context(), tickets.AsAgent(w.jonas), w.srv.Rooms.Tickets
	d, err := cases.SaveRequestDraft(ctx, by, t, 0)
	w.ok(err)
	_, err = cases.Publish(ctx, by, d.Type.ID)
	w.ok(err)
}

// link finds links in the letters of the portal.
var link = regexp.MustCompile(`<(http://[^>]+/portal/enter/[^>]+)>`)

// letter waits for the n-th link that was sent to an address.
func (w *window) letter(email string, n int) string {
	w.t.Helper()
	var found []string
	w.eventually(fmt.Sprintf("link %d is sent to %s", n, email), func() bool {
		found = nil
		for _, out := range w.net.Sent() {
			if m := link.FindStringSubmatch(out.Body); m != nil && out.To.ID == email {
				found = append(found, m[1])
			}
		}
		return len(found) >= n
	})
	return found[n-1]
}

// comeIn signs in by mail.
func (w *window) comeIn(tab *browsertest.Tab, email string) {
	w.t.Helper()
	tab.Open(w.url + "/portal/signin")
	tab.Fill("#email", email)
	tab.Click("#signin button.primary")
	tab.UntilText("#sent", email)
	tab.Open(w.letter(email, 1))
	tab.Click("#enter button")
	tab.See("#mine")
}

// reach presses Tab until an element has the focus.
func reach(t *testing.T, tab *browsertest.Tab, sel string, most int) {
	t.Helper()
	for range most {
		if browsertest.Eval[bool](tab, fmt.Sprintf("document.activeElement.matches(%q)", sel)) {
			return
		}
		tab.Press(kb.Tab)
	}
	t.Fatalf("%d times Tab do not lead to %s", most, sel)
}

// composed checks that nothing went wrong but refusals, which browsers log.
func composed(t testing.TB, tab *browsertest.Tab) {
	t.Helper()
	for _, line := range tab.Trouble() {
		if !strings.Contains(line, "status of 422") && !strings.Contains(line, "status of 410") {
			t.Errorf("trouble on %s: %s", tab.Where(), line)
		}
	}
}

// replied is an answer of an agent that has left.
func (w *window) replied(number int64, text string) {
	w.t.Helper()
	ctx, rooms := w.t.Context(), w.srv.Rooms
	found, err := rooms.Store.TicketByNumber(ctx, number)
	w.ok(err)
	m, err := rooms.Tickets.Reply(ctx, tickets.AsAgent(w.jonas), found.ID, tickets.NewMessage{Body: text})
	w.ok(err)
	w.delivered(m, tickets.DeliverySent)
}

// closed closes a ticket.
func (w *window) closed(number int64) {
	w.t.Helper()
	ctx, rooms := w.t.Context(), w.srv.Rooms
	found, err := rooms.Store.TicketByNumber(ctx, number)
	w.ok(err)
	list, err := rooms.Tickets.Statuses(ctx)
	w.ok(err)
	for _, s := range list {
		if s.Category == tickets.Closed {
			_, err = rooms.Tickets.Change(ctx, tickets.AsAgent(w.jonas), found.ID, 0, tickets.Change{StatusID: &s.ID})
			w.ok(err)
		}
	}
}

// tomorrow is the default of the form's day.
func (w *window) tomorrow() string { return w.clock.Now().AddDate(0, 0, 1).Format(time.DateOnly) }
