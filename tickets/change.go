package tickets

import (
	"context"
	"strconv"
)

// Change changes a ticket whose version the actor has seen. Conflict says what
// changed meanwhile when the same fields did; changes of other fields and
// changes of lists go together. Version 0 does not check.
func (s *Service) Change(ctx context.Context, by Actor, ticket, version int64, c Change) (Ticket, error) {
	if err := notPersons(by); err != nil {
		return Ticket{}, err
	}
	c, err := normal(c)
	if err != nil {
		return Ticket{}, err
	}
	return s.edit(ctx, ticket, func(ctx context.Context, w *work) error {
		if err := s.workable(ctx, by, w.was); err != nil {
			return err
		}
		if err := s.checkChange(ctx, c, w.list); err != nil {
			return err
		}
		if err := s.checkAnswers(ctx, w.was, c); err != nil {
			return err
		}
		facts := changing(w.was, c)
		if err := s.unchanged(ctx, w.was, version, facts); err != nil {
			return err
		}
		if err := w.record(by, facts...); err != nil {
			return err
		}
		if err := s.filled(ctx, by, w); err != nil {
			return err
		}
		return checkTags(w.now.Tags)
	})
}

// normal writes the texts of a change as we keep them.
func normal(c Change) (Change, error) {
	var err error
	if c.Subject != nil {
		subject, err := typedSubject(*c.Subject)
		if err != nil {
			return c, err
		}
		c.Subject = &subject
	}
	if c.AddTags, err = normalTags(c.AddTags); err != nil {
		return c, err
	}
	c.RemoveTags, err = normalTags(c.RemoveTags)
	return c, err
}

// changing decides the events of a change. What is so already makes none.
func changing(t Ticket, c Change) []fact {
	facts := changingTexts(t, c)
	facts = appendMoved(facts, RequesterChanged, t.RequesterID, c.RequesterID)
	facts = appendMoved(facts, TeamChanged, t.TeamID, c.TeamID)
	facts = appendMoved(facts, AssigneeChanged, t.AssigneeID, c.AssigneeID)
	facts = appendMoved(facts, PriorityChanged, t.Priority, c.Priority)
	facts = appendMoved(facts, StatusChanged, t.StatusID, c.StatusID)
	facts = append(facts, changingFields(t.Fields, c.Fields)...)
	return append(facts, changingLists(t, c)...)
}

func changingTexts(t Ticket, c Change) []fact {
	var facts []fact
	if c.Subject != nil && *c.Subject != t.Subject {
		facts = append(facts, fact{SubjectChanged, ChangeData{From: t.Subject, To: *c.Subject}})
	}
	if c.Spam != nil && *c.Spam != t.Spam {
		from, to := strconv.FormatBool(t.Spam), strconv.FormatBool(*c.Spam)
		facts = append(facts, fact{SpamChanged, ChangeData{From: from, To: to}})
	}
	return facts
}

func appendMoved[N ~int | ~int64](facts []fact, kind EventType, from N, to *N) []fact {
	if to == nil || *to == from {
		return facts
	}
	return append(facts, moved(kind, from, *to))
}

// changingLists decides what tags and followers lose and gain. The requester is
// no follower.
func changingLists(t Ticket, c Change) []fact {
	var facts []fact
	added, removed := difference(t.Tags, edited(t.Tags, c.AddTags, c.RemoveTags))
	if len(added)+len(removed) > 0 {
		facts = append(facts, fact{TagsChanged, ListData{Added: added, Removed: removed}})
	}
	requester := t.RequesterID
	if c.RequesterID != nil {
		requester = *c.RequesterID
	}
	wanted := edited(edited(t.Followers, c.AddFollowers, c.RemoveFollowers), nil, []int64{requester})
	joined, left := difference(t.Followers, wanted)
	if len(joined)+len(left) > 0 {
		facts = append(facts, fact{FollowersChanged, ListData{Added: texts(joined), Removed: texts(left)}})
	}
	return facts
}
