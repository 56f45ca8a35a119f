package server

import (
	"context"

	"okno/channels/hub"
	"okno/server/feed"
	"okno/server/jobs"
	"okno/server/store"
)

// workers are what goes on behind the edge: the queues and the followers of
// the event log.
func (s *Server) workers() []part {
	inbox := s.queue("inbox", s.Store.Inbox(), jobs.Inbox, func(ctx context.Context, c jobs.Claimed) error {
		return s.Hub.Process(ctx, c.ID)
	})
	outbox := s.queue("outbox", s.Store.Outbox(), deliveries, func(ctx context.Context, c jobs.Claimed) error {
		return s.Hub.Deliver(ctx, c.ID)
	})
	timers := s.queue("jobs", s.Store.Jobs(), jobs.Deliveries, s.timer())
	return []part{
		{"process the inbox", inbox.Run},
		{"deliver the outbox", outbox.Run},
		{"run timers", timers.Run},
		{"follow the log", s.followers().Run},
	}
}

func (s *Server) queue(name string, q *store.Queue, p jobs.Policy, h jobs.Handler) *jobs.Runner {
	return jobs.New(jobs.Options{
		Name: name, Owner: s.owner, Queue: q, Handle: h, Policy: p, Now: s.now, Logger: s.logger,
		Grace: drainWithin, Committed: q.Committed,
	})
}

// deliveries lets the hub say when to try again, since it knows what the
// network answered; the queue's own policy is for the desk's own errors.
func deliveries(err error, tries int) jobs.Decision {
	if after, counted, ok := hub.RetryAfter(err); ok {
		return jobs.Decision{After: after, Counted: counted}
	}
	return jobs.Deliveries(err, tries)
}

// FollowerNotify is the follower of the event log that tells people what
// happened.
const FollowerNotify = "notify"

// followers read the event log, each from its own stored place.
func (s *Server) followers() *feed.Runner {
	return feed.New(feed.Options{
		Store: s.Store, Owner: s.owner, Logger: s.logger,
		Followers: []feed.Follower{{Name: FollowerNotify, Handle: s.Hub.Notify}},
	})
}
