package hub

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"okno/tickets"
	"okno/tickets/people"
)

// Ledger answers one page of the inbox ledger.
func (h *Hub) Ledger(ctx context.Context, by people.Agent, q LedgerQuery) (LedgerPage, error) {
	if err := administrator(by); err != nil {
		return LedgerPage{}, err
	}
	return h.opts.Store.Entries(ctx, q)
}

// LedgerCounts counts the entries by outcome.
func (h *Hub) LedgerCounts(ctx context.Context, by people.Agent) (map[Outcome]int, error) {
	if err := administrator(by); err != nil {
		return nil, err
	}
	return h.opts.Store.LedgerCounts(ctx)
}

// Redo has an entry that made no message processed again.
func (h *Hub) Redo(ctx context.Context, by people.Agent, id int64) error {
	if err := administrator(by); err != nil {
		return err
	}
	return redone(h.opts.Store.Redo(ctx, id))
}

// RedoAside has every entry that was set aside processed again and answers how
// many there were.
func (h *Hub) RedoAside(ctx context.Context, by people.Agent) (int, error) {
	if err := administrator(by); err != nil {
		return 0, err
	}
	n := 0
	for q := (LedgerQuery{Outcomes: []Outcome{OutcomeAside}, Limit: 100}); ; {
		page, err := h.opts.Store.Entries(ctx, q)
		if err != nil {
			return n, fmt.Errorf("list entries set aside: %w", err)
		}
		for _, e := range page.Entries {
			if err := h.opts.Store.Redo(ctx, e.ID); err != nil {
				return n, fmt.Errorf("redo entry %d: %w", e.ID, err)
			}
			n++
		}
		if q.After = page.Next; q.After == "" {
			return n, nil
		}
	}
}

// MakeTicket opens a ticket from an entry that was kept without one and answers
// its number.
func (h *Hub) MakeTicket(ctx context.Context, by people.Agent, id int64) (int64, error) {
	if err := administrator(by); err != nil {
		return 0, err
	}
	e, err := h.opts.Store.Entry(ctx, id)
	if err != nil {
		return 0, found(err)
	}
	if e.MessageID != 0 {
		return 0, redone(ErrDone)
	}
	e, err = h.process(ctx, e, true)
	return e.Ticket, redone(err)
}

// Original streams an entry as the network delivered it; the caller closes it.
func (h *Hub) Original(ctx context.Context, by people.Agent, id int64) (Entry, io.ReadCloser, error) {
	if err := administrator(by); err != nil {
		return Entry{}, nil, err
	}
	e, err := h.opts.Store.Entry(ctx, id)
	if err != nil {
		return e, nil, found(err)
	}
	if e.Event.Blob == "" {
		return e, io.NopCloser(bytes.NewReader(e.Event.Raw)), nil
	}
	r, err := h.opts.Files.Open(ctx, e.Event.Blob)
	if err != nil {
		return e, nil, fmt.Errorf("open original of entry %d: %w", id, err)
	}
	return e, r, nil
}

func redone(err error) error {
	if errors.Is(err, ErrDone) {
		return &tickets.Error{Kind: tickets.Blocked, Message: "hub.fault.done", Err: err}
	}
	return found(err)
}
