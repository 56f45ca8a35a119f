package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"time"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
)

type entryRow struct {
	ID         int64
	ChannelID  int64 `db:"channel_id"`
	Key        string
	Object     string
	Lane       string
	Raw        []byte
	Blob       string
	Hint       string
	ReceivedAt int64 `db:"received_at"`
	StoredAt   int64 `db:"stored_at"`
	SettledAt  int64 `db:"settled_at"`
	Outcome    string
	Why        document[channels.Text]
	Detail     string
	Sender     string
	Subject    string
	Ticket     int64
	MessageID  int64 `db:"message_id"`
	Attempts   int
}

const entryColumns = `id, channel_id, key, object, lane, raw, blob, hint, received_at, stored_at, settled_at, outcome, why,
	detail, sender, subject, ticket, message_id, attempts`

func (r entryRow) entry() hub.Entry {
	return hub.Entry{ID: r.ID, ChannelID: r.ChannelID, Event: channels.Event{Key: r.Key, Object: r.Object, Lane: r.Lane,
		Raw: r.Raw, Blob: r.Blob, Hint: r.Hint, ReceivedAt: at(r.ReceivedAt)}, Outcome: hub.Outcome(r.Outcome), Why: r.Why.V,
		Detail: r.Detail, From: r.Sender, Subject: r.Subject, Ticket: r.Ticket, MessageID: r.MessageID,
		Attempts: r.Attempts, StoredAt: at(r.StoredAt), SettledAt: at(r.SettledAt)}
}

// PutEvent implements hub.JournalStore.
func (s *Store) PutEvent(ctx context.Context, channel int64, e channels.Event) (fresh bool, err error) {
	err = s.InTx(ctx, func(ctx context.Context) error {
		fresh, err = s.insertEntry(ctx, channel, e)
		if err != nil {
			return err
		}
		if fresh {
			if err := s.AddCounts(ctx, map[string]int{"ledger:pending": 1}); err != nil {
				return err
			}
		}
		return s.moveCursor(ctx, channel, e.Cursor)
	})
	return fresh, err
}

// laneID is an id above all that wait in a lane ($5): lanes go by ids, and the
// clock of another process may be ahead of the one that made $1.
const laneID = `SELECT CASE WHEN COALESCE(MAX(id), 0) < $1 THEN $1 ELSE MAX(id) + $12 END FROM inbox
	WHERE lane = $5 AND lane <> '' AND outcome = 'pending'`

func (s *Store) insertEntry(ctx context.Context, channel int64, e channels.Event) (bool, error) {
	now := s.Now(ctx)
	received := e.ReceivedAt
	if received.IsZero() {
		received = now
	}
	n, err := s.exec(ctx, `INSERT INTO inbox (id, channel_id, network, key, object, lane, raw, blob, hint, received_at,
		stored_at, settled_at, outcome, why, detail, sender, sender_address, subject, words, ticket, message_id, run_at,
		attempts, owner) VALUES ((`+laneID+`), $2,
		COALESCE((SELECT kind FROM channels WHERE id = $2), ''), $3, $4, $5, $6, $7, $8,
		$9, $10, 0, 'pending', '{"key":""}', '', '', '', '', $11, 0, 0, $10, 0, '') ON CONFLICT (channel_id, key) DO NOTHING`,
		s.NewID(), channel, key(e.Key), key(e.Object), key(e.Lane), bytesOf(e.Raw), e.Blob, e.Hint, ms(received), ms(now),
		strings.ToLower(e.Key+" "+e.Hint), 1+rand.Int64N(1<<10))
	return n > 0, err
}

func (s *Store) moveCursor(ctx context.Context, channel int64, c channels.Cursor) error {
	if c == (channels.Cursor{}) {
		return nil
	}
	_, err := s.execQuietly(ctx, `INSERT INTO cursors (channel_id, name, value) VALUES ($1, $2, $3)
		ON CONFLICT (channel_id, name) DO UPDATE SET value = excluded.value`, channel, key(c.Name), c.Value)
	return err
}

// Cursor implements hub.JournalStore.
func (s *Store) Cursor(ctx context.Context, channel int64, name string) (string, error) {
	var value string
	err := s.get(ctx, &value, `SELECT value FROM cursors WHERE channel_id = $1 AND name = $2`, channel, key(name))
	if errors.Is(err, people.ErrMissing) {
		return "", nil
	}
	return value, err
}

// Entry implements hub.JournalStore.
func (s *Store) Entry(ctx context.Context, id int64) (hub.Entry, error) {
	var r entryRow
	err := s.get(ctx, &r, `SELECT `+entryColumns+` FROM inbox WHERE id = $1`, id)
	return r.entry(), err
}

// SettleEntry implements hub.JournalStore. An entry that is no longer pending,
// because another process settled it, is tickets.ErrStale.
func (s *Store) SettleEntry(ctx context.Context, e hub.Entry) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		n, err := s.exec(ctx, `UPDATE inbox SET outcome = $2, why = $3, detail = $4, sender = $5, sender_address = $6,
			subject = $7, words = $8, ticket = $9, message_id = $10, settled_at = $11, owner = ''
			WHERE id = $1 AND outcome = 'pending'`, e.ID, string(e.Outcome), asJSON(e.Why), e.Detail, e.From,
			key(strings.ToLower(e.From)), e.Subject, strings.ToLower(strings.Join([]string{e.Event.Key, e.Event.Hint, e.From, e.Subject}, " ")),
			e.Ticket, e.MessageID, ms(s.Now(ctx)))
		if err != nil {
			return err
		}
		if n == 0 {
			return tickets.ErrStale
		}
		return s.AddCounts(ctx, map[string]int{"ledger:pending": -1, "ledger:" + string(e.Outcome): 1})
	})
}

// EntryByObject implements hub.JournalStore.
func (s *Store) EntryByObject(ctx context.Context, kind, object string, except int64) (hub.Entry, error) {
	if object == "" {
		return hub.Entry{}, people.ErrMissing
	}
	if t := s.tx(ctx); t != nil {
		// Of two transactions with the same content the second has to see what
		// the first made of it.
		if err := s.engine.alone(ctx, t.on, "object "+kind+" "+key(object)); err != nil {
			return hub.Entry{}, fault(err)
		}
	}
	var r entryRow
	err := s.get(ctx, &r, `SELECT `+entryColumns+` FROM inbox WHERE network = $1 AND object = $2 AND object <> ''
		AND id <> $3 AND outcome NOT IN ('pending', 'aside', 'seen') ORDER BY id LIMIT 1`, kind, key(object), except)
	return r.entry(), err
}

// CountSince implements hub.OutboxStore.
func (s *Store) CountSince(ctx context.Context, network, address string, since time.Time) (int, error) {
	var n int
	err := s.get(ctx, &n, `SELECT COUNT(*) FROM inbox WHERE network = $1 AND sender_address = $2 AND stored_at >= $3`,
		network, key(strings.ToLower(address)), ms(since))
	return n, err
}
