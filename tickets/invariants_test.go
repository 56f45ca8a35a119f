package tickets_test

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"okno/tickets"
	"okno/tickets/fields"
)

// TestStoryAndRowAgree runs random commands and then asks whether counters equal
// a recount, the log has no holes, and replaying it gives the stored rows.
// Several stories share a database, as tickets do.
func TestStoryAndRowAgree(t *testing.T) {
	w, s, _ := desk(t, "memory")
	told := 0
	rapid.Check(t, func(r *rapid.T) {
		if told++; told%10 == 0 {
			w, s, _ = desk(t, "memory")
		}
		live(t, r, w, s, asked(t, s))
	})
}

// TestStoryAndRowAgreeOnPostgres tells a few stories only.
func TestStoryAndRowAgreeOnPostgres(t *testing.T) {
	w, s, _ := desk(t, cluster.Database(t))
	const stories = 15
	told := 0
	rapid.Check(t, func(r *rapid.T) {
		if told++; told <= stories {
			live(t, r, w, s, asked(t, s))
		}
	})
}

func live(t *testing.T, r *rapid.T, w *world, s *tickets.Service, made tickets.Ticket) {
	if list, err := s.AllFields(t.Context()); err != nil || len(list) == 0 {
		must(t, err)
		field(t, s, fields.Field{Type: fields.Number, NameEN: "Room", NameRU: "Комната"})
	}
	p := player{w: w, s: s, ticket: made.ID}
	for range rapid.IntRange(1, 25).Draw(r, "steps") {
		w.pass(time.Duration(rapid.IntRange(0, 20).Draw(r, "seconds")) * time.Second)
		p.step(t, r)
	}
	rows := map[int64]tickets.Ticket{}
	events := w.log(t)
	for _, e := range events {
		rows[e.TicketID] = w.row(t, e.TicketID)
	}
	checkCounts(t, r, w, rows)
	checkLog(t, r, w, rows, events)
}

type player struct {
	w      *world
	s      *tickets.Service
	ticket int64
	last   tickets.Message // said last
}

// step does one thing; refusals are part of life and change nothing.
func (p *player) step(t *testing.T, r *rapid.T) {
	ctx := t.Context()
	by := rapid.SampledFrom([]tickets.Actor{anna(), boris()}).Draw(r, "by")
	status := rapid.SampledFrom([]int64{1, 2, 3, 4, 5, 6}).Draw(r, "status")
	switch rapid.IntRange(0, 12).Draw(r, "command") {
	case 0:
		x, err := p.s.Reply(ctx, by, p.ticket, tickets.NewMessage{Body: "answer"})
		p.reply(t, x, err)
	case 1:
		x, err := p.s.Reply(ctx, by, p.ticket, tickets.NewMessage{Body: "answer", Then: status})
		p.reply(t, x, err)
	case 2:
		_, err := p.s.Note(ctx, by, p.ticket, tickets.NewMessage{Body: "psst", Mentions: []int64{1, 2, 3}})
		p.take(t, err)
	case 3:
		auto := rapid.SampledFrom([]string{"", "reply"}).Draw(r, "auto")
		_, err := p.s.Receive(ctx, p.ticket, tickets.Incoming{PersonID: 11, ChannelID: 5, Body: "and?", Auto: auto, Followers: []int64{12}})
		p.take(t, err)
	case 4, 5:
		p.change(t, r, by, status)
	case 6:
		_, err := p.s.Withdraw(ctx, by, p.last.ID)
		p.take(t, err)
	case 7:
		state := rapid.SampledFrom([]tickets.DeliveryState{"sent", "failed", "sending"}).Draw(r, "state")
		p.settle(t, state)
	case 8:
		_, err := p.s.Resend(ctx, by, p.last.ID)
		p.take(t, err)
	case 9:
		p.take(t, p.s.MarkRead(ctx, by, p.ticket))
	case 10:
		p.amend(t, r)
	case 11:
		p.take(t, p.s.Reopen(ctx, tickets.AsPerson(11), p.ticket))
	case 12:
		p.take(t, p.s.Rate(ctx, tickets.AsPerson(11), p.ticket, rapid.IntRange(0, 5).Draw(r, "stars"), "so"))
	}
}

// take lets refusals pass, which are part of life, and nothing else.
func (p *player) take(t *testing.T, err error) {
	t.Helper()
	if err != nil && tickets.KindOf(err) == "" {
		t.Fatal(err)
	}
}

func (p *player) reply(t *testing.T, m tickets.Message, err error) {
	t.Helper()
	p.take(t, err)
	if err == nil {
		p.last = m
		p.w.plan(t, m)
	}
}

// amend has the person change, extend or react to what they wrote first.
func (p *player) amend(t *testing.T, r *rapid.T) {
	ctx, in := t.Context(), tickets.Incoming{PersonID: 11, Network: "email", Body: rapid.SampledFrom([]string{"a", "b"}).Draw(r, "words")}
	switch rapid.IntRange(0, 3).Draw(r, "amendment") {
	case 0:
		p.take(t, p.s.EditIncoming(ctx, "email", "a@b", in))
	case 1:
		p.take(t, p.s.AppendFiles(ctx, "email", "a@b", in))
	case 2:
		p.take(t, p.s.RemoveIncoming(ctx, "email", "a@b", 11))
	case 3:
		p.take(t, p.s.React(ctx, "email", "a@b", 11, "👍"))
	}
}

