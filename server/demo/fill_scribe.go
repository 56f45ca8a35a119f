package demo

import (
	"context"
	"maps"
	"time"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/people"
)

// scribe is the store the use cases work with while a desk is filled. It answers
// from memory and writes on a page, which is stored when it is full. Tickets are
// in memory from their first step to their last.
type scribe struct {
	Store  // what is rarely asked is asked there
	clock  *Clock
	cast   *cast
	list   []tickets.Status
	used   map[int64]bool // statuses
	number int64          // of the last ticket
	under  map[int64]*memory
	said   map[int64]*memory // by the id of a message
	page   *page
}

// memory is what a ticket under way needs.
type memory struct {
	ticket   tickets.Ticket
	messages map[int64]tickets.Message
	read     map[int64]int64 // last event an agent has seen
	called   map[int64]int   // mentions of an agent not seen yet
}

func newScribe(to Store, clock *Clock, c *cast, list []tickets.Status) *scribe {
	return &scribe{
		Store: to, clock: clock, cast: c, list: list, page: newPage(),
		used: map[int64]bool{}, under: map[int64]*memory{}, said: map[int64]*memory{},
	}
}

// turn answers the full page and begins another.
func (s *scribe) turn() *page {
	full := s.page
	s.page = newPage()
	return full
}

// forget ends the story of a ticket.
func (s *scribe) forget(ticket int64) {
	for id := range s.under[ticket].messages {
		delete(s.said, id)
	}
	delete(s.under, ticket)
}

// InTx runs fn at once: one story is told at a time.
func (s *scribe) InTx(ctx context.Context, fn func(ctx context.Context) error) error { return fn(ctx) }

// Now is the time of the step.
func (s *scribe) Now(context.Context) time.Time { return s.clock.Now() }

// Statuses answers the list as it was at the beginning.
func (s *scribe) Statuses(context.Context) ([]tickets.Status, error) { return s.list, nil }

// UseStatus is written once for each status.
func (s *scribe) UseStatus(_ context.Context, id int64) error {
	if !s.used[id] {
		s.used[id], s.page.statuses[id] = true, true
	}
	return nil
}

// Ticket answers a ticket under way.
func (s *scribe) Ticket(_ context.Context, id int64) (tickets.Ticket, error) {
	m, ok := s.under[id]
	if !ok {
		return tickets.Ticket{}, people.ErrMissing
	}
	return m.ticket, nil
}

// InsertTicket gives the next number.
func (s *scribe) InsertTicket(_ context.Context, t *tickets.Ticket) error {
	s.number++
	t.Number = s.number
	s.under[t.ID] = &memory{ticket: *t, messages: map[int64]tickets.Message{}, read: map[int64]int64{}, called: map[int64]int{}}
	s.page.open(*t)
	return nil
}

// UpdateTicket keeps the row.
func (s *scribe) UpdateTicket(_ context.Context, t tickets.Ticket, was int64) error {
	s.under[t.ID].ticket = t
	s.page.put(t, was)
	return nil
}

// PutTags keeps the tags of a ticket; one opened on this page brings its own.
func (s *scribe) PutTags(_ context.Context, ticket int64, tags []string) error {
	if _, fresh := s.page.places[ticket]; !fresh {
		s.page.tags[ticket] = tags
	}
	return nil
}

// Fields answers none: a filled desk has no custom fields.
func (s *scribe) Fields(context.Context) ([]fields.Field, error) { return nil, nil }

// Message answers a message of a ticket under way.
func (s *scribe) Message(_ context.Context, id int64) (tickets.Message, error) {
	if m, ok := s.said[id]; ok {
		return m.messages[id], nil
	}
	return tickets.Message{}, people.ErrMissing
}

// InsertMessage keeps a message.
func (s *scribe) InsertMessage(_ context.Context, m tickets.Message) error {
	s.said[m.ID] = s.under[m.TicketID]
	s.said[m.ID].messages[m.ID] = m
	s.page.say(m)
	return nil
}

// UpdateMessage keeps how a message was delivered.
func (s *scribe) UpdateMessage(_ context.Context, m tickets.Message) error {
	s.said[m.ID].messages[m.ID] = m
	s.page.settle(m)
	return nil
}

// PutRef keeps the network's id of a message.
func (s *scribe) PutRef(_ context.Context, network, id string, message int64) error {
	s.page.refs = append(s.page.refs, ref{network, id, message})
	return nil
}

// AppendEvents keeps events.
func (s *scribe) AppendEvents(_ context.Context, events []tickets.Event) error {
	s.page.events = append(s.page.events, events...)
	return nil
}

// AddCounts adds up.
func (s *scribe) AddCounts(_ context.Context, delta map[string]int) error {
	for key, n := range delta {
		s.page.counts[key] += n
	}
	return nil
}

// ReadSeq answers what an agent has seen of a ticket under way.
func (s *scribe) ReadSeq(_ context.Context, ticket, agent int64) (int64, error) {
	return s.under[ticket].read[agent], nil
}

// MarkRead keeps what an agent has seen.
func (s *scribe) MarkRead(_ context.Context, ticket, agent, seq int64) error {
	s.under[ticket].read[agent] = max(seq, s.under[ticket].read[agent])
	s.page.read[mark{ticket, agent}] = s.under[ticket].read[agent]
	return nil
}

// PutMention keeps that an agent was named.
func (s *scribe) PutMention(_ context.Context, m tickets.Mention) error {
	s.under[m.TicketID].called[m.AgentID]++
	s.page.mentions = append(s.page.mentions, m)
	return nil
}

// SeeMentions answers how many mentions the agent had not seen.
func (s *scribe) SeeMentions(_ context.Context, ticket, agent int64) (int, error) {
	n := s.under[ticket].called[agent]
	if n > 0 {
		s.under[ticket].called[agent] = 0
		s.page.seen[mark{ticket, agent}] = true
	}
	return n, nil
}

// DeleteDraft has nothing to do: nobody types here.
func (s *scribe) DeleteDraft(context.Context, int64, int64) error { return nil }

// Person answers one of the cast.
func (s *scribe) Person(_ context.Context, id int64) (people.Person, error) {
	p, ok := s.cast.persons[id]
	return p, found(ok)
}

// Agent answers one of the cast.
func (s *scribe) Agent(_ context.Context, id int64) (people.Agent, error) {
	a, ok := s.cast.agents[id]
	return a, found(ok)
}

// Agents answers the cast, in any order.
func (s *scribe) Agents(context.Context) (all []people.Agent, err error) {
	for a := range maps.Values(s.cast.agents) {
		all = append(all, a)
	}
	return all, nil
}

// Team answers one of the teams.
func (s *scribe) Team(_ context.Context, id int64) (people.Team, error) {
	for _, t := range s.cast.teams {
		if t.ID == id {
			return t, nil
		}
	}
	return people.Team{}, people.ErrMissing
}

func found(ok bool) error {
	if ok {
		return nil
	}
	return people.ErrMissing
}
