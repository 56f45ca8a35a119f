package tickets_test

import (
	"context"
	"sync"
	"testing"

	"okno/tickets"
)

// TestALostRaceMovesNothingTwice loses the race for one of two rows.
func TestALostRaceMovesNothingTwice(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		from := another(t, w, s)
		w.stale = 3
		must(t, errOf(s.Merge(t.Context(), anna(), from.ID, made.ID)))
		if len(w.said(t, made.ID)) != 2 || w.row(t, made.ID).LastSeq != made.LastSeq+1 {
			t.Errorf("row %+v", w.row(t, made.ID))
		}
	})
}

// TestAPageShowsWhatItCounts writes while a ticket is being read: an answer to
// what the page shows must not be held back, one past what it lacks must be.
func TestAPageShowsWhatItCounts(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		w.meanwhile = func() {
			_, err := s.Receive(t.Context(), made.ID, tickets.Incoming{PersonID: 12, Network: "email", Body: "And it smokes"})
			must(t, err)
		}
		c, err := s.Conversation(t.Context(), anna(), made.Number)
		must(t, err)
		if len(c.Messages) != 1 || c.Events[len(c.Events)-1].Seq != c.Ticket.LastSeq {
			t.Errorf("%d messages, %d events of %d", len(c.Messages), len(c.Events), c.Ticket.LastSeq)
		}
		_, err = s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "x", SeenSeq: c.Ticket.LastSeq})
		blocked(t, err, "error.reply.newer")
		if c, err = s.Conversation(t.Context(), anna(), made.Number); err != nil || len(c.Messages) != 2 {
			t.Errorf("then %d messages, %v", len(c.Messages), err)
		}
		_, err = s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "x", SeenSeq: c.Ticket.LastSeq})
		must(t, err)
	})
}

// TestTogetherOrNotAtAll fails at the end of a merge.
func TestTogetherOrNotAtAll(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		from := another(t, w, s)
		err := w.InTx(t.Context(), func(ctx context.Context) error {
			if _, err := s.Merge(ctx, anna(), from.ID, made.ID); err != nil {
				return err
			}
			return errUndone
		})
		if err == nil || len(w.said(t, from.ID)) != 1 || w.row(t, from.ID).MergedInto != 0 {
			t.Errorf("%v, row %+v", err, w.row(t, from.ID))
		}
	})
}

// TestMovingWhileOthersWrite merges and unmerges while people write and replies
// leave: every message ends up in one of the tickets, and the log tells the rows.
func TestMovingWhileOthersWrite(t *testing.T) {
	for name, url := range map[string]string{"memory": "memory", "postgres": cluster.Database(t)} {
		t.Run(name, func(t *testing.T) {
			w, _, made := desk(t, url)
			s := tickets.NewService(w.Store, tickets.Options{})
			from := asked(t, s)
			const writers, each = 3, 15
			var group sync.WaitGroup
			for i := range writers {
				group.Go(func() {
					for range each {
						at(t, i, s, made.ID, from.ID)
					}
				})
			}
			for range each {
				insist(t, func() error { return errOf(s.Merge(t.Context(), anna(), from.ID, made.ID)) })
				insist(t, func() error { return errOf(s.Unmerge(t.Context(), boris(), from.ID)) })
			}
			group.Wait()
			rows := map[int64]tickets.Ticket{made.ID: w.row(t, made.ID), from.ID: w.row(t, from.ID)}
			if n := len(w.said(t, made.ID)) + len(w.said(t, from.ID)); n != 2+writers*each {
				t.Errorf("%d messages of %d", n, 2+writers*each)
			}
			checkLog(t, t, w, rows, w.log(t))
		})
	}
}

// at lets a person or an agent write to one of two tickets that are being merged.
func at(t *testing.T, who int, s *tickets.Service, made, from int64) {
	in := tickets.Incoming{PersonID: 12, Body: "and?"}
	switch who {
	case 0:
		insist(t, func() error { return errOf(s.Receive(t.Context(), from, in)) })
	case 1:
		insist(t, func() error { return errOf(s.Receive(t.Context(), made, in)) })
	default:
		var x tickets.Message
		insist(t, func() (err error) {
			x, err = s.Reply(t.Context(), anna(), made, tickets.NewMessage{Body: "answer"})
			return err
		})
		insist(t, func() error {
			return s.Settle(t.Context(), x.ID, "", tickets.Delivery{State: tickets.DeliverySent})
		})
	}
}

// insist does something again that lost too many races, as whoever asked would.
func insist(t *testing.T, do func() error) {
	err := do()
	for tickets.KindOf(err) == tickets.Conflict {
		err = do()
	}
	if err != nil {
		t.Error(err)
	}
}
