package server

import (
	"context"
	"fmt"
	"time"

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
	return map[string]jobs.Handler{jobExpireLink: s.expireLink, tickets.TimerPurge: s.purge}
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

// purge removes all tickets whose time has come, whichever of them the job is of.
func (s *Server) purge(ctx context.Context, _ jobs.Claimed) error {
	_, err := s.Tickets.Purge(ctx)
	return err
}

func (s *Server) expireLink(context.Context, jobs.Claimed) error { return s.removeSetupLink() }
