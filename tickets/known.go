package tickets

import (
	"context"
	"fmt"
	"slices"
)

// Known is what the row keeps of an event and the event does not say itself.
type Known struct {
	Categories map[int64]Category // what each status means, by its id
	Messages   map[int64]Message  // by id; those that events name
}

// know loads all messages of a ticket for Apply.
func (s *Service) know(ctx context.Context, w *work) error {
	_, err := s.knowing(ctx, w)
	return err
}

// knowing is know that answers the messages, in their order.
func (s *Service) knowing(ctx context.Context, w *work) ([]Message, error) {
	all, err := s.store.Messages(ctx, w.was.ID)
	if err != nil {
		return nil, fmt.Errorf("load messages: %w", err)
	}
	return w.learn(all), nil
}

// learn lets Apply know messages and answers them in one order.
func (w *work) learn(lists ...[]Message) []Message {
	all := inOrder(slices.Concat(lists...))
	for _, m := range all {
		w.known.Messages[m.ID] = m
	}
	return all
}
