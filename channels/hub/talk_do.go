package hub

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"okno/channels"
	"okno/channels/dialog"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// Requests are the use cases of forms, ratings and approvals; *tickets.Service
// has them.
type Requests interface {
	Cataloguing
	Request(ctx context.Context, by tickets.Actor, n tickets.NewRequest) (tickets.Ticket, tickets.Message, error)
	Reopen(ctx context.Context, by tickets.Actor, ticket int64) error
	Opining
	ApprovalsOf(ctx context.Context, person int64) ([]tickets.Approval, error)
	AnswerApproval(ctx context.Context, by tickets.Actor, id int64, agree bool, comment, via string) error
}

// Cataloguing answers what may be asked for.
type Cataloguing interface {
	Catalog(ctx context.Context, by tickets.Actor) (forms.Catalog, error)
	RequestType(ctx context.Context, id int64, version int) (forms.RequestType, error)
}

// Opining takes and answers ratings.
type Opining interface {
	Rate(ctx context.Context, by tickets.Actor, ticket int64, stars int, comment string) error
	Rating(ctx context.Context, ticket int64) (tickets.Rating, bool, error)
}

// done is what a step of the dialog came to.
type done struct {
	outcome Outcome
	ticket  int64 // number; 0: none
	message int64
	state   dialog.State
	said    []dialog.Message
}

// carryOn does what the dialog answered. What the desk refuses is told, and the
// dialog stays where it was, so that nothing typed is lost.
func (h *Hub) carryOn(ctx context.Context, a arrival, out dialog.Outcome) (done, error) {
	sender, err := h.sender(ctx, a, a.in.From)
	if err != nil {
		return done{}, err
	}
	was, err := h.opts.Store.Dialog(ctx, a.channel.ID, talkPlace(a.in))
	if err != nil {
		return done{}, fmt.Errorf("load dialog: %w", err)
	}
	r := done{outcome: OutcomeDone, state: out.State, said: out.Say}
	if err := h.commands(ctx, a, sender, out.Do, &r); err != nil {
		refusal, ok := h.refusal(ctx, out.State.Language, err)
		if !ok {
			return r, err
		}
		r = done{outcome: OutcomeDone, state: was.State.Talk, said: []dialog.Message{{Body: refusal}}}
	}
	was.State.Talk = r.state
	if err := h.keepDialog(ctx, was); err != nil {
		return r, err
	}
	if err := h.keepTimer(ctx, a, r.state.Due()); err != nil {
		return r, err
	}
	return r, h.sayAll(ctx, a, sender, r)
}

// refusal is a refusal of the desk as a sentence; false for its own faults.
func (h *Hub) refusal(ctx context.Context, language string, err error) (string, bool) {
	var e *tickets.Error
	if !errors.As(err, &e) {
		return "", false
	}
	return h.opts.Say(h.opts.Language(ctx, language), channels.Text{Key: e.Message, Args: e.Args}), true
}

func (h *Hub) commands(ctx context.Context, a arrival, sender people.Person, list []dialog.Command, r *done) error {
	for _, c := range list {
		if err := h.command(ctx, a, sender, c, r); err != nil {
			return err
		}
	}
	return nil
}

func (h *Hub) command(ctx context.Context, a arrival, sender people.Person, c dialog.Command, r *done) error {
	by := tickets.AsPerson(sender.ID)
	switch {
	case c.Open != nil:
		o := *c.Open
		return h.requested(ctx, a, o.Filling, tickets.NewRequest{
			RequesterID: sender.ID, Type: o.Type, Version: o.Version, Answers: o.Answers, Files: filesOf(o.Files), Said: o.Said, Language: o.Language,
		}, r)
	case c.Human != nil:
		o := *c.Human
		return h.requested(ctx, a, o.Filling, tickets.NewRequest{
			RequesterID: sender.ID, Type: o.Type, Version: o.Version, Answers: o.Answers, Files: filesOf(o.Files), Said: o.Said, Language: o.Language,
			Unfinished: true,
		}, r)
	case c.Write != nil:
		return h.written(ctx, a, c.Write.Ticket, r)
	case c.Rate != nil:
		return h.onTicket(ctx, c.Rate.Ticket, r, func(t tickets.Ticket) error {
			return h.opts.Requests.Rate(ctx, by, t.ID, c.Rate.Stars, c.Rate.Comment)
		})
	case c.Reopen != 0:
		return h.onTicket(ctx, c.Reopen, r, func(t tickets.Ticket) error { return h.opts.Requests.Reopen(ctx, by, t.ID) })
	case c.Approve != nil:
		return h.opts.Requests.AnswerApproval(ctx, by, c.Approve.Approval, c.Approve.Agree, c.Approve.Comment, a.channel.Kind)
	}
	return nil
}

