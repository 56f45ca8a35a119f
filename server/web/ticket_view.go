package web

import (
	"context"
	"errors"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/desk"
)

// ticket reads everything the page of a ticket shows. view is the list it was
// opened from.
func (w *Web) ticket(c *gin.Context, env ui.Env, number int64, view string) (desk.Ticket, error) {
	ctx := c.Request.Context()
	talk, err := w.Tickets.Conversation(ctx, tickets.AsAgent(env.Agent), number)
	if err != nil {
		return desk.Ticket{}, err
	}
	n, err := w.names(ctx, env)
	if err != nil {
		return desk.Ticket{}, err
	}
	switch {
	case view != "":
		view = knownKey(view)
	case !talk.Ticket.DeletedAt.IsZero():
		view = string(tickets.ViewDeleted)
	}
	t := desk.Ticket{
		Ticket: talk.Ticket, View: view, Status: n.status(talk.Ticket.StatusID), Solved: n.solved(talk.Ticket),
		Wait: desk.WaitOf(env, talk.Ticket), Looking: w.looking(env, number), Typing: w.typing(env, number),
		Undo: undoOf(env, talk.Messages), Chat: n.chat(talk.Ticket.ChannelID),
	}
	if t.Undo.Until.IsZero() {
		t.Undo.Step = stepOf(env, talk, c.Query("blocked") != "")
	}
	if t.Side, err = w.side(ctx, n, talk); err != nil {
		return t, err
	}
	if err := w.tell(ctx, n, talk, &t); err != nil {
		return t, err
	}
	if t.Place, err = w.place(ctx, n, number, view); err != nil {
		return t, err
	}
	t.Composer, err = w.composer(ctx, n, t)
	return t, err
}

// tell fills in what was said and done, and what became of the ticket.
func (w *Web) tell(ctx context.Context, n names, talk tickets.Conversation, t *desk.Ticket) (err error) {
	s := newStory(n, t.Side, talk)
	if s.asked, err = w.Tickets.AllFields(ctx); err != nil {
		return err
	}
	if s.sources, err = w.sources(ctx, s.foreign); err != nil {
		return err
	}
	if s.approvers, s.asking, err = w.approvers(ctx, talk); err != nil {
		return err
	}
	t.Entries = s.entries()
	t.Gone, err = w.gone(ctx, s)
	return err
}

// sources are the numbers of the tickets messages came from.
func (w *Web) sources(ctx context.Context, foreign []tickets.Message) (map[int64]int64, error) {
	numbers := map[int64]int64{}
	for _, m := range foreign {
		if _, known := numbers[m.SourceID]; known {
			continue
		}
		t, err := w.Store.Ticket(ctx, m.SourceID)
		if err != nil && !errors.Is(err, people.ErrMissing) {
			return nil, err
		}
		numbers[m.SourceID] = t.Number
	}
	return numbers, nil
}

// undoOf finds the agent's last reply that has not left yet.
func undoOf(env ui.Env, messages []tickets.Message) desk.Undo {
	for i := len(messages) - 1; i >= 0; i-- {
		m := messages[i]
		mine := m.Author.Kind == tickets.ByAgent && m.Author.ID == env.Agent.ID
		if mine && m.Delivery.State == tickets.DeliveryQueued && m.Delivery.SendAt.After(env.Now) {
			return desk.Undo{Message: m.ID, Until: m.Delivery.SendAt}
		}
	}
	return desk.Undo{}
}

// place finds the ticket in the first page of the list it was opened from.
func (w *Web) place(ctx context.Context, n names, number int64, view string) (desk.Place, error) {
	key := knownKey(view)
	p := desk.Place{Title: titleOf(n, key), Back: listAddress(key, "")}
	if view == "" {
		return p, nil
	}
	q, err := query(n.env, key, "")
	if err != nil {
		return p, err
	}
	page, err := w.Tickets.List(ctx, tickets.AsAgent(n.env.Agent), q)
	if err != nil {
		return p, err
	}
	p.Queue, p.Of = w.rows(n, key, page.Rows), max(n.env.Rail.Counts[key], len(page.Rows))
	for i, r := range p.Queue {
		if r.Number == number {
			p.Index, p.Prev, p.Next = i+1, addressAt(p.Queue, i-1), addressAt(p.Queue, i+1)
		}
	}
	return p, nil
}

func addressAt(rows []desk.Row, i int) string {
	if i < 0 || i >= len(rows) {
		return ""
	}
	return rows[i].Address
}
