package tickets_test

import (
	"maps"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"okno/tickets"
)

// TestStoryAndRowAgree runs random commands and then asks whether counters equal
// a recount, the log has no holes, and replaying it gives the stored rows.
func TestStoryAndRowAgree(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		m, s, made := desk(t)
		p := player{m: m, s: s, ticket: made.ID}
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			m.at = m.at.Add(time.Duration(rapid.IntRange(0, 20).Draw(r, "seconds")) * time.Second)
			p.step(t, r)
		}
		checkCounts(r, m)
		checkLog(r, m)
	})
}

type player struct {
	m      *memory
	s      *tickets.Service
	ticket int64
	last   int64 // message said last
}

// step does one thing; refusals are part of life and change nothing.
func (p *player) step(t *testing.T, r *rapid.T) {
	ctx := t.Context()
	by := rapid.SampledFrom([]tickets.Actor{anna(), boris()}).Draw(r, "by")
	status := rapid.SampledFrom([]int64{1, 2, 3, 4, 5, 6}).Draw(r, "status")
	switch rapid.IntRange(0, 9).Draw(r, "command") {
	case 0:
		x, err := p.s.Reply(ctx, by, p.ticket, tickets.NewMessage{Body: "answer"})
		p.keep(x, err)
	case 1:
		x, err := p.s.Reply(ctx, by, p.ticket, tickets.NewMessage{Body: "answer", Then: status})
		p.keep(x, err)
	case 2:
		_, err := p.s.Note(ctx, by, p.ticket, tickets.NewMessage{Body: "psst", Mentions: []int64{1, 2, 3}})
		p.keep(tickets.Message{}, err)
	case 3:
		auto := rapid.SampledFrom([]string{"", "reply"}).Draw(r, "auto")
		_, err := p.s.Receive(ctx, p.ticket, tickets.Incoming{PersonID: 11, ChannelID: 5, Body: "and?", Auto: auto, Followers: []int64{12}})
		p.keep(tickets.Message{}, err)
	case 4, 5:
		p.change(t, r, by, status)
	case 6:
		_, err := p.s.Withdraw(ctx, by, p.last)
		p.keep(tickets.Message{}, err)
	case 7:
		state := rapid.SampledFrom([]tickets.DeliveryState{"sent", "failed", "sending"}).Draw(r, "state")
		p.keep(tickets.Message{}, p.s.Settle(ctx, p.last, "", tickets.Delivery{State: state, Reason: tickets.Sentence{Key: "k"}}))
	case 8:
		_, err := p.s.Resend(ctx, by, p.last)
		p.keep(tickets.Message{}, err)
	case 9:
		p.keep(tickets.Message{}, p.s.MarkRead(ctx, by, p.ticket))
	}
}

func (p *player) keep(x tickets.Message, err error) {
	if err == nil && x.ID != 0 {
		p.last = x.ID
	}
}

func (p *player) change(t *testing.T, r *rapid.T, by tickets.Actor, status int64) {
	spam := rapid.Bool().Draw(r, "spam")
	team := rapid.SampledFrom([]int64{0, 21, 22}).Draw(r, "team")
	agent := rapid.SampledFrom([]int64{0, 1, 2}).Draw(r, "agent")
	c := tickets.Change{StatusID: &status, TeamID: &team, AssigneeID: &agent, AddTags: []string{"VPN"}, RemoveFollowers: []int64{12}}
	if rapid.Bool().Draw(r, "mark") {
		c = tickets.Change{Spam: &spam, RemoveTags: []string{"vpn"}}
	}
	_, err := p.s.Change(t.Context(), by, p.ticket, 0, c)
	p.keep(tickets.Message{}, err)
}

func checkCounts(r *rapid.T, m *memory) {
	want := map[string]int{}
	for _, t := range m.rows {
		for _, k := range tickets.Counted(t) {
			want[k]++
		}
	}
	for k, n := range m.unseen {
		want[tickets.CountKey(tickets.ViewMentions, k[1])] += n
	}
	got := maps.Clone(m.counts)
	maps.DeleteFunc(got, func(_ string, n int) bool { return n == 0 })
	if !maps.Equal(want, got) {
		r.Fatalf("counters %v, a recount gives %v", got, want)
	}
}

func checkLog(r *rapid.T, m *memory) {
	categories := map[int64]tickets.Category{1: "new", 2: "open", 3: "waiting", 4: "hold", 5: "solved", 6: "closed"}
	for i, e := range m.log {
		if e.Seq != int64(i+1) {
			r.Fatalf("event %d has seq %d", i+1, e.Seq)
		}
	}
	for _, row := range m.rows {
		got, err := tickets.Replay(m.log, tickets.Known{Categories: categories, Messages: m.said})
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
