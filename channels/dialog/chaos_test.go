package dialog_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/dialog"
	"okno/channels/dialog/dialogtest"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// TestAnythingAtAnyTime does what comes to mind, in worlds that change under it:
// every step says something readable, changes nothing it was given, keeps the
// State small, and nothing of what was written is lost.
func TestAnythingAtAnyTime(t *testing.T) {
	words := dialogtest.Words(t)
	for seed := range uint64(30) {
		c := &chaos{t: t, random: rand.New(rand.NewPCG(seed, 3)), words: words, now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
		for range 80 {
			c.step()
		}
	}
}

type chaos struct {
	t      *testing.T
	random *rand.Rand
	words  dialog.Words
	now    time.Time
	state  dialog.State
	ids    []string
}

func (c *chaos) step() {
	c.now = c.now.Add(time.Duration(c.random.IntN(200)) * time.Minute)
	turn, world := c.turn(), c.world()
	before, err := json.Marshal(c.state)
	if err != nil {
		c.t.Fatal(err)
	}
	given := c.copied(before)
	out := dialog.Step(given, turn, world, c.words)
	dialogtest.Check(c.t, out)
	if !reflect.DeepEqual(given, c.copied(before)) {
		c.t.Fatalf("%+v changed the State it was given", turn)
	}
	after, err := json.Marshal(out.State)
	if err != nil {
		c.t.Fatal(err)
	}
	if len(after) > 30_000 {
		c.t.Errorf("a State of %d bytes", len(after))
	}
	c.heard(turn, out, string(after))
	c.state = c.copied(after)
	for _, x := range c.state.Choice {
		c.ids = append(c.ids, x.ID)
	}
}

func (c *chaos) copied(raw []byte) dialog.State {
	var s dialog.State
	if err := json.Unmarshal(raw, &s); err != nil {
		c.t.Fatal(err)
	}
	return s
}

// heard fails when words that mean nothing to the dialog left no trace: neither
// in the State nor in a command, nor in a ticket, nor quoted back.
func (c *chaos) heard(turn dialog.Turn, out dialog.Outcome, after string) {
	if !strings.HasPrefix(turn.Text, "Dear") || !out.Taken {
		return
	}
	for _, x := range out.Do {
		if x.Write != nil {
			return
		}
	}
	done, err := json.Marshal([]any{out.Do, out.Say})
	if err != nil {
		c.t.Fatal(err)
	}
	if !strings.Contains(after, turn.Text) && !strings.Contains(string(done), turn.Text) {
		c.t.Errorf("%q is lost: %+v", turn.Text, out)
	}
}

func (c *chaos) turn() dialog.Turn {
	turn := dialog.Turn{Language: "en", Buttons: c.random.IntN(3) > 0, Now: c.now}
	words := []string{
		"menu", "back", "cancel", "skip", "done", "keep", "send", "change", "human", "my requests", "continue", "approve", "refuse",
		"1", "2", "5", "⭐⭐⭐", "yes", "no", "tomorrow", "-", "mail, chat", "меню", strings.Repeat("long ", 800), "a412",
	}
	switch n := c.random.IntN(12); {
	case n < 3:
		turn.Text = words[c.random.IntN(len(words))]
	case n < 5:
		turn.Text = "Dear people of " + strings.Map(func(r rune) rune { return r%26 + 'a' }, c.now.Format(time.RFC3339))
	case n < 6:
		turn.Files = []channels.File{{Name: "a.png", Type: "image/png", Size: 10, Blob: "b"}}
	case n < 7:
		turn.Timer = c.random.IntN(2) == 0
	case n < 8:
		turn.Button = []string{"f:", "f:x:y:z", "o::", "rate:7:3", "agree:8", "refuse:8", "rated", "relent", "tkt:7", "write:9", "reopen:7", "stars:7", "mine:99", "sec:office:7", "type:3", "new:1", "human"}[c.random.IntN(17)]
	default:
		turn.Button = "menu"
		if len(c.ids) > 0 {
			turn.Button = c.ids[max(0, len(c.ids)-1-c.random.IntN(12))]
		}
	}
	return turn
}

func (c *chaos) world() dialog.World {
	w := dialog.World{Catalog: catalog(), Desk: "Okno", Me: people.Person{ID: 5, Name: "Anna"}}
	for i := range w.Catalog.Types {
		w.Catalog.Types[i].ID, w.Catalog.Types[i].Version = int64(i+1), 1
	}
	if f := c.state.Filling; f != nil && c.random.IntN(10) > 0 {
		w.Begun = &w.Catalog.Types[f.Type-1]
	} else if c.random.IntN(3) == 0 {
		w.Catalog = forms.Catalog{}
	}
	maybe := func() bool { return c.random.IntN(3) == 0 }
	if maybe() {
		w.Matches = []dialog.Match{{Type: 1, Score: 0.95}, {Type: 2, Score: 0.94}}
	}
	if maybe() {
		w.Found = []people.Person{{ID: 7, Name: "Boris"}, {ID: 8, Name: "Boris"}}[:1+c.random.IntN(2)]
	}
	if maybe() {
		w.Asking = []dialog.Asking{{Approval: tickets.Approval{ID: 8}, Number: 12, Subject: "A chair"}}
	}
	if maybe() {
		w.Tickets = []dialog.Request{
			{Ticket: tickets.Ticket{Number: 7, Category: tickets.Closed}, Rateable: true},
			{Ticket: tickets.Ticket{Number: 9, Category: tickets.Categories()[c.random.IntN(6)]}},
		}
	}
	return w
}
