package tickets_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"okno/tickets"
)

// TestNothingIsLostWhileTicketsMove merges, splits, deletes and undoes at random,
// while people and agents go on talking, and then asks whether every message is
// in exactly one ticket, rows show what is in them, counters equal a recount and
// the log tells the stored rows.
func TestNothingIsLostWhileTicketsMove(t *testing.T) {
	w, s, _ := desk(t, "memory")
	told := 0
	rapid.Check(t, func(r *rapid.T) {
		if told++; told%5 == 0 {
			w, s, _ = desk(t, "memory")
		}
		removals(t, r, w, s)
	})
}

// TestNothingIsLostWhileTicketsMoveOnPostgres tells a few stories only.
func TestNothingIsLostWhileTicketsMoveOnPostgres(t *testing.T) {
	w, s, _ := desk(t, cluster.Database(t))
	const stories = 10
	told := 0
	rapid.Check(t, func(r *rapid.T) {
		if told++; told <= stories {
			removals(t, r, w, s)
		}
	})
}

func removals(t *testing.T, r *rapid.T, w *world, s *tickets.Service) {
	m := &mover{player: player{w: w, s: s}}
	for range 3 {
		m.open(t)
	}
	for range rapid.IntRange(1, 30).Draw(r, "steps") {
		w.pass(time.Duration(rapid.IntRange(0, 20).Draw(r, "seconds")) * time.Second)
		m.step(t, r)
	}
	rows := map[int64]tickets.Ticket{}
	events := w.log(t)
	for _, e := range events {
		rows[e.TicketID] = w.row(t, e.TicketID)
	}
	checkCounts(t, r, w, rows)
	checkLog(t, r, w, rows, events)
	checkHomes(t, r, w, rows)
	if got, want := m.kept(t, rows), len(m.said); got != want {
		r.Fatalf("%d of %d messages are left", got, want)
	}
}

// mover plays with several tickets and remembers every message.
type mover struct {
	player
	tickets []int64
	said    []int64
}

func (m *mover) open(t *testing.T) {
	t.Helper()
	asker := int64(11 + len(m.tickets)%3)
	made, first, err := m.s.Create(t.Context(), tickets.AsPerson(asker), tickets.NewTicket{
		Subject: "x", RequesterID: asker, ChannelID: 5, Incoming: &tickets.Incoming{PersonID: asker, Body: "help"},
	})
	must(t, err)
	m.tickets, m.said = append(m.tickets, made.ID), append(m.said, first.ID)
}

// step does one thing to one of the tickets.
func (m *mover) step(t *testing.T, r *rapid.T) {
	ctx := t.Context()
	m.ticket = rapid.SampledFrom(m.tickets).Draw(r, "ticket")
	other := rapid.SampledFrom(m.tickets).Draw(r, "other")
	by := rapid.SampledFrom([]tickets.Actor{anna(), boris()}).Draw(r, "by")
	switch rapid.IntRange(0, 12).Draw(r, "move") {
	case 0, 1:
		_, err := m.s.Merge(ctx, by, m.ticket, other)
		m.take(t, err)
	case 2, 3:
		_, err := m.s.Unmerge(ctx, by, m.ticket)
		m.take(t, err)
	case 4, 5:
		m.split(t, r, by)
	case 6:
		_, err := m.s.Unsplit(ctx, by, m.tickets[len(m.tickets)-1]) // most likely one that was split off
		m.take(t, err)
	case 7:
		m.take(t, m.s.Delete(ctx, by, m.ticket))
	case 8:
		for _, id := range m.tickets {
			m.take(t, m.s.Restore(ctx, boris(), id))
		}
	default:
		m.speak(t, r, by)
	}
}

// split chooses about half of a ticket.
func (m *mover) split(t *testing.T, r *rapid.T, by tickets.Actor) {
	var chosen []int64
	for _, x := range m.w.said(t, m.ticket) {
		if rapid.Bool().Draw(r, "chosen") {
			chosen = append(chosen, x.ID)
		}
	}
	off, err := m.s.Split(t.Context(), by, m.ticket, chosen, "")
	m.take(t, err)
	if err == nil {
		m.tickets = append(m.tickets, off.ID)
	}
}

