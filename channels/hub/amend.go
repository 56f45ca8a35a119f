package hub

import (
	"context"
	"fmt"
	"slices"

	"okno/channels"
	"okno/tickets"
)

// amend changes a message that is in a ticket already.
func (h *Hub) amend(ctx context.Context, a arrival, d decision) error {
	sender, err := h.sender(ctx, a, a.in.From)
	if err != nil {
		return err
	}
	use, network, of := h.opts.Tickets, a.channel.Kind, a.in.Doing.Of
	switch d.verb {
	case extend:
		err = h.extend(ctx, a, d, sender.ID)
	case edit:
		var in tickets.Incoming
		if in, err = h.rewritten(ctx, a, d, sender.ID); err == nil {
			err = use.EditIncoming(ctx, network, of, in)
		}
	case takeBack:
		err = use.RemoveIncoming(ctx, network, of, sender.ID)
	default:
		err = use.React(ctx, network, of, sender.ID, a.in.Doing.Reaction)
	}
	if err != nil {
		return fmt.Errorf("amend message: %w", err)
	}
	return nil
}

// extend adds a later file of an album to the message that has the first.
func (h *Hub) extend(ctx context.Context, a arrival, d decision, sender int64) error {
	in := h.incoming(a, d, sender)
	if err := h.opts.Tickets.AppendFiles(ctx, albums(a.channel.Kind), albumRef(a.in), in); err != nil {
		return err
	}
	return h.catchUp(ctx, a)
}

// rewritten is what a message says after a change. The change of one item of an
// album speaks of that item only, so what the others brought stays.
func (h *Hub) rewritten(ctx context.Context, a arrival, d decision, sender int64) (tickets.Incoming, error) {
	in := h.incoming(a, d, sender)
	if a.in.Album == "" {
		return in, nil
	}
	m, err := h.opts.Records.Message(ctx, d.message)
	if err != nil {
		return in, fmt.Errorf("load message: %w", err)
	}
	fresh := slices.DeleteFunc(in.Files, func(f tickets.File) bool { return hasFile(m.Files, f) })
	in.Files = append(slices.Clone(m.Files), fresh...)
	if in.Body == "" {
		in.Body = m.Body
	}
	return in, nil
}

func hasFile(list []tickets.File, f tickets.File) bool {
	return slices.ContainsFunc(list, func(o tickets.File) bool { return o.Blob == f.Blob })
}

// await has an entry looked at again when the message it speaks of comes.
func (h *Hub) await(ctx context.Context, a arrival, d decision) error {
	if d.awaits == "" {
		return nil
	}
	if err := h.opts.Store.Await(ctx, a.channel.Kind, d.awaits, a.entry.ID); err != nil {
		return fmt.Errorf("await message: %w", err)
	}
	return nil
}

// catchUp has the entries looked at again that came before this message and
// spoke of it.
func (h *Hub) catchUp(ctx context.Context, a arrival) error {
	if a.in.Object == "" || a.in.Doing.Act != channels.ActSay {
		return nil
	}
	entries, err := h.opts.Store.TakeAwaited(ctx, a.channel.Kind, a.in.Object)
	if err != nil {
		return fmt.Errorf("list entries that wait: %w", err)
	}
	for _, id := range entries {
		if err := h.opts.Store.Redo(ctx, id); err != nil {
			return fmt.Errorf("redo entry %d: %w", id, err)
		}
	}
	return nil
}
