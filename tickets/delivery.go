package tickets

import (
	"context"
	"fmt"
)

// Settle records how the delivery of a reply fared. recipient is empty when it
// holds for all; what holds for one never hides a failure of another. Failures
// are events, and so is leaving; other states only mark the message.
func (s *Service) Settle(ctx context.Context, message int64, recipient string, d Delivery) error {
	return s.deliver(ctx, message, func(_ context.Context, w *work, m *Message) error {
		was := *m
		if hidden(was.Delivery.State, d.State, recipient) {
			return nil
		}
		m.Delivery = d
		m.Delivery.SendAt, m.Delivery.At = was.Delivery.SendAt, w.at
		if !told(was.Delivery.State, d.State) {
			return nil
		}
		return w.record(System(), fact{DeliverySettled, DeliveryData{
			MessageID: m.ID, State: d.State, Was: was.Delivery.State,
			Recipient: recipient, Reason: d.Reason, Detail: d.Detail,
		}})
	})
}

// hidden says that a state changes nothing: news of a reply that was taken back,
// of one recipient while there is worse of another, or a failure that is only
// being tried again: it counts until the reply has left.
func hidden(was, now DeliveryState, recipient string) bool {
	switch {
	case was == DeliveryWithdrawn:
		return now != DeliverySent
	case was == DeliveryFailed && now == DeliverySending:
		return true
	}
	return recipient != "" && rank(now) < rank(was)
}

// rank orders states by what agents have to know.
func rank(s DeliveryState) int {
	switch s {
	case DeliveryFailed:
		return 4
	case DeliverySent:
		return 3
	case DeliverySending:
		return 2
	case DeliveryQueued:
		return 1
	default:
		return 0
	}
}

// told says that a state is an event: every failure, and the first time a reply
// has left.
func told(was, now DeliveryState) bool {
	return now == DeliveryFailed || now == DeliverySent && was != DeliverySent
}

// Bounced records that a network later said a reply did not arrive. A bounce
// that only tells of a delay carries another state than failed.
func (s *Service) Bounced(ctx context.Context, message int64, d DeliveryData) error {
	return s.deliver(ctx, message, func(_ context.Context, w *work, m *Message) error {
		d.MessageID, d.Was = m.ID, m.Delivery.State
		if d.State != DeliveryFailed {
			d.State = d.Was
		}
		if d.State == DeliveryFailed {
			m.Delivery.State, m.Delivery.At = d.State, w.at
			m.Delivery.Reason, m.Delivery.Detail = d.Reason, d.Detail
		}
		return w.record(System(), fact{BounceReceived, d})
	})
}

// Resend tries a failed reply again. Its reason stays until it has left.
func (s *Service) Resend(ctx context.Context, by Actor, message int64) (Message, error) {
	if err := onlyAgents(by); err != nil {
		return Message{}, err
	}
	var answer Message
	err := s.deliver(ctx, message, func(ctx context.Context, w *work, m *Message) error {
		if err := visible(by, w.was); err != nil {
			return err
		}
		if m.Delivery.State != DeliveryFailed {
			return NewError(Blocked, "", "error.resend.state")
		}
		m.Delivery.State, m.Delivery.SendAt, m.Delivery.At = DeliveryQueued, w.at, w.at
		answer = *m
		s.requeue(w, m.ID)
		return w.record(by, fact{DeliverySettled, DeliveryData{
			MessageID: m.ID, State: DeliveryQueued, Was: DeliveryFailed,
		}})
	})
	return answer, err
}

// requeue has the failed deliveries of a message made due.
func (s *Service) requeue(w *work, message int64) {
	w.then(func(ctx context.Context) error {
		n, err := s.store.RequeueOutgoing(ctx, message)
		if err != nil {
			return fmt.Errorf("send again: %w", err)
		}
		if n == 0 {
			return NewError(Blocked, "", "error.resend.nothing")
		}
		return nil
	})
}

// deliver changes the delivery of a message by decide.
func (s *Service) deliver(ctx context.Context, message int64, decide func(context.Context, *work, *Message) error) error {
	return s.editMessage(ctx, message, func(ctx context.Context, w *work, m *Message) error {
		was := m.Delivery
		if err := decide(ctx, w, m); err != nil || !differs(was, m.Delivery) {
			return err
		}
		w.then(func(ctx context.Context) error {
			return wrap("mark message", s.store.UpdateMessage(ctx, *m))
		})
		return nil
	})
}

// differs says that a delivery has to be written.
func differs(a, b Delivery) bool {
	return a.State != b.State || !a.At.Equal(b.At) || a.Detail != b.Detail || a.Reason.Key != b.Reason.Key
}
