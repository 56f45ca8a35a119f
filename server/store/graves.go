package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"okno/tickets/people"
)

// The tickets to remove for good, and those to go with them.
const (
	deletedBefore = `SELECT id FROM tickets WHERE deleted_at > 0 AND deleted_at <= $1 ORDER BY deleted_at, id LIMIT $2`
	mergedInto    = `SELECT id FROM tickets WHERE merged_into = $1 AND merged_into > 0 ORDER BY id`
)

// DeletedBefore implements tickets.GraveStore.
func (s *Store) DeletedBefore(ctx context.Context, before time.Time, limit int) ([]int64, error) {
	var ids []int64
	err := s.list(ctx, &ids, deletedBefore, ms(before), limit)
	return ids, err
}

// MergedTickets implements tickets.GraveStore.
func (s *Store) MergedTickets(ctx context.Context, into int64) ([]int64, error) {
	var ids []int64
	err := s.list(ctx, &ids, mergedInto, into)
	return ids, err
}

// Buried implements tickets.GraveStore.
func (s *Store) Buried(ctx context.Context, network, ref string) (bool, error) {
	var one int
	err := s.get(ctx, &one, `SELECT 1 FROM tombstones WHERE network = $1 AND hash = $2`, network, graveOf(key(ref)))
	if errors.Is(err, people.ErrMissing) {
		return false, nil
	}
	return err == nil, err
}

// graveOf is what a tombstone keeps of a network id.
func graveOf(ref string) string {
	sum := sha256.Sum256([]byte(ref))
	return hex.EncodeToString(sum[:])
}

// known is a network id of a message, or the content key it came under.
type known struct{ Network, Ref string }

// BuryTicket implements tickets.GraveStore.
func (s *Store) BuryTicket(ctx context.Context, ticket int64) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		if err := s.buryRefs(ctx, ticket); err != nil {
			return err
		}
		for _, query := range burials() {
			if _, err := s.exec(ctx, query, ticket); err != nil {
				return err
			}
		}
		// Another process may have restored or buried it meanwhile.
		return orMissing(s.exec(ctx, `DELETE FROM tickets WHERE id = $1 AND gone`, ticket))
	})
}

// burials remove everything that names a ticket or its messages, what names a row
// before the row.
func burials() []string {
	return []string{
		`DELETE FROM outbox WHERE message_id IN (SELECT id FROM messages WHERE ticket_id = $1)`,
		`DELETE FROM outbox WHERE message_id = 0 AND ticket_id = $1`,
		`DELETE FROM once WHERE message_id IN (SELECT id FROM messages WHERE ticket_id = $1)`,
		`DELETE FROM refs WHERE message_id IN (SELECT id FROM messages WHERE ticket_id = $1)`,
		`DELETE FROM notice_refs WHERE ticket_id = $1`,
		`DELETE FROM message_versions WHERE message_id IN (SELECT id FROM messages WHERE ticket_id = $1)`,
		`DELETE FROM mentions WHERE ticket_id = $1`,
		`DELETE FROM messages WHERE ticket_id = $1`,
		`DELETE FROM drafts WHERE ticket_id = $1`,
		`DELETE FROM read_marks WHERE ticket_id = $1`,
		`DELETE FROM ticket_tags WHERE ticket_id = $1`,
		`DELETE FROM ticket_answers WHERE ticket_id = $1`,
		`DELETE FROM ratings WHERE ticket_id = $1`,
		`DELETE FROM ticket_followers WHERE ticket_id = $1`,
		`DELETE FROM approvals WHERE ticket_id = $1`,
		`DELETE FROM approval_chains WHERE ticket_id = $1`,
		`DELETE FROM ticket_links WHERE ticket_id = $1`,
		`DELETE FROM ticket_links WHERE other_id = $1`,
		`UPDATE events SET data = '{}' WHERE ticket_id = $1`,
	}
}

// buryRefs leaves a tombstone for everything a ticket's messages are known by and
// takes the messages out of the journal.
func (s *Store) buryRefs(ctx context.Context, ticket int64) error {
	var refs []known
	err := s.list(ctx, &refs, `SELECT r.network, r.ref FROM messages m JOIN refs r ON r.message_id = m.id WHERE m.ticket_id = $1
		UNION SELECT i.network, i.object AS ref FROM messages m JOIN inbox i ON i.message_id = m.id AND i.message_id <> 0
		WHERE m.ticket_id = $1 AND i.object <> ''`, ticket)
	if err != nil {
		return err
	}
	for _, r := range refs {
		_, err := s.exec(ctx, `INSERT INTO tombstones (network, hash, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			r.Network, graveOf(r.Ref), ms(s.Now(ctx)))
		if err != nil {
			return err
		}
		if _, err := s.exec(ctx, emptiedObject, r.Network, r.Ref); err != nil {
			return err
		}
	}
	_, err = s.exec(ctx, emptiedTicket, ticket)
	return err
}

// emptied leaves of journal entries that were settled only the keys by which a
// redelivery is known.
const emptied = `UPDATE inbox SET raw = '', blob = '', hint = '', why = '{"key":"hub.why.purged"}', detail = '', sender = '',
	sender_address = '', subject = '', words = '', ticket = 0 WHERE outcome NOT IN ('pending', 'aside') AND `

// The entries to empty: those of one content, and those that made messages of a
// ticket.
const (
	emptiedObject = emptied + `network = $1 AND object = $2 AND object <> ''`
	emptiedTicket = emptied + `message_id IN (SELECT id FROM messages WHERE ticket_id = $1) AND message_id <> 0`
)
