package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"okno/tickets"
	"okno/tickets/people"
)

// OfTicket names a ticket in an address.
type OfTicket struct {
	Number int64 `path:"number" minimum:"1" doc:"Number of the ticket." example:"4711"`
}

type mergeIn struct {
	OfTicket
	Body struct {
		Into int64 `json:"into" minimum:"1" doc:"Number of the ticket that gets the messages." example:"4712"`
	}
}

type splitIn struct {
	OfTicket
	Body struct {
		Messages []string `json:"messages" minItems:"1" maxItems:"500" nullable:"false" doc:"Ids of the messages that move to the new ticket."`
		Subject  string   `json:"subject" minLength:"1" maxLength:"300" example:"The other printer"`
	}
}

type linkIn struct {
	OfTicket
	Body struct {
		Ticket int64  `json:"ticket" minimum:"1" doc:"Number of the other ticket." example:"4712"`
		Kind   string `json:"kind" enum:"related,parent,duplicate" doc:"related: both alike. parent: the other is the parent of this one. duplicate: this one asks the same as the other."`
	}
}

// Link is how two tickets belong together, as seen from one of them.
type Link struct {
	Kind     string `json:"kind" enum:"related,parent,duplicate"`
	Outgoing bool   `json:"outgoing" doc:"With parent: the other ticket is the parent when true, a child when false. With duplicate: this one asks the same as the other when true."`
	Ticket   int64  `json:"ticket" doc:"Number of the other ticket." example:"4712"`
	Subject  string `json:"subject" doc:"Of the other ticket."`
}

func (a *API) addActs() {
	act := func(path, id, summary, text string) route {
		return route{method: http.MethodPost, path: "/tickets/{number}" + path, id: id, tag: "Acts", scope: people.ScopeWrite, summary: summary, text: text}
	}
	add(a, act("/merge", "mergeTicket", "Merge a ticket into another", "Its messages move to the other ticket, and what is written to it from now on goes there. Answers the other ticket."), a.merge)
	add(a, act("/unmerge", "unmergeTicket", "Undo a merge", "The messages come back to the ticket they were written in. Answers this ticket."), a.unmerge)
	split := act("/split", "splitTicket", "Split messages off into a new ticket", "Answers the new ticket.")
	split.status = http.StatusCreated
	add(a, split, a.split)
	add(a, act("/unsplit", "unsplitTicket", "Undo a split", "Called on the ticket that was made by it; answers the one that has the messages again."), a.unsplit)
	add(a, act("/link", "linkTicket", "Link two tickets", "A link there is already stays as it is. Answers all links of this ticket."), a.link)
	add(a, act("/unlink", "unlinkTicket", "Undo a link", "Takes the same as the link did. Answers the links that are left."), a.unlink)
	links := act("/links", "listLinks", "List the links of a ticket", "")
	links.method, links.scope = http.MethodGet, people.ScopeRead
	add(a, links, a.links)
	remove := act("", "deleteTicket", "Delete a ticket", "It is hidden at once and removed for good after 30 days. What was deleted is not taken in again when a network delivers it once more.")
	remove.method, remove.status = http.MethodDelete, http.StatusNoContent
	add(a, remove, a.remove)
	add(a, act("/restore", "restoreTicket", "Bring a deleted ticket back", ""), a.restore)
}

// ticketOf is a ticket by its number.
func (a *API) ticketOf(ctx context.Context, by caller, number int64) (tickets.Ticket, error) {
	return a.Tickets.Find(ctx, by.actor(), number)
}

func (a *API) merge(ctx context.Context, by caller, in *mergeIn) (*ticketOut, error) {
	from, err := a.ticketOf(ctx, by, in.Number)
	if err != nil {
		return nil, err
	}
	into, err := a.other(ctx, by, "into", in.Body.Into)
	if err != nil {
		return nil, err
	}
	t, err := a.Tickets.Merge(ctx, by.actor(), from.ID, into.ID)
	if err != nil {
		return nil, err
	}
	return a.out(ctx, t, http.StatusOK)
}

// other is a ticket that a body names: a wrong number there is a wrong input.
func (a *API) other(ctx context.Context, by caller, field string, number int64) (tickets.Ticket, error) {
	t, err := a.ticketOf(ctx, by, number)
	if tickets.KindOf(err) == tickets.Missing {
		return t, &tickets.Error{Kind: tickets.Invalid, Field: field, Message: "error.ticket.missing", Err: err}
	}
	return t, err
}

