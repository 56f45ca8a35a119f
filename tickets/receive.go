package tickets

import (
	"context"
	"fmt"
)

// Receive adds what a person wrote. It reopens a ticket that is not open, unless
// the message is automatic or the ticket waits for approval. What is written to a merged ticket arrives where that
// went.
func (s *Service) Receive(ctx context.Context, ticket int64, in Incoming) (Message, error) {
	var m Message
	err := s.editHome(ctx, ticket, func(ctx context.Context, w *work) (err error) {
		if err := visible(AsPerson(in.PersonID), w.was); err != nil {
			return err
		}
		if m, err = s.incoming(ctx, w, in); err != nil {
			return err
		}
		if before, err := s.earlier(ctx, in.Once, m.ID); err != nil || before.ID != 0 {
			m = before
			return err
		}
		followers, err := s.joining(ctx, w.was, in.Followers)
		if err != nil {
			return err
		}
		s.keepMessage(w, &m)
		s.keepRef(w, in, m.ID)
		return w.say(m.Author, &m, nil, receiving(w.was, w.list, in.Auto, followers)...)
	})
	if err != nil {
		return Message{}, err
	}
	return m, nil
}

// joining answers which of the persons addressed are not on the ticket yet.
func (s *Service) joining(ctx context.Context, t Ticket, ids []int64) ([]int64, error) {
	if err := s.checkFollowers(ctx, ids); err != nil {
		return nil, fmt.Errorf("receive: %w", err)
	}
	added, _ := difference(t.Followers, edited(nil, ids, nil))
	return edited(added, nil, []int64{t.RequesterID}), nil
}

// receiving decides what a person's message brings about. What a machine wrote
// wakes nobody.
func receiving(t Ticket, list statuses, auto string, followers []int64) []fact {
	var facts []fact
	open := list.first(Open)
	if auto == "" && t.Category != New && t.Category != Open && !t.pending() && open != 0 {
		facts = append(facts, moved(StatusChanged, t.StatusID, open))
	}
	if len(followers) > 0 {
		facts = append(facts, fact{FollowersChanged, ListData{Added: texts(followers)}})
	}
	return facts
}
