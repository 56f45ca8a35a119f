package catalog

import (
	"context"
	"fmt"

	"okno/server/formfile"
	"okno/tickets"
)

// Beginning is what Seed looks at beside the use cases.
type Beginning interface {
	Teams
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	LastPos(ctx context.Context) (int64, error) // of the event log
}

// Seed publishes what ships with the desk, of no team, at a desk that has no
// request type and never had a ticket.
func Seed(ctx context.Context, desk *tickets.Service, b Beginning) error {
	if empty, err := untouched(ctx, desk, b); err != nil || !empty {
		return err
	}
	f, err := formfile.Shipped()
	if err != nil {
		return err
	}
	a := NewApplier(desk, b, tickets.System())
	err = b.InTx(ctx, func(ctx context.Context) error {
		for _, carry := range []func(context.Context, formfile.File) ([]Outcome, error){a.Menu, a.Lists, a.Requests} {
			if _, err := carry(ctx, f); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		return nil
	}
	// Of several processes at one database another may have been quicker.
	if empty, again := untouched(ctx, desk, b); again == nil && !empty {
		return nil
	}
	return fmt.Errorf("publish the first request types: %w", err)
}

func untouched(ctx context.Context, desk *tickets.Service, b Beginning) (bool, error) {
	drafts, err := desk.RequestDrafts(ctx, tickets.System())
	if err != nil {
		return false, err
	}
	last, err := b.LastPos(ctx)
	return len(drafts) == 0 && last == 0, err
}
