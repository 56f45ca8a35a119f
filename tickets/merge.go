package tickets

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Merge moves everything said in one ticket to another and answers the latter.
// The first becomes closed, leaves all lists, and from then on stands for the
// other: what is written to it arrives there. Its requester and followers follow
// the other ticket, its tags and drafts join it, and whoever waited in it waits
// there. Its replies under way still leave to those they were written to.
func (s *Service) Merge(ctx context.Context, by Actor, from, into int64) (Ticket, error) {
	if err := onlyAgents(by); err != nil {
		return Ticket{}, err
	}
	var target *work
	err := s.insist(ctx, func(ctx context.Context) error {
		a, b, err := s.pair(ctx, from, into)
		if err != nil {
			return err
		}
		if err := s.mergeable(ctx, by, a.was, b.was); err != nil {
			return err
		}
		target = b
		return s.merge(ctx, by, a, b)
	})
	if err != nil {
		return Ticket{}, err
	}
	return target.now, nil
}

// pair loads two tickets to work on.
func (s *Service) pair(ctx context.Context, one, other int64) (a, b *work, err error) {
	if a, err = s.load(ctx, one); err != nil {
		return nil, nil, err
	}
	b, err = s.load(ctx, other)
	return a, b, err
}

func (s *Service) mergeable(ctx context.Context, by Actor, from, into Ticket) error {
	if from.ID == into.ID {
		return NewError(Invalid, "into", "error.merge.self")
	}
	if err := s.workable(ctx, by, from); err != nil {
		return err
	}
	if err := s.workable(ctx, by, into); err != nil {
		return err
	}
	if into.Category == Closed {
		return NewError(Blocked, "into", "error.merge.closed", "number", textOf(into.Number))
	}
	return nil
}

func (s *Service) merge(ctx context.Context, by Actor, a, b *work) error {
	gone, err := s.knowing(ctx, a)
	if err != nil {
		return err
	}
	there, err := s.knowing(ctx, b)
	if err != nil {
		return err
	}
	came := mergedIn(a.was, b.was, gone, b.learn(there, gone))
	if err := a.record(by, fact{TicketMerged, emptied(a, b.was, gone)}); err != nil {
		return err
	}
	facts := append([]fact{{TicketMerged, came}}, reopening(b.was, b.list, came.Waiting)...)
	if err := b.record(by, facts...); err != nil {
		return err
	}
	s.carry(b, gone, a.was.ID)
	if b.unread, err = s.unread(ctx, by, a.was); err != nil {
		return err
	}
	return s.saveAll(ctx, a, b)
}

// emptied is what happens to a ticket all of whose messages leave for another.
func emptied(w *work, into Ticket, gone []Message) MoveData {
	return MoveData{
		TicketID: into.ID, Number: into.Number, Left: true, Messages: idsOf(gone),
		StatusID: w.list.first(Closed), StatusWas: w.was.StatusID,
	}
}

// mergedIn is what happens to the ticket another is merged into; all are the
// messages of both.
func mergedIn(from, into Ticket, came, all []Message) MoveData {
	return MoveData{
		TicketID: from.ID, Number: from.Number, Messages: idsOf(came), Waiting: from.WaitingSince,
		Tags: joiningTags(from, into), Followers: joiningFollowers(from, into),
		Shown: shownOf(all, earlier(into.WaitingSince, from.WaitingSince)),
	}
}

// unread says that an agent has not seen all of a ticket.
func (s *Service) unread(ctx context.Context, by Actor, t Ticket) (bool, error) {
	seq, err := s.store.ReadSeq(ctx, t.ID, by.ID)
	return seq < t.NewsSeq, wrap("load read mark", err)
}

// reopening opens a ticket in which nobody was waited for, when somebody who
// waits joins it.
func reopening(t Ticket, list statuses, waiting time.Time) []fact {
	open := list.first(Open)
	if waiting.IsZero() || t.Category == New || t.Category == Open || t.pending() || open == 0 {
		return nil
	}
	return []fact{moved(StatusChanged, t.StatusID, open)}
}

// joiningTags are the tags a merged ticket brings, as many as fit.
func joiningTags(from, into Ticket) ListData {
	added, _ := difference(into.Tags, from.Tags)
	return ListData{Added: added[:min(len(added), max(mostTags-len(into.Tags), 0))]}
}

// joiningFollowers are the people a merged ticket brings.
func joiningFollowers(from, into Ticket) ListData {
	wanted := edited(append(slices.Clone(from.Followers), from.RequesterID), nil, []int64{into.RequesterID})
	added, _ := difference(into.Followers, wanted)
	return ListData{Added: texts(added)}
}

// carry has messages and drafts of another ticket written to this one.
func (s *Service) carry(w *work, messages []Message, from int64) {
	s.move(w, messages, from, w.now.ID)
	w.then(func(ctx context.Context) error { return s.carryDrafts(ctx, from, w.now.ID) })
}

// move has messages written to another ticket.
func (s *Service) move(w *work, messages []Message, from, to int64) {
	w.then(func(ctx context.Context) error {
		return wrap("move messages", s.store.MoveMessages(ctx, from, to, numbers(idsOf(messages))))
	})
}

// carryDrafts puts the drafts of one ticket behind those of another.
func (s *Service) carryDrafts(ctx context.Context, from, to int64) error {
	list, err := s.store.Drafts(ctx, from)
	if err != nil {
		return fmt.Errorf("load drafts: %w", err)
	}
	for _, d := range list {
		there, err := s.draft(ctx, to, d.AgentID)
		if err != nil {
			return err
		}
		if err := s.store.PutDraft(ctx, joined(there, d)); err != nil {
			return fmt.Errorf("join draft: %w", err)
		}
		if err := s.store.DeleteDraft(ctx, from, d.AgentID); err != nil {
			return fmt.Errorf("remove draft: %w", err)
		}
	}
	return nil
}

// Home answers the ticket that a merged ticket went into, through all merges;
// any other ticket is its own home.
func (s *Service) Home(ctx context.Context, ticket int64) (Ticket, error) {
	t, err := s.store.Ticket(ctx, ticket)
	for err == nil && t.MergedInto != 0 {
		t, err = s.store.Ticket(ctx, t.MergedInto)
	}
	return t, missing(err, "error.ticket.missing")
}