func (a *API) unmerge(ctx context.Context, by caller, in *OfTicket) (*ticketOut, error) {
	return a.acted(ctx, by, in.Number, a.Tickets.Unmerge)
}

func (a *API) unsplit(ctx context.Context, by caller, in *OfTicket) (*ticketOut, error) {
	return a.acted(ctx, by, in.Number, a.Tickets.Unsplit)
}

// acted does something to a ticket and answers what came of it.
func (a *API) acted(ctx context.Context, by caller, number int64, do func(context.Context, tickets.Actor, int64) (tickets.Ticket, error)) (*ticketOut, error) {
	t, err := a.ticketOf(ctx, by, number)
	if err != nil {
		return nil, err
	}
	if t, err = do(ctx, by.actor(), t.ID); err != nil {
		return nil, err
	}
	return a.out(ctx, t, http.StatusOK)
}

func (a *API) split(ctx context.Context, by caller, in *splitIn) (*ticketOut, error) {
	from, err := a.ticketOf(ctx, by, in.Number)
	if err != nil {
		return nil, err
	}
	messages := make([]int64, len(in.Body.Messages))
	for i, text := range in.Body.Messages {
		n, ok := number(text)
		if !ok {
			return nil, tickets.NewError(tickets.Invalid, "messages/"+strconv.Itoa(i), "api.id")
		}
		messages[i] = n
	}
	t, err := a.Tickets.Split(ctx, by.actor(), from.ID, messages, in.Body.Subject)
	if err != nil {
		return nil, err
	}
	out, err := a.out(ctx, t, http.StatusCreated)
	if err == nil {
		out.Location = prefix + "/tickets/" + strconv.FormatInt(t.Number, 10)
	}
	return out, err
}

func (a *API) link(ctx context.Context, by caller, in *linkIn) (*list[Link], error) {
	return a.linked(ctx, by, in, a.Tickets.Link)
}

func (a *API) unlink(ctx context.Context, by caller, in *linkIn) (*list[Link], error) {
	return a.linked(ctx, by, in, a.Tickets.Unlink)
}

func (a *API) linked(ctx context.Context, by caller, in *linkIn, do func(context.Context, tickets.Actor, int64, int64, tickets.LinkKind) error) (*list[Link], error) {
	t, err := a.ticketOf(ctx, by, in.Number)
	if err != nil {
		return nil, err
	}
	other, err := a.other(ctx, by, "ticket", in.Body.Ticket)
	if err != nil {
		return nil, err
	}
	if err := do(ctx, by.actor(), t.ID, other.ID, tickets.LinkKind(in.Body.Kind)); err != nil {
		return nil, err
	}
	return a.links(ctx, by, &in.OfTicket)
}

func (a *API) links(ctx context.Context, by caller, in *OfTicket) (*list[Link], error) {
	talk, err := a.Tickets.Conversation(ctx, by.actor(), in.Number)
	if err != nil {
		return nil, err
	}
	var out []Link
	for _, l := range talk.Links {
		out = append(out, Link{Kind: string(l.Kind), Outgoing: l.Outgoing, Ticket: l.Ticket.Number, Subject: l.Ticket.Subject})
	}
	return listOf(out, ""), nil
}

func (a *API) remove(ctx context.Context, by caller, in *OfTicket) (*struct{}, error) {
	t, err := a.ticketOf(ctx, by, in.Number)
	if err != nil {
		return nil, err
	}
	return nil, a.Tickets.Delete(ctx, by.actor(), t.ID)
}

func (a *API) restore(ctx context.Context, by caller, in *OfTicket) (*ticketOut, error) {
	// Whoever deleted it may bring it back, although they cannot see it any more.
	t, err := a.Store.TicketByNumber(ctx, in.Number)
	if err != nil {
		return nil, err
	}
	if err := a.Tickets.Restore(ctx, by.actor(), t.ID); err != nil {
		return nil, err
	}
	if t, err = a.Store.Ticket(ctx, t.ID); err != nil {
		return nil, fmt.Errorf("load restored ticket: %w", err)
	}
	return a.out(ctx, t, http.StatusOK)
}
