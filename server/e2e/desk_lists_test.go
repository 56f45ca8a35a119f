package e2e

import (
	"fmt"
	"strconv"
	"testing"

	"okno/server/browsertest"
	"okno/tickets"
	"okno/tickets/people"
)

// TestEveryList looks at the lists TestEveryLook passes by, all with rows, in
// both themes: English on the desk, Russian on the phone.
func TestEveryList(t *testing.T) {
	o := newOffice(t)
	furnished(o)
	shelved(o)
	tab := browsertest.Start(t).Tab(o.url, browsertest.Look{})
	o.signIn(tab, "/tickets?view=open")
	for lang, size := range map[string]browsertest.Look{"en": {Width: 1280, Height: 900}, "ru": {Width: 390, Height: 844}} {
		_, err := o.srv.Rooms.People.ChangeProfile(t.Context(), o.jonas, people.Profile{Name: "Jonas Weber", Language: lang})
		o.ok(err)
		for _, size.Dark = range []bool{false, true} {
			tab.Wear(size)
			lists(o, tab, fmt.Sprintf("%s-%d-%t", lang, size.Width, size.Dark))
		}
	}
	tab.Calm()
}

// lists looks at every list that has rows of its own.
func lists(o *office, tab *browsertest.Tab, look string) {
	for _, view := range []string{"view=unassigned", "view=waiting", "view=solved", "view=spam", "team=" + strconv.FormatInt(o.team.ID, 10)} {
		tab.Open(o.url + "/tickets?" + view)
		tab.See("#rows .row")
		tab.Until("document.documentElement.dataset.stream === 'up'")
		tab.Axe(view + " " + look)
		fits(o.t, tab, view+" "+look)
		tab.Shot("list-" + view + "-" + look)
	}
}

// shelved is what is not on the desk today: waiting, solved and spam.
func shelved(o *office) {
	statuses, err := o.srv.Store.Statuses(o.t.Context())
	o.ok(err)
	status := map[tickets.Category]int64{}
	for _, s := range statuses {
		status[s.Category] = s.ID
	}
	waits, solved, spam := status[tickets.Waiting], status[tickets.Solved], true
	o.change(o.asked("Vera Long", "Какой кофе заказать на декабрь?", "Пришлите список."), tickets.Change{StatusID: &waits})
	o.change(o.asked("Anna Gray", "The door code", "It does not open since Monday."), tickets.Change{StatusID: &solved})
	o.change(o.asked("Lucky Prize", "You have won", "Click."), tickets.Change{Spam: &spam})
}