// settle ends or begins the delivery of the last reply, in the outbox and on the
// ticket.
func (p *player) settle(t *testing.T, state tickets.DeliveryState) {
	t.Helper()
	if p.last.ID == 0 {
		return
	}
	if state != tickets.DeliverySending {
		if err := p.w.send(t, p.last.ID, state == tickets.DeliveryFailed); errors.Is(err, tickets.ErrStale) {
			return // it was sent, failed or taken back before
		}
	}
	p.take(t, p.s.Settle(t.Context(), p.last.ID, "", tickets.Delivery{State: state, Reason: tickets.Sentence{Key: "k"}}))
}

func (p *player) change(t *testing.T, r *rapid.T, by tickets.Actor, status int64) {
	spam := rapid.Bool().Draw(r, "spam")
	answer := rapid.SampledFrom([]string{"", "12", "13"}).Draw(r, "answer")
	team := rapid.SampledFrom([]int64{0, 21, 22}).Draw(r, "team")
	agent := rapid.SampledFrom([]int64{0, 1, 2}).Draw(r, "agent")
	c := tickets.Change{StatusID: &status, TeamID: &team, AssigneeID: &agent, AddTags: []string{"VPN"}, RemoveFollowers: []int64{12}}
	if rapid.Bool().Draw(r, "mark") {
		c = tickets.Change{Spam: &spam, RemoveTags: []string{"vpn"}, Fields: map[string]string{"room": answer}}
	}
	_, err := p.s.Change(t.Context(), by, p.ticket, 0, c)
	p.take(t, err)
}

func checkCounts(t *testing.T, r *rapid.T, w *world, rows map[int64]tickets.Ticket) {
	want := map[string]int{tickets.TeamKey(21): 0, tickets.TeamKey(22): 0}
	for _, v := range append(tickets.Views(), tickets.ViewDeleted) {
		want[string(v)], want[tickets.CountKey(v, 1)], want[tickets.CountKey(v, 2)] = 0, 0, 0
	}
	for _, row := range rows {
		for _, k := range tickets.Counted(row) {
			want[k]++
		}
	}
	for agent := range int64(3) {
		want[tickets.CountKey(tickets.ViewMentions, agent+1)] = unseen(t, w, rows, agent+1)
	}
	keys := slices.Collect(maps.Keys(want))
	got, err := w.Counts(t.Context(), keys)
	must(t, err)
	for _, k := range keys {
		if got[k] != want[k] {
			r.Fatalf("counter %s is %d, a recount gives %d", k, got[k], want[k])
		}
	}
}

var errUndone = errors.New("undone")

// unseen counts the mentions an agent has not seen by seeing them in a
// transaction that is undone.
func unseen(t *testing.T, w *world, rows map[int64]tickets.Ticket, agent int64) int {
	t.Helper()
	n := 0
	err := w.InTx(t.Context(), func(ctx context.Context) error {
		for id, row := range rows {
			if !row.DeletedAt.IsZero() {
				continue // nobody is shown its mentions
			}
			seen, err := w.SeeMentions(ctx, id, agent)
			if err != nil {
				return err
			}
			n += seen
		}
		return errUndone
	})
	if !errors.Is(err, errUndone) {
		t.Fatal(err)
	}
	return n
}

func checkLog(t *testing.T, r rapid.TB, w *world, rows map[int64]tickets.Ticket, events []tickets.Event) {
	categories := map[int64]tickets.Category{1: "new", 2: "open", 3: "waiting", 4: "hold", 5: "solved", 6: "closed"}
	of := map[int64][]tickets.Event{}
	for i, e := range events {
		if of[e.TicketID] = append(of[e.TicketID], e); e.Pos != int64(i+1) || e.Seq != int64(len(of[e.TicketID])) {
			r.Fatalf("event %d has place %d and seq %d", i+1, e.Pos, e.Seq)
		}
	}
	said := map[int64]tickets.Message{}
	for id := range rows {
		for _, m := range w.said(t, id) {
			said[m.ID] = m
		}
	}
	for id, row := range rows {
		got, err := tickets.Replay(of[id], tickets.Known{Categories: categories, Messages: said})
		if err != nil {
			r.Fatal(err)
		}
		if !same(got, row) {
			r.Fatalf("the log tells\n%+v\nthe row is\n%+v", got, row)
		}
	}
}

// same compares rows; empty and missing lists are the same.
func same(a, b tickets.Ticket) bool {
	for _, t := range []*tickets.Ticket{&a, &b} {
		t.Tags = append([]string{}, t.Tags...)
		t.Followers = append([]int64{}, t.Followers...)
	}
	return reflect.DeepEqual(a, b)
}
