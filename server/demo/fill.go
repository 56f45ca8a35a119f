package demo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"golang.org/x/sync/errgroup"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
)

// ErrNotEmpty is the answer to filling a desk that has had tickets.
var ErrNotEmpty = errors.New("the desk has tickets already")

// Filling says what to fill a desk with: a fifth of the tickets is open, and
// each has three messages.
type Filling struct {
	Tickets int
	Seed    uint64
}

// Desk is the desk to fill.
type Desk struct {
	Store     Store
	People    *people.Service
	Clock     *Clock   // by which the store and People live
	Followers []string // of the event log, who must tell nobody of what only was made up
}

// Store is what Fill writes to.
type Store interface {
	tickets.Store
	Outgoing
	Followers
}

// Outgoing keeps the channel and what was sent by it, see hub.Store.
type Outgoing interface {
	InsertChannel(ctx context.Context, c hub.Channel) error
	PutDelivery(ctx context.Context, d hub.Delivery) error
	SettleDelivery(ctx context.Context, id int64, receipt channels.Receipt, failed bool, why channels.Text, detail string) error
}

// Followers keeps how far the event log was read, see feed.Store.
type Followers interface {
	LeaseFollower(ctx context.Context, name, owner string, until time.Time) (pos int64, ok bool, err error)
	MoveFollower(ctx context.Context, name, owner string, pos int64) error
}

// Staff is who works and writes in a filled desk.
type Staff struct {
	Administrator          people.Agent // without a password yet
	Agents, Teams, Persons int
}

// Fill fills a desk that never had a ticket with people and with two years of
// tickets up to the last whole week. When it fails the desk is filled in part.
func Fill(ctx context.Context, d Desk, f Filling) (Staff, error) {
	if last, err := d.Store.LastPos(ctx); err != nil || last > 0 {
		return Staff{}, errors.Join(err, refusal(last))
	}
	list, err := d.Store.Statuses(ctx)
	if err != nil {
		return Staff{}, fmt.Errorf("load statuses: %w", err)
	}
	defer d.Clock.release()
	days := newCalendar(d.Clock.Now())
	d.Clock.turn(days.start)
	dice := rand.New(rand.NewPCG(f.Seed, 0)) //nolint:gosec // the same seed has to make the same desk
	c, err := hire(ctx, d, dice)
	if err != nil {
		return Staff{}, err
	}
	if err := tell(ctx, d.Store, newPlay(d, f, days, c, list, dice)); err != nil {
		return Staff{}, err
	}
	d.Clock.release()
	staff := Staff{Administrator: c.helpers[0], Agents: len(c.helpers), Teams: len(c.teams), Persons: len(c.persons)}
	return staff, d.skip(ctx)
}

func refusal(last int64) error {
	if last > 0 {
		return ErrNotEmpty
	}
	return nil
}

// tell plays on one processor and stores on another.
func tell(ctx context.Context, to Store, p *play) error {
	pages := make(chan *page, 2)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(pages)
		return p.run(ctx, func(full *page) error {
			select {
			case pages <- full:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
	g.Go(func() error {
		for full := range pages {
			if err := full.store(ctx, to); err != nil {
				return err
			}
		}
		return nil
	})
	return g.Wait()
}

// skip moves the followers behind what was made up.
func (d Desk) skip(ctx context.Context) error {
	return d.Store.InTx(ctx, func(ctx context.Context) error {
		last, err := d.Store.LastPos(ctx)
		if err != nil {
			return fmt.Errorf("find the end of the log: %w", err)
		}
		const owner = "fill"
		for _, name := range d.Followers {
			if _, _, err := d.Store.LeaseFollower(ctx, name, owner, d.Store.Now(ctx)); err != nil {
				return fmt.Errorf("lease follower %s: %w", name, err)
			}
			if err := d.Store.MoveFollower(ctx, name, owner, last); err != nil {
				return fmt.Errorf("move follower %s: %w", name, err)
			}
		}
		return nil
	})
}
