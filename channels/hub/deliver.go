package hub

import (
	"context"
	"errors"
	"fmt"
	"time"

	"okno/channels"
	"okno/tickets"
)

// sendWithin bounds one try: a network that swallows everything must not hold
// a worker for ever.
const sendWithin = 5 * time.Minute

// Deliver sends one row of the outbox: the handler of the outbox queue. Ask
// RetryAfter about its errors. When the process dies between sending and
// recording, the row is sent once more with the same key.
func (h *Hub) Deliver(ctx context.Context, id int64) error {
	d, err := h.opts.Store.Delivery(ctx, id)
	if err != nil {
		return fmt.Errorf("load delivery %d: %w", id, err)
	}
	if done, err := h.withdrawn(ctx, d); done || err != nil {
		return err
	}
	d, why, err := h.located(ctx, d)
	if err != nil {
		return err
	}
	if !why.IsZero() {
		return h.failed(ctx, d, &channels.SendError{Verdict: channels.Never, Reason: why})
	}
	return h.handOver(ctx, d)
}

// located finds another way for a reply that an agent sends again because it had
// none, or because its address refused it. Only here does a reply go by another
// channel than the ticket's, and addresses that refused before count too.
func (h *Hub) located(ctx context.Context, d Delivery) (Delivery, channels.Text, error) {
	if !d.isReply() || d.isCopy() {
		return d, channels.Text{}, nil
	}
	m, err := h.opts.Records.Message(ctx, d.MessageID)
	if err != nil {
		return d, channels.Text{}, fmt.Errorf("load message: %w", err)
	}
	lost := d.ChannelID == 0
	if !lost && sentAgain(m) {
		if lost, err = h.refuses(ctx, d.Out.To); err != nil {
			return d, channels.Text{}, err
		}
	}
	if !lost {
		return d, channels.Text{}, nil
	}
	return h.addressed(ctx, d, m, true)
}

// sentAgain says that an agent asked for another try: the reason of the failure
// stays on the message until it has left.
func sentAgain(m tickets.Message) bool {
	return m.Delivery.State == tickets.DeliveryQueued && m.Delivery.Reason.Key != ""
}

func (h *Hub) handOver(ctx context.Context, d Delivery) error {
	c, a, err := h.adapter(ctx, d.ChannelID)
	if err != nil {
		return err
	}
	if !c.Enabled {
		return h.hold(ctx, d, &Postponed{After: time.Minute, Reason: say("hub.why.disabled", "name", c.Name)})
	}
	receipt, err := h.send(ctx, a, d.Out)
	if err != nil {
		return h.unsent(ctx, d, err)
	}
	return h.sent(ctx, d, receipt)
}

// withdrawn ends the row of a reply that was undone meanwhile.
func (h *Hub) withdrawn(ctx context.Context, d Delivery) (bool, error) {
	if d.MessageID == 0 {
		return false, nil
	}
	m, err := h.opts.Records.Message(ctx, d.MessageID)
	if err != nil {
		return false, fmt.Errorf("load message: %w", err)
	}
	if m.Kind == tickets.Reply && m.Delivery.State != tickets.DeliveryWithdrawn {
		return false, nil
	}
	return true, h.opts.Store.SettleDelivery(ctx, d.ID, channels.Receipt{}, true, say("hub.why.withdrawn"), "")
}

func (h *Hub) send(ctx context.Context, a channels.Adapter, out channels.Outbound) (r channels.Receipt, err error) {
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	defer h.recovered("send", &err)
	return a.Send(ctx, out)
}

// sent records a success. A failure here leaves the row to be sent again.
func (h *Hub) sent(ctx context.Context, d Delivery, r channels.Receipt) error {
	err := h.opts.Store.InTx(ctx, func(ctx context.Context) error {
		if err := h.opts.Store.SettleDelivery(ctx, d.ID, r, false, channels.Text{}, ""); err != nil {
			return err
		}
		if !d.isReply() {
			return h.sentNotice(ctx, d, r)
		}
		return h.sentMessage(ctx, d, r)
	})
	if err != nil {
		return fmt.Errorf("record delivery %d: %w", d.ID, err)
	}
	return nil
}

// sentNotice lets an answer to a notice find its ticket.
func (h *Hub) sentNotice(ctx context.Context, d Delivery, r channels.Receipt) error {
	if d.TicketID == 0 {
		return nil
	}
	for _, id := range append([]string{r.ID}, r.More...) {
		if err := h.opts.Records.PutNoticeRef(ctx, d.Out.To.Network, id, d.TicketID); err != nil {
			return err
		}
	}
	return nil
}