// speak says something or goes on with what was said last.
func (m *mover) speak(t *testing.T, r *rapid.T, by tickets.Actor) {
	status := rapid.SampledFrom([]int64{0, 3, 5, 6}).Draw(r, "status")
	state := rapid.SampledFrom([]tickets.DeliveryState{"sent", "failed", "sending"}).Draw(r, "state")
	switch rapid.IntRange(0, 5).Draw(r, "words") {
	case 0:
		x, err := m.s.Reply(t.Context(), by, m.ticket, tickets.NewMessage{Body: "answer", Then: status})
		m.reply(t, x, err)
		m.remember(x, err)
	case 1:
		x, err := m.s.Note(t.Context(), by, m.ticket, tickets.NewMessage{Body: "psst", Mentions: []int64{1, 2}})
		m.take(t, err)
		m.remember(x, err)
	case 2, 3:
		x, err := m.s.Receive(t.Context(), m.ticket, tickets.Incoming{PersonID: 14, Body: "and?"})
		m.take(t, err)
		m.remember(x, err)
	case 4:
		_, err := m.s.Withdraw(t.Context(), by, m.last.ID)
		m.take(t, err)
	case 5:
		m.settle(t, state)
	}
}

func (m *mover) remember(x tickets.Message, err error) {
	if err == nil {
		m.said = append(m.said, x.ID)
	}
}

// kept counts the messages of this story that are in one of the tickets.
func (m *mover) kept(t *testing.T, rows map[int64]tickets.Ticket) int {
	t.Helper()
	n := 0
	for id := range rows {
		for _, x := range m.w.said(t, id) {
			if slices.Contains(m.said, x.ID) {
				n++
			}
		}
	}
	return n
}

// checkHomes checks that merged tickets are empty and the others show what is in
// them.
func checkHomes(t *testing.T, r *rapid.T, w *world, rows map[int64]tickets.Ticket) {
	for id, row := range rows {
		list := w.said(t, id)
		if row.MergedInto != 0 && (len(list) > 0 || row.Category != tickets.Closed || row.Snippet != "") {
			r.Fatalf("a merged ticket has %d messages and says %+v", len(list), row)
		}
		failed, last := 0, tickets.Message{}
		for _, x := range list {
			switch x.Delivery.State {
			case tickets.DeliveryWithdrawn:
				continue
			case tickets.DeliveryFailed:
				failed++
			}
			last = x
		}
		if row.Undelivered != failed || row.Snippet != tickets.Snippet(last.Body) || row.LastBy != last.Author.Kind {
			r.Fatalf("%d failures, last %+v, the row says %+v", failed, last, row)
		}
	}
}

// TestMoveEventsStayAsTheyAre compares the JSON of the events of both tickets of
// a move with what followers and stored logs rely on.
func TestMoveEventsStayAsTheyAre(t *testing.T) {
	w, s, made := desk(t, "memory")
	from := another(t, w, s)
	must(t, errOf(s.Merge(t.Context(), anna(), from.ID, made.ID)))
	must(t, errOf(s.Unmerge(t.Context(), anna(), from.ID)))
	off, err := s.Split(t.Context(), anna(), made.ID, mixed(t, w, s, made), "Lift")
	must(t, err)
	must(t, s.Link(t.Context(), anna(), off.ID, made.ID, tickets.LinkParent))
	must(t, s.Unlink(t.Context(), anna(), off.ID, made.ID, tickets.LinkParent))
	must(t, errOf(s.Unsplit(t.Context(), anna(), off.ID)))
	must(t, s.Delete(t.Context(), boris(), made.ID))
	must(t, s.Restore(t.Context(), boris(), made.ID))
	sides := map[string]int{}
	for _, e := range w.log(t) {
		if !slices.Contains(moving(), e.Type) {
			continue
		}
		got, err := json.MarshalIndent(e, "", "  ")
		must(t, err)
		sides[string(e.Type)]++
		golden(t, string(e.Type)+[]string{"", "", ".other"}[sides[string(e.Type)]], append(got, '\n'))
	}
	if len(sides) != len(moving()) {
		t.Errorf("the story has %v", sides)
	}
}

func moving() []tickets.EventType {
	return []tickets.EventType{
		tickets.TicketMerged, tickets.TicketUnmerged, tickets.TicketSplit, tickets.TicketUnsplit,
		tickets.TicketLinked, tickets.TicketUnlinked, tickets.TicketDeleted, tickets.TicketRestored,
	}
}
