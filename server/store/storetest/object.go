package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/hub"
	"okno/server/store"
	"okno/tickets/people"
)

// testSameObject lets two transactions look at the same content at once: the
// second has to see what the first makes of it.
func testSameObject(t *testing.T, s *store.Store) {
	c := mailbox(t, s)
	put(t, s, c.ID, channels.Event{Key: "first", Object: "o"})
	put(t, s, c.ID, channels.Event{Key: "second", Object: "o"})
	ids := claim(t, s.Inbox(), "me", time.Hour)
	looked, found := make(chan struct{}), make(chan error, 1)
	go func() {
		<-looked
		found <- s.InTx(t.Context(), func(ctx context.Context) error {
			_, err := s.EntryByObject(ctx, c.Kind, "o", ids[1])
			return err
		})
	}()
	err := s.InTx(t.Context(), func(ctx context.Context) error {
		if _, err := s.EntryByObject(ctx, c.Kind, "o", ids[0]); !errors.Is(err, people.ErrMissing) {
			t.Errorf("the first found %v", err)
		}
		close(looked)
		select {
		case err := <-found:
			t.Errorf("the second did not wait: %v", err)
			found <- err
		case <-time.After(100 * time.Millisecond):
		}
		return s.SettleEntry(ctx, hub.Entry{ID: ids[0], Outcome: hub.OutcomeOpened, Ticket: 1, MessageID: 1})
	})
	must(t, err)
	if err := <-found; err != nil {
		t.Errorf("the second found %v", err)
	}
}
