package hub_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/dialog"
	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// offers has an administrator publish a form of two questions.
func (x *house) offers(t *testing.T) forms.RequestType {
	t.Helper()
	by := tickets.AsAgent(admin())
	_, err := x.use.PutMenu(t.Context(), by, forms.Menu{Sections: []forms.Section{{Key: "office", Name: forms.Text{EN: "Office", RU: "Офис"}}}})
	must(t, err)
	draft, err := x.use.SaveRequestDraft(t.Context(), by, forms.RequestType{
		Key: "pass", Section: "office", Name: forms.Text{EN: "Guest pass", RU: "Пропуск"},
		Steps: []forms.Step{
			{Key: "who", Type: fields.Text, Label: forms.Text{EN: "Who comes?", RU: "Кто придёт?"}},
			{Key: "car", Type: fields.YesNo, Label: forms.Text{EN: "By car?", RU: "На машине?"}},
		},
	}, 0)
	must(t, err)
	published, err := x.use.Publish(t.Context(), by, draft.Type.ID)
	must(t, err)
	return published
}

// taps presses a button of what reached Anna last, by what it says.
func (x *chat) taps(t *testing.T, word string) hub.Entry {
	t.Helper()
	all := x.net.Sent()
	for i := len(all) - 1; i >= 0; i-- {
		for _, row := range all[i].Buttons {
			for _, b := range row {
				if strings.Contains(b.Text, word) {
					return x.presses(t, b.ID)
				}
			}
		}
	}
	t.Fatalf("no button %q", word)
	return hub.Entry{}
}

// fills has Anna fill the form up to its summary.
func (x *chat) fills(t *testing.T) {
	t.Helper()
	x.writes(t, "/menu")
	x.taps(t, "Guest pass")
	x.writes(t, "Boris")
	x.taps(t, "Yes")
}

func TestAFormIsFilledInAChat(t *testing.T) {
	inChats(t, func(t *testing.T, x *chat) {
		form := x.offers(t)
		x.fills(t)
		x.Hub = x.hub("two") // a restart forgets nothing
		route(t, x.taps(t, "Send"), hub.OutcomeOpened, 1, "hub.why.talk")
		got := x.numbered(t, 1)
		if got.TypeID != form.ID || got.TypeVersion != 1 || got.Place != "5" {
			t.Errorf("ticket %+v", got)
		}
		if body := x.messages(t, 1)[0].Body; !strings.Contains(body, "**Who comes?** Boris") && !strings.Contains(body, "Boris") {
			t.Errorf("the ticket says %q", body)
		}
		all := x.arrived()
		if last := all[len(all)-1]; !strings.HasPrefix(last.Body, "Request #1 is registered") {
			t.Errorf("the last words are %q", last.Body)
		}
		route(t, x.taps(t, "Send"), hub.OutcomeDone, 0, "hub.why.talk")
		if made, _ := x.counted(t); made != 1 {
			t.Errorf("%d tickets", made)
		}
		route(t, x.writes(t, "He is tall"), hub.OutcomeAdded, 1, "hub.why.chat")
	})
}

// TestAFormIsOfferedForWords leaves the offer alone until its time is over: what
// was written reaches people as it was.
func TestAFormIsOfferedForWords(t *testing.T) {
	x := newChat(t, "memory")
	x.matches = []dialog.Match{{Type: x.offers(t).ID, Score: 1}}
	x.Hub = x.hub("one")
	route(t, x.writes(t, "Boris comes tomorrow"), hub.OutcomeDone, 0, "hub.why.talk")
	if made, _ := x.counted(t); made != 0 {
		t.Errorf("%d tickets before anybody chose", made)
	}
	x.pass(time.Hour)
	for _, key := range x.timers(t) {
		must(t, x.Wake(t.Context(), key))
	}
	x.rests(t)
	if list := x.messages(t, 1); len(list) != 1 || !strings.Contains(list[0].Body, "Boris comes tomorrow") {
		t.Errorf("messages %+v", list)
	}
}

// TestARefusalOfTheDeskLosesNothing has the form go while it is filled.
func TestARefusalOfTheDeskLosesNothing(t *testing.T) {
	x := newChat(t, "memory")
	form := x.offers(t)
	x.fills(t)
	must(t, x.use.ArchiveRequestType(t.Context(), tickets.AsAgent(admin()), form.ID, true))
	route(t, x.taps(t, "Send"), hub.OutcomeOpened, 1, "hub.why.talk")
}

func TestAnAnswerToAMessageIsNoAnswerToAQuestion(t *testing.T) {
	x := newChat(t, "memory")
	x.offers(t)
	x.fills(t)
	x.taps(t, "Send")
	first := x.messages(t, 1)[0]
	x.writes(t, "/menu")
	x.taps(t, "Guest pass")
	sent := ""
	for _, out := range x.net.Sent() {
		if strings.HasPrefix(out.Body, "Request #1 is registered") {
			sent = "sent-" + out.Key
		}
	}
	answer := channels.Inbound{Object: "m99", Text: "He is late", Thread: channels.Thread{Refs: []string{sent}}}
	route(t, x.does(t, answer), hub.OutcomeAdded, 1, "hub.why.refs")
	if list := x.messages(t, 1); len(list) != 2 || list[0].ID != first.ID || list[1].Body != "He is late" {
		t.Errorf("messages %+v", list)
	}
}

// timers are the keys of the dialogs that are to be woken by now.
func (x *chat) timers(t *testing.T) []string {
	t.Helper()
	rows, err := x.Store.Jobs().Claim(t.Context(), "test", x.clock().Add(time.Hour), 100)
	must(t, err)
	var keys []string
	for _, r := range rows {
		if r.Kind == hub.DialogDue {
			keys = append(keys, r.Key)
		}
	}
	return keys
}

// TestAPageOfTheMenuTakesThePlaceOfAnother opens a section, the menu again, and the
// menu by words, which belong to no message.
func TestAPageOfTheMenuTakesThePlaceOfAnother(t *testing.T) {
	x := newChat(t, "memory")
	x.offers(t)
	x.writes(t, "/menu")
	x.presses(t, "sec:office:0")
	x.taps(t, "Menu")
	x.writes(t, "/menu")
	var places []string
	for _, out := range x.arrived() {
		places = append(places, out.Replaces)
	}
	if want := []string{"", "x", "x", ""}; !slices.Equal(places, want) {
		t.Errorf("in place of %q, want %q", places, want)
	}
}
