package hub

import (
	"context"
	"fmt"
	"slices"
	"time"

	"okno/channels"
	"okno/channels/dialog"
	"okno/tickets"
)

// The brake on notices to one address. Two mail programs answering each other
// end at the first; in a chat nobody answers by machine, so there it only keeps
// a ticket that somebody plays with from ringing a phone all day.
const (
	mailQuiet  = time.Hour
	chatQuiet  = 10 * time.Minute
	chatBursts = 30 // notices within chatQuiet
)

// tell puts a notice of an event into the outbox for the person who asked.
func (h *Hub) tell(ctx context.Context, t tickets.Ticket, e tickets.Event) error {
	w, why, err := h.way(ctx, t, false)
	if err != nil || !why.IsZero() || w.channel.ID != t.ChannelID {
		return err
	}
	s, err := h.scene(ctx, t, e, w)
	if err != nil {
		return err
	}
	text, ok := notice(e, s)
	if !ok {
		return nil
	}
	n := note{key: noticePrefix + number(e.Pos), text: text, ticket: t, news: e.Type == tickets.StatusChanged || e.Type == tickets.AssigneeChanged}
	if e.Type == tickets.TicketCreated {
		n.buttons = []string{buttonAnother}
	}
	if e.Type == tickets.StatusChanged {
		if err := h.askRating(ctx, w, &n); err != nil {
			return err
		}
	}
	if n.follows, n.at, ok, err = h.after(ctx, s.reply()); err != nil || !ok {
		return err
	}
	return h.put(ctx, w, n)
}

// askRating asks under the news that a ticket is done what the person thinks of
// it, where they can press a button and have not said so.
func (h *Hub) askRating(ctx context.Context, w way, n *note) error {
	if !h.kinds[w.channel.Kind].Buttons || n.ticket.Category.Active() {
		return nil
	}
	r, _, err := h.opts.Requests.Rating(ctx, n.ticket.ID)
	if err != nil {
		return fmt.Errorf("load rating: %w", err)
	}
	if given := r.Stars != 0 && !r.At.Before(n.ticket.SolvedAt); !given && tickets.Rateable(n.ticket, r, h.opts.Store.Now(ctx)) {
		n.more, n.under = say("hub.notice.rate"), dialog.RatingButtons(n.ticket.Number)
	}
	return nil
}

// scene gathers what the notice of an event has to know.
func (h *Hub) scene(ctx context.Context, t tickets.Ticket, e tickets.Event, w way) (scene, error) {
	s := scene{ticket: t, language: h.opts.Language(ctx, w.person.Language), names: map[int64]string{}}
	events, err := h.opts.Records.TicketEvents(ctx, t.ID)
	if err != nil {
		return s, fmt.Errorf("load events: %w", err)
	}
	s.together = together(events, e)
	if s.statuses, err = h.opts.Records.Statuses(ctx); err != nil {
		return s, fmt.Errorf("load statuses: %w", err)
	}
	ids := []int64{t.AssigneeID}
	for _, o := range s.together {
		if o.Type == tickets.AssigneeChanged {
			_, to := changeOf(o)
			ids = append(ids, to)
		}
	}
	for _, id := range ids {
		a, err := h.opts.Records.Agent(ctx, id)
		if _, err := exists(err); err != nil {
			return s, fmt.Errorf("load agent: %w", err)
		}
		s.names[id] = a.Name
	}
	return s, nil
}

// together answers the events of a ticket that were recorded with one.
func together(events []tickets.Event, e tickets.Event) []tickets.Event {
	return slices.DeleteFunc(slices.Clone(events), func(o tickets.Event) bool {
		return o.Actor.Kind != e.Actor.Kind || o.Actor.ID != e.Actor.ID || !o.At.Equal(e.At)
	})
}

// after says when a notice leaves: with the reply it follows, and not at all
// when that was undone.
func (h *Hub) after(ctx context.Context, reply int64) (follows int64, at time.Time, ok bool, err error) {
	now := h.opts.Store.Now(ctx)
	if reply == 0 {
		return 0, now, true, nil
	}
	m, err := h.opts.Records.Message(ctx, reply)
	if err != nil {
		return 0, now, false, fmt.Errorf("load reply: %w", err)
	}
	if m.Author.Kind != tickets.ByAgent {
		return 0, now, true, nil
	}
	return m.ID, m.Delivery.SendAt, m.Delivery.State != tickets.DeliveryWithdrawn, nil
}

// note is one notice to be put into the outbox.
type note struct {
	key     string
	text    channels.Text
	more    channels.Text       // said after the text; zero: nothing
	ticket  tickets.Ticket      // zero when it is about none
	buttons []string            // of the desk itself, by their words
	under   [][]channels.Button // the others
	news    bool                // may wait for more of its kind and be told with it
	follows int64               // reply it leaves with
	at      time.Time           // not before; zero: now
	// As Outbound has them.
	inReplyTo  string
	references []string
}

// put puts a notice of the desk into the outbox, in the lane of the replies.
func (h *Hub) put(ctx context.Context, w way, n note) error {
	if braked, err := h.braked(ctx, w); err != nil || braked {
		return err
	}
	if n.at.IsZero() {
		n.at = h.opts.Store.Now(ctx)
	}
	language := h.opts.Language(ctx, w.person.Language)
	out := channels.Outbound{
		Key: n.key, Notice: true, To: w.to, Place: w.place, Ticket: n.ticket.Number, Subject: n.ticket.Subject,
		Body: h.opts.Say(language, n.text), Author: h.opts.Desk(ctx), Language: language, At: n.at,
		InReplyTo: n.inReplyTo, References: n.references,
	}
	for _, b := range n.buttons {
		text := h.opts.Say(language, say("hub.button."+b))
		out.Buttons = append(out.Buttons, []channels.Button{{Text: text, ID: b}})
	}
	out.Buttons = append(out.Buttons, n.under...)
	if !n.more.IsZero() {
		out.Body += "\n\n" + h.opts.Say(language, n.more)
	}
	if !n.news || n.follows != 0 {
		return h.putOut(ctx, w, n, out)
	}
	if joined, err := h.join(ctx, w, n, out); err != nil || joined {
		return err
	}
	n.at = n.at.Add(h.opts.Burst)
	return h.putOut(ctx, w, n, out)
}

func (h *Hub) putOut(ctx context.Context, w way, n note, out channels.Outbound) error {
	err := h.opts.Store.PutDelivery(ctx, Delivery{
		ID: h.opts.Store.NewID(), Key: n.key, ChannelID: w.channel.ID, Lane: w.lane(),
		TicketID: n.ticket.ID, MessageID: n.follows, Out: out, RunAt: n.at,
	})
	if err != nil {
		return fmt.Errorf("put notice: %w", err)
	}
	return nil
}

// braked says that an address has had its share of notices.
func (h *Hub) braked(ctx context.Context, w way) (bool, error) {
	since, most := mailQuiet, 1
	if h.kinds[w.channel.Kind].Chat {
		since, most = chatQuiet, chatBursts
	}
	n, err := h.opts.Store.CountNotices(ctx, w.to.Network, w.to.ID, h.opts.Store.Now(ctx).Add(-since))
	if err != nil {
		return false, fmt.Errorf("count notices: %w", err)
	}
	return n >= most, nil
}
