package hub

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"okno/channels"
	"okno/tickets"
	"okno/tickets/people"
)

const maxFollowers = 30 // people one message can bring along

// arrival is a message on its way to its ticket.
type arrival struct {
	channel Channel
	entry   Entry
	in      channels.Inbound
}

// carryOut does what was decided and settles the entry, in the transaction ctx
// carries.
func (h *Hub) carryOut(ctx context.Context, a arrival, d decision) (Entry, error) {
	e := a.entry
	e.From, e.Subject, e.Why, e.Detail = a.in.From.ID, a.in.Subject, d.why, ""
	var err error
	switch d.verb {
	case keep:
		e.Outcome, err = OutcomeKept, h.await(ctx, a, d)
	case see:
		e.Outcome, e.Ticket = OutcomeSeen, d.seenAs
	case open:
		e.Outcome = OutcomeOpened
		e.Ticket, e.MessageID, err = h.openTicket(ctx, a, d)
	case add, bounce:
		e.Outcome, e.Ticket = OutcomeAdded, d.ticket.Number
		e.MessageID, err = h.addMessage(ctx, a, d)
	case extend, edit, takeBack, react:
		e.Outcome, e.Ticket, e.MessageID = OutcomeAdded, d.ticket.Number, d.message
		err = h.amend(ctx, a, d)
	case talk:
		var r done
		r, err = h.carryOn(ctx, a, d.talk)
		e.Outcome, e.Ticket, e.MessageID = r.outcome, r.ticket, r.message
	default:
		e.Outcome, err = OutcomeDone, h.respond(ctx, a, d)
	}
	if err != nil {
		return e, err
	}
	return e, h.opts.Store.SettleEntry(ctx, e)
}

// respond does what makes no message.
func (h *Hub) respond(ctx context.Context, a arrival, d decision) error {
	switch d.verb {
	case press:
		return h.pressed(ctx, a, d)
	case leave:
		return h.left(ctx, a)
	case comeBack:
		return h.welcome(ctx, a, d)
	default:
		return h.await(ctx, a, d)
	}
}

func (h *Hub) openTicket(ctx context.Context, a arrival, d decision) (n, message int64, err error) {
	requester, followers, err := h.cast(ctx, a, d)
	if err != nil {
		return 0, 0, err
	}
	in := h.incoming(a, d, requester.ID)
	t, m, err := h.opts.Tickets.Create(ctx, tickets.AsPerson(requester.ID), tickets.NewTicket{
		Subject: h.subject(a.in), RequesterID: requester.ID, TeamID: a.channel.TeamID,
		ChannelID: a.channel.ID, Place: a.in.Place, Followers: followers,
		LooksLike: d.looksLike, Incoming: &in,
	})
	if err != nil {
		return 0, 0, fmt.Errorf("open ticket: %w", err)
	}
	return t.Number, m.ID, h.settled(ctx, a, d, m)
}

// settled does what follows once a message of a chat has its ticket: later files
// of its album find it, the wish for another ticket is fulfilled, and what was
// done to it before it came is done now.
func (h *Hub) settled(ctx context.Context, a arrival, d decision, m tickets.Message) error {
	if !h.kinds[a.channel.Kind].Chat {
		return nil
	}
	if a.in.Album != "" {
		if err := h.opts.Records.PutRef(ctx, albums(a.channel.Kind), albumRef(a.in), m.ID); err != nil {
			return fmt.Errorf("keep album: %w", err)
		}
	}
	if d.verb == open {
		if err := h.wish(ctx, a, false); err != nil {
			return err
		}
	}
	return h.catchUp(ctx, a)
}

// cast answers who asks and who else is to hear of it.
func (h *Hub) cast(ctx context.Context, a arrival, d decision) (people.Person, []int64, error) {
	sender, err := h.sender(ctx, a, a.in.From)
	if err != nil {
		return sender, nil, err
	}
	followers, err := h.others(ctx, a, sender.ID)
	if err != nil || !d.forwarded {
		return sender, followers, err
	}
	requester, err := h.sender(ctx, a, *a.in.Forwarded)
	followers = slices.DeleteFunc(followers, func(id int64) bool { return id == requester.ID })
	return requester, append(followers, sender.ID), err
}

