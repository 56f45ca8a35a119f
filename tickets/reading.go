package tickets

import (
	"context"
	"errors"
	"slices"

	"okno/tickets/people"
)

// How many rows a list shows unless told, and at most.
const (
	usualLimit = 50
	mostLimit  = 200
)

// Find answers a ticket by its number.
func (s *Service) Find(ctx context.Context, by Actor, number int64) (Ticket, error) {
	if err := notPersons(by); err != nil {
		return Ticket{}, err
	}
	t, err := s.store.TicketByNumber(ctx, number)
	if err != nil {
		return Ticket{}, missing(err, "error.ticket.missing")
	}
	if err := visible(by, t); err != nil {
		return Ticket{}, err
	}
	return t, nil
}

// Conversation answers a ticket by its number with everything said and done.
func (s *Service) Conversation(ctx context.Context, by Actor, number int64) (Conversation, error) {
	var c Conversation
	t, err := s.Find(ctx, by, number)
	if err != nil {
		return c, err
	}
	c.Ticket = t
	if c.Messages, err = s.store.Messages(ctx, t.ID); err != nil {
		return c, wrap("load messages", err)
	}
	if c.Events, err = s.store.TicketEvents(ctx, t.ID); err != nil {
		return c, wrap("load events", err)
	}
	c.leaveLater()
	if c.Links, err = s.links(ctx, by, t); err != nil {
		return c, err
	}
	c.ReadSeq, err = s.store.ReadSeq(ctx, t.ID, by.ID)
	if errors.Is(err, people.ErrMissing) {
		return c, nil
	}
	return c, wrap("load read mark", err)
}

// leaveLater leaves to the next reading what was added after the row of the ticket
// was read: who answers has seen as much as the row counts.
func (c *Conversation) leaveLater() {
	c.Messages = slices.DeleteFunc(c.Messages, func(m Message) bool { return m.SourceID == 0 && m.Seq > c.Ticket.LastSeq })
	c.Events = slices.DeleteFunc(c.Events, func(e Event) bool { return e.Seq > c.Ticket.LastSeq })
}

// MarkRead remembers that the agent has seen everything in the ticket.
func (s *Service) MarkRead(ctx context.Context, by Actor, ticket int64) error {
	if err := onlyAgents(by); err != nil {
		return err
	}
	return s.store.InTx(ctx, func(ctx context.Context) error {
		t, err := s.store.Ticket(ctx, ticket)
		if err != nil {
			return missing(err, "error.ticket.missing")
		}
		if err := visible(by, t); err != nil {
			return err
		}
		if err := s.store.MarkRead(ctx, ticket, by.ID, t.LastSeq); err != nil {
			return wrap("mark read", err)
		}
		if !t.DeletedAt.IsZero() {
			return nil // its mentions are off the counters already
		}
		return s.seeMentions(ctx, ticket, by.ID)
	})
}

// seeMentions takes the agent's mentions in the ticket off their counter.
func (s *Service) seeMentions(ctx context.Context, ticket, agent int64) error {
	n, err := s.store.SeeMentions(ctx, ticket, agent)
	if err != nil || n == 0 {
		return wrap("see mentions", err)
	}
	delta := map[string]int{CountKey(ViewMentions, agent): -n}
	return wrap("count mentions", s.store.AddCounts(ctx, delta))
}

// List answers one page of a view, seen with the eyes of the agent.
func (s *Service) List(ctx context.Context, by Actor, q ListQuery) (Page, error) {
	if err := onlyAgents(by); err != nil {
		return Page{}, err
	}
	if !slices.Contains(viewsOf(by), q.View) {
		return Page{}, NewError(Missing, "view", "error.view.unknown")
	}
	q.AgentID, q.Limit = by.ID, limited(q.Limit)
	p, err := s.store.ListTickets(ctx, q)
	return p, wrap("list tickets", err)
}

// Counts answers the counters of the rail for this agent: keys are the views
// and "team:ID" of every team.
func (s *Service) Counts(ctx context.Context, by Actor) (map[string]int, error) {
	if err := onlyAgents(by); err != nil {
		return nil, err
	}
	teams, err := s.store.Teams(ctx)
	if err != nil {
		return nil, wrap("load teams", err)
	}
	named := counterNames(by, teams)
	keys := make([]string, 0, len(named))
	for _, k := range named {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	stored, err := s.store.Counts(ctx, keys)
	if err != nil {
		return nil, wrap("load counters", err)
	}
	counts := make(map[string]int, len(named))
	for name, k := range named {
		counts[name] = stored[k]
	}
	return counts, nil
}

// counterNames answers the stored key of every counter an agent's rail shows.
func counterNames(by Actor, teams []people.Team) map[string]string {
	named := map[string]string{}
	for _, v := range viewsOf(by) {
		named[string(v)] = string(v)
		if v == ViewMine || v == ViewMentions {
			named[string(v)] = CountKey(v, by.ID)
		}
	}
	for _, t := range teams {
		named[TeamKey(t.ID)] = TeamKey(t.ID)
	}
	return named
}

// OfRequester answers a person's tickets, latest first.
func (s *Service) OfRequester(ctx context.Context, by Actor, person int64, limit int) ([]Ticket, error) {
	if err := notPersons(by); err != nil {
		return nil, err
	}
	ts, err := s.store.OfRequester(ctx, person, limited(limit))
	return ts, wrap("list tickets of a person", err)
}

func limited(n int) int {
	if n <= 0 {
		return usualLimit
	}
	return min(n, mostLimit)
}
