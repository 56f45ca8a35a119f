package api

import (
	"context"
	"net/http"

	"okno/tickets"
	"okno/tickets/people"
)

// Page asks for one page of a list.
type Page struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"Most items of a page."`
	Cursor string `query:"cursor" doc:"The next of the page before. It belongs to its list: the same filters and order."`
}

// list is one page of anything.
type list[T any] struct {
	Body struct {
		Items []T    `json:"items" nullable:"false"`
		Next  string `json:"next,omitempty" doc:"The cursor of the next page; missing after the last."`
	}
}

func listOf[T any](items []T, next string) *list[T] {
	var l list[T]
	l.Body.Items, l.Body.Next = filled(items), next
	return &l
}

type ticketFilters struct {
	Status    string `query:"status" doc:"A category (new, open, waiting, hold, solved, closed), active for all that are neither solved nor closed, spam, or the id of a status." example:"open"`
	Team      string `query:"team" doc:"Id or name of a team; none for tickets without one." example:"First line"`
	Assignee  string `query:"assignee" doc:"Id or mail address of an agent; me; none for nobody's tickets." example:"me"`
	Requester string `query:"requester" doc:"Id or mail address of who asks." example:"ira@example.org"`
	Channel   string `query:"channel" doc:"Id of a channel; none for tickets without one."`
	Tag       string `query:"tag" doc:"One tag the ticket has." example:"printer"`
	Sort      string `query:"sort" enum:"-created,created,-updated,updated,attention" default:"-created" doc:"The order; a hyphen puts the latest first. attention is that of the desk's own lists: active tickets, who waits longest first."`
	Page
}

func (a *API) addTickets() {
	add(a, route{
		method: http.MethodGet, path: "/tickets", id: "listTickets", tag: "Tickets", scope: people.ScopeRead,
		summary: "List tickets",
		text:    "Filters can be combined at will. The list by age never skips or repeats a ticket; the others can when tickets change between two pages. Spam, merged and deleted tickets are left out.",
	}, a.listTickets)
	add(a, route{
		method: http.MethodPost, path: "/tickets", id: "openTicket", tag: "Tickets", scope: people.ScopeWrite,
		summary: "Open a ticket", status: http.StatusCreated,
		text: "The body is what the requester asks: the ticket is new and they wait for an answer. Who they are is found by their address, or made. Replies leave by the mailbox of the team, else by the first there is.",
	}, a.openTicket)
	add(a, route{
		method: http.MethodGet, path: "/tickets/{number}", id: "getTicket", tag: "Tickets", scope: people.ScopeRead,
		summary: "Read a ticket",
		text:    "With `If-None-Match` and the ETag of before, a ticket that did not change is answered with 304 and nothing else.",
	}, a.getTicket)
	add(a, route{
		method: http.MethodPatch, path: "/tickets/{number}", id: "changeTicket", tag: "Tickets", scope: people.ScopeWrite,
		summary: "Change a ticket",
		text:    "Only what is named changes. `If-Match` must be the ETag the change was decided on (or `*` to change whatever is there); without it the answer is 428, with an old one 412 and what happened since, by whom.",
	}, a.changeTicket)
}

func (a *API) listTickets(ctx context.Context, by caller, in *ticketFilters) (*list[Ticket], error) {
	q, err := a.question(ctx, by, in)
	if err != nil {
		return nil, err
	}
	p, err := a.Tickets.Browse(ctx, by.actor(), q)
	if err != nil {
		return nil, err
	}
	items, err := a.shown(ctx, p.Rows)
	return listOf(items, p.Next), err
}

// question reads the filters.
func (a *API) question(ctx context.Context, by caller, in *ticketFilters) (q tickets.Browse, err error) {
	q = tickets.Browse{Tag: in.Tag, Sort: tickets.Sort(in.Sort), After: in.Cursor, Limit: in.Limit, Spam: in.Status == "spam"}
	if in.Status != "" && !q.Spam {
		if q.StatusIDs, err = a.status(ctx, in.Status); err != nil {
			return q, err
		}
	}
	find := map[**int64]func() (int64, error){}
	if in.Team != "" {
		find[&q.TeamID] = func() (int64, error) { return a.team(ctx, "team", in.Team) }
	}
	if in.Assignee != "" {
		find[&q.AssigneeID] = func() (int64, error) { return a.agentNamed(ctx, by, "assignee", in.Assignee) }
	}
	if in.Requester != "" {
		find[&q.RequesterID] = func() (int64, error) { return a.personNamed(ctx, "requester", in.Requester) }
	}
	if in.Channel != "" {
		find[&q.ChannelID] = func() (int64, error) { return a.channelID(ctx, in.Channel) }
	}
	for into, get := range find {
		n, err := get()
		if err != nil {
			return q, err
		}
		*into = &n
	}
	return q, nil
}

func (a *API) channelID(ctx context.Context, text string) (int64, error) {
	if text == none {
		return 0, nil
	}
	all, err := a.Hub.Channels(ctx)
	if err != nil {
		return 0, err
	}
	n, _ := number(text)
	if channelNamed(all, n).ID == 0 {
		return 0, tickets.NewError(tickets.Invalid, "channel", "api.channel.unknown")
	}
	return n, nil
}
