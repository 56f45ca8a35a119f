package demo

import (
	"container/heap"
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"okno/tickets"
)

// play tells all stories at once, step by step in the order of time.
type play struct {
	seed    uint64
	total   int
	days    *calendar
	clock   *Clock
	cast    *cast
	words   map[string]*vocabulary
	scribe  *scribe
	tickets *tickets.Service
	open    []int // which of openShare tickets in turn is open
	under   queue // stories begun and not ended, the one with the next step first
}

func newPlay(d Desk, f Filling, days *calendar, c *cast, list []tickets.Status, dice *rand.Rand) *play {
	p := &play{
		seed: f.Seed, total: f.Tickets, days: days, clock: d.Clock, cast: c,
		words: map[string]*vocabulary{"ru": russian(dice), "en": english(dice)},
	}
	for range 1000 {
		p.open = append(p.open, dice.IntN(openShare))
	}
	p.scribe = newScribe(d.Store, d.Clock, c, list)
	p.tickets = tickets.NewService(p.scribe, tickets.Options{UndoWindow: undo - 2*time.Second})
	return p
}

// run gives every full page to out.
func (p *play) run(ctx context.Context, out func(*page) error) error {
	acts := p.acts()
	for i := range p.total {
		s := p.newStory(i)
		if err := p.until(ctx, s.times[0], acts, out); err != nil {
			return err
		}
		heap.Push(&p.under, s)
	}
	if err := p.until(ctx, p.days.end, acts, out); err != nil {
		return err
	}
	return out(p.scribe.turn())
}

// until plays all steps before a time.
func (p *play) until(ctx context.Context, end time.Time, acts map[string]act, out func(*page) error) error {
	for len(p.under) > 0 && p.under[0].times[0].Before(end) {
		if err := p.step(ctx, acts); err != nil {
			return err
		}
		if !p.scribe.page.full() {
			continue
		}
		if err := out(p.scribe.turn()); err != nil {
			return err
		}
	}
	return nil
}

// step plays the next step of the first story.
func (p *play) step(ctx context.Context, acts map[string]act) error {
	s := p.under[0]
	p.clock.turn(s.times[0])
	if err := acts[s.acts[0]](ctx, s); err != nil {
		return fmt.Errorf("story %d, %s: %w", s.n, s.acts[0], err)
	}
	if s.acts, s.times = s.acts[1:], s.times[1:]; len(s.acts) > 0 {
		heap.Fix(&p.under, 0)
		return nil
	}
	heap.Pop(&p.under)
	p.scribe.forget(s.ticket)
	return nil
}

// queue is a heap of stories by the time of their next step.
type queue []*story

// Len implements sort.Interface.
func (q queue) Len() int { return len(q) }

// Less implements sort.Interface.
func (q queue) Less(i, j int) bool {
	if c := q[i].times[0].Compare(q[j].times[0]); c != 0 {
		return c < 0
	}
	return q[i].n < q[j].n
}

// Swap implements sort.Interface.
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push implements heap.Interface.
func (q *queue) Push(s any) { *q = append(*q, s.(*story)) }

// Pop implements heap.Interface.
func (q *queue) Pop() any {
	last := len(*q) - 1
	s := (*q)[last]
	*q = (*q)[:last]
	return s
}
