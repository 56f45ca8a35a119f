package hub

import (
	"context"
	"encoding/json"
	"fmt"

	"okno/channels/dialog"
	"okno/channels/markdown"
	"okno/tickets"
)

// suggestion is a form that is offered by mail: a link, which has what was
// understood already.
type suggestion struct {
	name string // Markdown
	link string // "" when there is nothing to offer
}

// suggest finds the form that a letter asks for in its own words. Nothing is
// offered for a ticket that a form made.
func (h *Hub) suggest(ctx context.Context, t tickets.Ticket, first tickets.Message, e tickets.Event, language string) (suggestion, error) {
	var made tickets.CreatedData
	if err := json.Unmarshal(e.Data, &made); err != nil {
		return suggestion{}, fmt.Errorf("read event: %w", err)
	}
	if made.Form != nil {
		return suggestion{}, nil
	}
	words := t.Subject + "\n" + first.Body
	w, err := h.offers(ctx, t.RequesterID, words)
	if err != nil {
		return suggestion{}, err
	}
	form, answers, ok := dialog.Meant(words, language, first.CreatedAt.In(h.opts.Zone), w)
	if !ok {
		return suggestion{}, nil
	}
	return suggestion{markdown.Escape(form.Name.In(language)), h.opts.FormURL(form.Key, answers, t.Number)}, nil
}
