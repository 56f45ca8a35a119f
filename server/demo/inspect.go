package demo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"okno/tickets"
)

// Contents is what the tickets of a desk hold.
type Contents struct {
	Tickets, Open, Messages, Events int
	// Hash is hex SHA-256 over everything people can tell apart: no ids, times
	// from the first ticket on, so it depends neither on the database nor on
	// the day.
	Hash string
}

// chunk is how many tickets are read by one goroutine at a time.
const chunk = 1000

// Inspect reads the tickets with the numbers 1 to last and answers what they
// hold. It fails when a ticket is not what its events say.
func Inspect(ctx context.Context, from tickets.Store, last int) (Contents, error) {
	names, err := newNames(ctx, from)
	if err != nil {
		return Contents{}, err
	}
	parts := make([]*reading, (last+chunk-1)/chunk)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range parts {
		g.Go(func() error {
			parts[i] = &reading{from: from, names: names, sum: sha256.New()}
			return parts[i].tickets(ctx, i*chunk+1, min((i+1)*chunk, last))
		})
	}
	if err := g.Wait(); err != nil {
		return Contents{}, err
	}
	return total(parts), nil
}

// total adds up, in the order of numbers.
func total(parts []*reading) (all Contents) {
	sum := sha256.New()
	for _, r := range parts {
		sum.Write(r.sum.Sum(nil))
		all.Tickets += r.found.Tickets
		all.Open += r.found.Open
		all.Messages += r.found.Messages
		all.Events += r.found.Events
	}
	all.Hash = hex.EncodeToString(sum.Sum(nil))
	return all
}

// tickets reads a range of numbers.
func (r *reading) tickets(ctx context.Context, first, last int) error {
	for number := first; number <= last; number++ {
		if err := r.ticket(ctx, int64(number)); err != nil {
			return fmt.Errorf("ticket %d: %w", number, err)
		}
	}
	return nil
}

func (r *reading) ticket(ctx context.Context, number int64) error {
	t, err := r.from.TicketByNumber(ctx, number)
	if err != nil {
		return err
	}
	messages, err := r.from.Messages(ctx, t.ID)
	if err != nil {
		return err
	}
	events, err := r.from.TicketEvents(ctx, t.ID)
	if err != nil {
		return err
	}
	if err := r.names.replay(t, messages, events); err != nil {
		return err
	}
	r.count(t, messages, events)
	return r.hash(ctx, t, messages, events)
}

func (r *reading) count(t tickets.Ticket, messages []tickets.Message, events []tickets.Event) {
	r.found.Tickets++
	r.found.Messages += len(messages)
	r.found.Events += len(events)
	if t.Listed() {
		r.found.Open++
	}
}