func (h *Hub) addMessage(ctx context.Context, a arrival, d decision) (int64, error) {
	sender, err := h.sender(ctx, a, a.in.From)
	if err != nil {
		return 0, err
	}
	in := h.incoming(a, d, sender.ID)
	if in.Followers, err = h.joining(ctx, a, d, sender.ID); err != nil {
		return 0, err
	}
	m, err := h.opts.Tickets.Receive(ctx, d.ticket.ID, in)
	if err != nil {
		return 0, fmt.Errorf("add message: %w", err)
	}
	if d.verb == bounce {
		return m.ID, h.bounced(ctx, a)
	}
	return m.ID, h.settled(ctx, a, d, m)
}

// joining answers who becomes a follower. Only somebody who is on the ticket
// brings others along.
func (h *Hub) joining(ctx context.Context, a arrival, d decision, sender int64) ([]int64, error) {
	switch {
	case d.auto != channels.AutoNone:
		return nil, nil
	case d.newcomer:
		return []int64{sender}, nil
	}
	return h.others(ctx, a, sender)
}

// bounced tells the reply that it did not arrive, or not yet, and marks the
// address that is gone.
func (h *Hub) bounced(ctx context.Context, a arrival) error {
	b, kind := a.in.Bounce, a.channel.Kind
	m, err := h.opts.Records.MessageByRef(ctx, kind, b.Original)
	if err != nil {
		return fmt.Errorf("find bounced message: %w", err)
	}
	why, state := say("hub.why.bounced", "address", b.Recipient, "status", b.Status), tickets.DeliveryFailed
	if !b.Permanent {
		why, state = say("hub.why.late", "address", b.Recipient), tickets.DeliverySending
	}
	err = h.opts.Tickets.Bounced(ctx, m.ID, tickets.DeliveryData{
		MessageID: m.ID, State: state, Recipient: b.Recipient, Reason: sentence(why), Detail: b.Detail,
	})
	if err != nil || !b.Permanent {
		return err
	}
	_, err = h.mark(ctx, kind, b.Recipient, why.Key)
	return err
}

func (h *Hub) incoming(a arrival, d decision, person int64) tickets.Incoming {
	in := a.in
	return tickets.Incoming{
		PersonID: person, ChannelID: a.channel.ID, Network: a.channel.Kind,
		Body: in.Text, Quoted: in.Quoted, HTML: in.HTML, Files: filesIn(in.Files),
		Copies: h.copies(in), Auto: string(d.auto), Warnings: sentences(d.warnings),
		Original: a.entry.Event.Blob, Ref: ref(in), At: in.At,
	}
}

// ref is the network id of what somebody wrote: a change carries an id of its own.
func ref(in channels.Inbound) string {
	if in.Doing.Of != "" {
		return in.Doing.Of
	}
	return in.Object
}

// subject is never empty: the first words stand in for a missing one, the name
// of a file for those.
func (h *Hub) subject(in channels.Inbound) string {
	if s := strings.TrimSpace(in.Subject); s != "" {
		return s
	}
	if !in.Unreadable.IsZero() {
		return h.opts.Say("", say("hub.subject.unreadable"))
	}
	line, _, _ := strings.Cut(strings.TrimSpace(in.Text), "\n")
	if line = strings.TrimSpace(line); line != "" {
		return shortened(line, 80)
	}
	for _, f := range in.Files {
		if f.Name != "" {
			return shortened(f.Name, 80)
		}
	}
	return h.opts.Say("", say("hub.subject.none"))
}

func shortened(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

func (h *Hub) copies(in channels.Inbound) []string {
	var out []string
	for _, a := range slices.Concat(in.To, in.CC) {
		s := a.ID
		if a.Name != "" {
			s = a.Name + " <" + a.ID + ">"
		}
		out = append(out, s)
	}
	return out
}

func filesIn(list []channels.File) []tickets.File {
	var out []tickets.File
	for _, f := range list {
		out = append(out, tickets.File(f))
	}
	return out
}

func sentences(list []channels.Text) []tickets.Sentence {
	var out []tickets.Sentence
	for _, t := range list {
		out = append(out, sentence(t))
	}
	return out
}
