package tickets

import (
	"context"
	"errors"
	"strconv"
)

// Create opens a ticket with its first message. Answers to the same form
// (NewMessage.Once) are the ticket and message it made the first time.
func (s *Service) Create(ctx context.Context, by Actor, n NewTicket) (Ticket, Message, error) {
	if err := checkCreate(by, n); err != nil {
		return Ticket{}, Message{}, err
	}
	var t Ticket
	var m Message
	err := s.store.InTx(ctx, func(ctx context.Context) (err error) {
		t, m, err = s.create(ctx, by, n)
		return err
	})
	if err != nil {
		return Ticket{}, Message{}, err
	}
	return t, m, nil
}

func checkCreate(by Actor, n NewTicket) error {
	if err := mayCreate(by, n); err != nil {
		return err
	}
	if (n.Incoming == nil) == (n.Outgoing == nil) {
		return errors.New("create ticket: exactly one first message is needed")
	}
	if n.Outgoing == nil {
		return nil
	}
	if err := onlyAgents(by); err != nil {
		return err
	}
	return checkBody(n.Outgoing.Body, n.Outgoing.Files)
}

func (s *Service) create(ctx context.Context, by Actor, n NewTicket) (Ticket, Message, error) {
	w, err := s.begin(ctx, Ticket{})
	if err != nil {
		return Ticket{}, Message{}, err
	}
	if n, err = s.completed(ctx, by, n, w.list); err != nil {
		return Ticket{}, Message{}, err
	}
	w.now.ID = s.store.NewID()
	m, err := s.firstMessage(ctx, by, w, n)
	if err != nil {
		return Ticket{}, Message{}, err
	}
	if earlier, err := s.earlier(ctx, n.once(), m.ID); err != nil || earlier.ID != 0 {
		return s.madeBefore(ctx, earlier, err)
	}
	if err := s.open(ctx, by, w, n, &m); err != nil {
		return Ticket{}, Message{}, err
	}
	if err := s.filled(ctx, by, w); err != nil {
		return Ticket{}, Message{}, err
	}
	err = s.save(ctx, w) // gives the ticket its number
	return w.now, m, err
}

// completed fills in what the zero values of a new ticket mean and checks the rest.
func (s *Service) completed(ctx context.Context, by Actor, n NewTicket, list statuses) (NewTicket, error) {
	var err error
	if n.Subject, err = firstSubject(n); err != nil {
		return n, err
	}
	if n.Tags, err = normalTags(n.Tags); err != nil {
		return n, err
	}
	if n.Priority == 0 {
		n.Priority = Normal
	}
	n = taken(by, n, list)
	followers := edited(n.Followers, nil, nil)
	if n.Incoming != nil {
		followers = edited(followers, n.Incoming.Followers, nil)
	}
	n.Followers = edited(followers, nil, []int64{n.RequesterID})
	n.Fields = answers(n.Fields)
	return n, s.checkNew(ctx, n, list)
}

// firstSubject checks what an agent typed and shortens what came in.
func firstSubject(n NewTicket) (string, error) {
	if n.Outgoing != nil {
		return typedSubject(n.Subject)
	}
	return cut(oneLine(n.Subject), longestSubject), nil
}

// taken chooses status and assignee: a ticket an agent opens with an answer is
// open and theirs already, any other is new.
func taken(by Actor, n NewTicket, list statuses) NewTicket {
	category := New
	if n.Outgoing != nil {
		n.StatusID = first(n.StatusID, n.Outgoing.Then)
	}
	if n.Outgoing != nil && n.Kind != Note {
		category = Open
		n.AssigneeID = first(n.AssigneeID, by.ID)
	}
	n.StatusID = first(n.StatusID, list.first(category))
	return n
}

// first answers the first number that is not zero.
func first(a, b int64) int64 {
	if a != 0 {
		return a
	}
	return b
}

// firstMessage makes the message a ticket opens with.
func (s *Service) firstMessage(ctx context.Context, by Actor, w *work, n NewTicket) (Message, error) {
	if n.Incoming != nil {
		return s.incoming(ctx, w, *n.Incoming)
	}
	w.now.ChannelID = n.ChannelID // the reply leaves by it
	if n.Kind == Note {
		return s.outgoing(ctx, by, w, Note, *n.Outgoing)
	}
	kind := Reply
	if n.Kind != "" {
		kind = n.Kind
	}
	return s.outgoing(ctx, by, w, kind, *n.Outgoing)
}

// open records the events of a new ticket and what is written with them.
func (s *Service) open(ctx context.Context, by Actor, w *work, n NewTicket, m *Message) error {
	if err := w.record(by, opening(n)...); err != nil {
		return err
	}
	s.keepMessage(w, m)
	if n.Incoming != nil {
		s.keepRef(w, *n.Incoming, m.ID)
		if err := w.say(m.Author, m, nil); err != nil {
			return err
		}
		return s.keepForm(ctx, w, n.form)
	}
	mentions, err := s.mentioned(ctx, by, m.Kind, n.Outgoing.Mentions)
	if err != nil {
		return err
	}
	s.keepMentions(w, m, mentions)
	return w.say(by, m, mentions)
}

// opening decides the events of a new ticket, its first message aside.
func opening(n NewTicket) []fact {
	facts := []fact{{TicketCreated, CreatedData{
		Subject: n.Subject, StatusID: n.StatusID, Priority: n.Priority, TeamID: n.TeamID,
		AssigneeID: n.AssigneeID, RequesterID: n.RequesterID, ChannelID: n.ChannelID,
		Place: n.Place, Tags: n.Tags, LooksLike: n.LooksLike, Fields: n.Fields, Form: n.form.data(),
	}}}
	if n.Spam {
		facts = append(facts, fact{SpamChanged, ChangeData{From: strconv.FormatBool(false), To: strconv.FormatBool(true)}})
	}
	if len(n.Followers) > 0 {
		facts = append(facts, fact{FollowersChanged, ListData{Added: texts(n.Followers)}})
	}
	return facts
}

// once is the key of the form a ticket is opened by, "" when it has none.
func (n NewTicket) once() string {
	if n.Incoming != nil {
		return n.Incoming.Once
	}
	return n.Outgoing.Once
}

// madeBefore answers what a form made when it was sent the first time.
func (s *Service) madeBefore(ctx context.Context, m Message, err error) (Ticket, Message, error) {
	if err != nil {
		return Ticket{}, Message{}, err
	}
	t, err := s.store.Ticket(ctx, m.TicketID)
	return t, m, err
}