func (h *Hub) sentMessage(ctx context.Context, d Delivery, r channels.Receipt) error {
	for _, id := range append([]string{r.ID}, r.More...) {
		if err := h.opts.Records.PutRef(ctx, d.Out.To.Network, id, d.MessageID); err != nil {
			return err
		}
	}
	m, err := h.opts.Records.Message(ctx, d.MessageID)
	if err != nil {
		return fmt.Errorf("load message: %w", err)
	}
	if d.isCopy() && !sentAgain(m) {
		return nil // the message has a row of its own
	}
	why, err := h.elsewhere(ctx, d, m)
	if err != nil {
		return err
	}
	if err := h.settle(ctx, m.ID, "", tickets.DeliverySent, why, ""); err != nil {
		return err
	}
	for _, no := range r.Refused {
		if err := h.settle(ctx, d.MessageID, no.Address.ID, tickets.DeliveryFailed, no.Reason, no.Detail); err != nil {
			return err
		}
	}
	return nil
}

// elsewhere says by which other channel a reply left than the one its ticket
// came in by.
func (h *Hub) elsewhere(ctx context.Context, d Delivery, m tickets.Message) (channels.Text, error) {
	if d.isCopy() || m.ChannelID == 0 || m.ChannelID == d.ChannelID {
		return channels.Text{}, nil
	}
	c, err := h.opts.Store.Channel(ctx, d.ChannelID)
	if err != nil {
		return channels.Text{}, fmt.Errorf("load channel: %w", err)
	}
	return say("hub.why.elsewhere", "name", c.Name, "address", d.Out.To.ID), nil
}

// unsent decides whether a failed try is the last one.
func (h *Hub) unsent(ctx context.Context, d Delivery, err error) error {
	if ctx.Err() != nil {
		return &Postponed{Err: err} // the desk is stopping; nobody refused anything
	}
	var e *channels.SendError
	if !errors.As(err, &e) {
		e = &channels.SendError{Verdict: channels.Later, Reason: say("hub.why.later"), Err: err}
	}
	if e.Verdict == channels.Later && d.Attempts+1 < maxTries {
		after := e.After
		if after <= 0 {
			after = pauseBefore(d.Attempts + 1)
		}
		return h.hold(ctx, d, &Postponed{After: after, Counted: true, Reason: e.Reason, Err: err})
	}
	return h.failed(ctx, d, e)
}

// hold keeps the row for later and tells the ticket the first time, so that the
// agent sees why a reply is still on its way.
func (h *Hub) hold(ctx context.Context, d Delivery, p *Postponed) error {
	if !d.isReply() || d.isCopy() {
		return p
	}
	m, err := h.opts.Records.Message(ctx, d.MessageID)
	if err != nil {
		return errors.Join(p, err)
	}
	if m.Delivery.State == tickets.DeliverySending && m.Delivery.Reason.Key == p.Reason.Key {
		return p
	}
	err = h.settle(ctx, d.MessageID, "", tickets.DeliverySending, p.Reason, p.detail())
	return errors.Join(p, err)
}

// failed ends a row for good.
func (h *Hub) failed(ctx context.Context, d Delivery, e *channels.SendError) error {
	detail := ""
	if e.Err != nil {
		detail = e.Err.Error()
	}
	err := h.opts.Store.InTx(ctx, func(ctx context.Context) error {
		if err := h.opts.Store.SettleDelivery(ctx, d.ID, channels.Receipt{}, true, e.Reason, detail); err != nil {
			return err
		}
		if err := h.gone(ctx, d, e); err != nil {
			return err
		}
		if !d.isReply() {
			return h.askElsewhere(ctx, d)
		}
		recipient := ""
		if d.isCopy() {
			recipient = d.Out.To.ID
		}
		return h.settle(ctx, d.MessageID, recipient, tickets.DeliveryFailed, e.Reason, detail)
	})
	if err != nil {
		return fmt.Errorf("record failed delivery %d: %w", d.ID, err)
	}
	return nil
}

// gone marks an address that takes no more messages.
func (h *Hub) gone(ctx context.Context, d Delivery, e *channels.SendError) error {
	if e.Verdict != channels.Gone {
		return nil
	}
	c, err := h.opts.Store.Channel(ctx, d.ChannelID)
	if err != nil {
		return fmt.Errorf("load channel: %w", err)
	}
	return h.reached(ctx, c, d.Out.To.ID, e.Reason)
}

func (h *Hub) settle(ctx context.Context, message int64, recipient string, s tickets.DeliveryState, why channels.Text, detail string) error {
	err := h.opts.Tickets.Settle(ctx, message, recipient, tickets.Delivery{
		State: s, At: h.opts.Store.Now(ctx), Reason: sentence(why), Detail: detail,
	})
	if err != nil {
		return fmt.Errorf("settle message %d: %w", message, err)
	}
	return nil
}
