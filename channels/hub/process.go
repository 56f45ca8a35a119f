package hub

import (
	"context"
	"fmt"

	"okno/channels"
)

// Process reads one entry of the inbox journal and settles it: the handler of
// the inbox queue. An entry that is settled already is left alone. Errors are
// the desk's own; the entry stays pending and may be tried again.
func (h *Hub) Process(ctx context.Context, entry int64) error {
	e, err := h.opts.Store.Entry(ctx, entry)
	if err != nil {
		return fmt.Errorf("load entry %d: %w", entry, err)
	}
	if e.Outcome != OutcomePending {
		return nil
	}
	_, err = h.process(ctx, e, false)
	return err
}

// process decodes outside of the transaction, decides and writes inside of it.
// insist opens a ticket even for what would only be kept.
func (h *Hub) process(ctx context.Context, e Entry, insist bool) (Entry, error) {
	c, in, err := h.decode(ctx, e)
	if err != nil {
		return e, fmt.Errorf("decode entry %d: %w", e.ID, err)
	}
	err = h.opts.Store.InTx(ctx, func(ctx context.Context) error {
		if insist { // only a pending entry can be settled
			if err := h.opts.Store.Redo(ctx, e.ID); err != nil {
				return err
			}
		}
		f, err := h.gather(ctx, c, e, in)
		if err != nil {
			return fmt.Errorf("gather facts: %w", err)
		}
		e, err = h.carryOut(ctx, arrival{channel: c, entry: e, in: in}, decide(in, f, insist))
		return err
	})
	if err != nil {
		return e, fmt.Errorf("process entry %d: %w", e.ID, err)
	}
	return e, nil
}

func (h *Hub) decode(ctx context.Context, e Entry) (c Channel, in channels.Inbound, err error) {
	c, a, err := h.adapter(ctx, e.ChannelID)
	if err != nil {
		return c, in, err
	}
	defer h.recovered("decode", &err)
	in, err = a.Decode(ctx, e.Event)
	return c, in, err
}
