package server

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"okno/channels/hub"
	"okno/server/jobs"
	"okno/tickets"
)

// jobExpireLink removes the file with the set-up link once the link is of no
// use any more.
const jobExpireLink = "link:setup"

// linkLasts is as long as people.LinkSetup works.
const linkLasts = 30 * time.Minute

// timers are the handlers of durable jobs by kind.
func (s *Server) timers() map[string]jobs.Handler {
	return map[string]jobs.Handler{
		jobExpireLink: s.expireLink, tickets.TimerPurge: s.purge,
		tickets.TimerRemind: ofTicket(s.Tickets.RemindApproval), tickets.TimerLate: ofTicket(s.Tickets.LateApproval),
		hub.DialogDue: func(ctx context.Context, c jobs.Claimed) error { return s.Hub.Wake(ctx, c.Key) },
	}
}

// timer answers the handler of due jobs. A kind nobody knows belongs to another
// version: it waits until that version runs.
func (s *Server) timer() jobs.Handler {
	kinds := s.timers()
	return jobs.Finishing(s.Store, s.owner, func(ctx context.Context, c jobs.Claimed) error {
		handle, ok := kinds[c.Kind]
		if !ok {
			return fmt.Errorf("job %d: no handler for kind %q", c.ID, c.Kind)
		}
		return handle(ctx, c)
	})
}

// ofTicket is the handler of a timer of one ticket, whose id is its key.
func ofTicket(do func(ctx context.Context, ticket int64) error) jobs.Handler {
	return func(ctx context.Context, c jobs.Claimed) error {
		ticket, err := strconv.ParseInt(c.Key, 10, 64)
		if err != nil {
			return fmt.Errorf("read key of job: %w", err)
		}
		return do(ctx, ticket)
	}
}

// purge removes all tickets whose time has come, whichever of them the job is of.
func (s *Server) purge(ctx context.Context, _ jobs.Claimed) error {
	_, err := s.Tickets.Purge(ctx)
	return err
}

func (s *Server) expireLink(context.Context, jobs.Claimed) error { return s.removeSetupLink() }