// requested opens a ticket of a form. One filling opens one, however often its
// turn is processed.
func (h *Hub) requested(ctx context.Context, a arrival, filling string, n tickets.NewRequest, r *done) error {
	n.ChannelID, n.TeamID, n.Place, n.Network = a.channel.ID, a.channel.TeamID, a.in.Place, a.channel.Kind
	n.Once = "talk:" + number(a.channel.ID) + ":" + talkPlace(a.in) + ":" + filling
	if filling == "" {
		n.Once = "talk:" + number(a.entry.ID)
	}
	n.At = h.opts.Store.Now(ctx).In(h.opts.Zone)
	if a.in.Doing.Act == channels.ActSay {
		n.Ref = ref(a.in)
	}
	t, m, err := h.opts.Requests.Request(ctx, tickets.AsPerson(n.RequesterID), n)
	if err != nil {
		return fmt.Errorf("open ticket of a form: %w", err)
	}
	r.outcome, r.ticket, r.message = OutcomeOpened, t.Number, m.ID
	r.state = r.state.Opened(filling, t.Number)
	return nil
}

// written adds what was written to a ticket the person chose.
func (h *Hub) written(ctx context.Context, a arrival, ticket int64, r *done) error {
	return h.onTicket(ctx, ticket, r, func(t tickets.Ticket) (err error) {
		r.outcome = OutcomeAdded
		r.message, err = h.addMessage(ctx, a, decision{verb: add, ticket: &t, warnings: a.in.Warnings})
		return err
	})
}

// onTicket does something with the ticket that has this number.
func (h *Hub) onTicket(ctx context.Context, ticket int64, r *done, do func(t tickets.Ticket) error) error {
	t, err := h.opts.Records.TicketByNumber(ctx, ticket)
	if errors.Is(err, people.ErrMissing) {
		return tickets.NewError(tickets.Missing, "", "error.ticket.missing")
	}
	if err != nil {
		return fmt.Errorf("load ticket: %w", err)
	}
	r.ticket = t.Number
	return do(t)
}

func filesOf(by map[string][]dialog.File) map[string][]tickets.File {
	out := map[string][]tickets.File{}
	for key, list := range by {
		for _, f := range list {
			out[key] = append(out[key], tickets.File{Name: f.Name, Type: f.Type, Size: f.Size, Blob: f.Blob})
		}
	}
	return out
}

// sayAll puts what the dialog says into the outbox. No brake counts it: people
// hear as much as they ask.
func (h *Hub) sayAll(ctx context.Context, a arrival, sender people.Person, r done) error {
	w := way{
		channel: a.channel, person: sender, place: a.in.Place,
		to: channels.Address{Network: a.channel.Kind, ID: a.in.From.ID, Name: sender.Name},
	}
	language, now := h.opts.Language(ctx, r.state.Language), h.opts.Store.Now(ctx)
	for i, m := range r.said {
		key := "talk:" + number(a.entry.ID) + ":" + strconv.Itoa(i)
		about, err := h.about(ctx, m.Ticket)
		if err != nil {
			return err
		}
		out := channels.Outbound{
			Key: key, Notice: true, To: w.to, Place: w.place, Ticket: m.Ticket, Body: m.Body, Buttons: m.Buttons,
			Author: h.opts.Desk(ctx), Language: language, At: now,
		}
		if m.Replaces {
			out.Replaces = a.in.Doing.Of
		}
		err = h.opts.Store.PutDelivery(ctx, Delivery{
			ID: h.opts.Store.NewID(), Key: key, ChannelID: w.channel.ID, Lane: w.lane(), RunAt: now, Asked: true, TicketID: about, Out: out,
		})
		if err != nil {
			return fmt.Errorf("put words of the dialog: %w", err)
		}
	}
	return nil
}

// about is the id of the ticket some words are about, so that an answer to them
// finds it; 0 for none.
func (h *Hub) about(ctx context.Context, ticket int64) (int64, error) {
	if ticket == 0 {
		return 0, nil
	}
	t, err := h.opts.Records.TicketByNumber(ctx, ticket)
	if err != nil {
		return 0, fmt.Errorf("load ticket: %w", err)
	}
	return t.ID, nil
}

// DialogTimers have the desk come back to dialogs in which nobody did anything.
type DialogTimers interface {
	// PutDialogTimer wakes the dialog with this key, see Hub.Wake, at a time; the
	// zero time lets it sleep.
	PutDialogTimer(ctx context.Context, key string, at time.Time) error
}

func (h *Hub) keepTimer(ctx context.Context, a arrival, due time.Time) error {
	key := number(a.channel.ID) + " " + a.in.From.ID + " " + a.in.Place
	if err := h.opts.Store.PutDialogTimer(ctx, key, due); err != nil {
		return fmt.Errorf("keep timer of the dialog: %w", err)
	}
	return nil
}

func splitTimerKey(key string) (channel int64, place, from string, ok bool) {
	parts := strings.SplitN(key, " ", 3)
	if len(parts) != 3 {
		return 0, "", "", false
	}
	channel, err := strconv.ParseInt(parts[0], 10, 64)
	return channel, parts[2], parts[1], err == nil
}
