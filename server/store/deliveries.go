package store

import (
	"context"
	"time"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
)

// PutDelivery implements hub.OutboxStore.
func (s *Store) PutDelivery(ctx context.Context, d hub.Delivery) error {
	_, err := s.exec(ctx, `INSERT INTO outbox (id, key, channel_id, lane, ticket_id, message_id, outbound, notice, network,
		address, state, run_at, attempts, owner, receipt, why, detail, progress, created_at, settled_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'queued', $11, $12, '', '', '{"key":""}', '', '', $13, 0)
		ON CONFLICT (key) DO NOTHING`, d.ID, key(d.Key), d.ChannelID, key(d.Lane), d.TicketID, d.MessageID, asJSON(d.Out),
		d.Out.Notice && !d.Asked, d.Out.To.Network, key(d.Out.To.ID), ms(d.RunAt), d.Attempts, ms(s.Now(ctx)))
	return err
}

// Delivery implements hub.OutboxStore.
func (s *Store) Delivery(ctx context.Context, id int64) (hub.Delivery, error) {
	var r struct {
		ID        int64
		Key       string
		ChannelID int64 `db:"channel_id"`
		Lane      string
		TicketID  int64 `db:"ticket_id"`
		MessageID int64 `db:"message_id"`
		Outbound  document[channels.Outbound]
		RunAt     int64 `db:"run_at"`
		Attempts  int
		Progress  string
	}
	err := s.get(ctx, &r, `SELECT id, key, channel_id, lane, ticket_id, message_id, outbound, run_at, attempts, progress
		FROM outbox WHERE id = $1`, id)
	r.Outbound.V.Progress = r.Progress
	return hub.Delivery{ID: r.ID, Key: r.Key, ChannelID: r.ChannelID, Lane: r.Lane, TicketID: r.TicketID,
		MessageID: r.MessageID, Out: r.Outbound.V, RunAt: at(r.RunAt), Attempts: r.Attempts}, err
}

// WaitingDelivery implements hub.WaitingStore.
func (s *Store) WaitingDelivery(ctx context.Context, lane string) (hub.Delivery, error) {
	var r struct {
		ID    int64
		State string
		Owner string
	}
	err := s.get(ctx, &r, `SELECT id, state, owner FROM outbox WHERE lane = $1 AND state IN ('queued', 'sending')
		ORDER BY id DESC LIMIT 1`, key(lane))
	switch {
	case err != nil:
		return hub.Delivery{}, err
	case r.State != "queued" || r.Owner != "":
		return hub.Delivery{}, people.ErrMissing
	}
	return s.Delivery(ctx, r.ID)
}

// Reword implements hub.WaitingStore.
func (s *Store) Reword(ctx context.Context, id int64, out channels.Outbound) (bool, error) {
	n, err := s.exec(ctx, `UPDATE outbox SET outbound = $2 WHERE id = $1 AND state = 'queued' AND owner = ''`, id, asJSON(out))
	return n > 0, err
}

// PutProgress implements hub.OutboxStore.
func (s *Store) PutProgress(ctx context.Context, of, progress string) error {
	_, err := s.exec(ctx, `UPDATE outbox SET progress = $2 WHERE key = $1`, key(of), progress)
	return err
}

// SettleDelivery implements hub.OutboxStore. A delivery that ended already,
// because another process took it over, is tickets.ErrStale.
func (s *Store) SettleDelivery(ctx context.Context, id int64, receipt channels.Receipt, failed bool, why channels.Text, detail string) error {
	state := "sent"
	if failed {
		state = "failed"
	}
	n, err := s.exec(ctx, `UPDATE outbox SET state = $2, receipt = $3, why = $4, detail = $5, settled_at = $6, owner = ''
		WHERE id = $1 AND state IN ('queued', 'sending')`, id, state, receipt.ID, asJSON(why), detail, ms(s.Now(ctx)))
	if err == nil && n == 0 {
		return tickets.ErrStale
	}
	return err
}

// CountNotices implements hub.OutboxStore.
func (s *Store) CountNotices(ctx context.Context, network, address string, since time.Time) (int, error) {
	var n int
	err := s.get(ctx, &n, `SELECT COUNT(*) FROM outbox WHERE notice AND network = $1 AND address = $2 AND created_at >= $3`,
		network, key(address), ms(since))
	return n, err
}

// CancelOutgoing implements tickets.OutgoingStore. A delivery that was tried
// counts as being sent: its network may have taken it.
func (s *Store) CancelOutgoing(ctx context.Context, message int64) (cancelled bool, err error) {
	err = s.InTx(ctx, func(ctx context.Context) error {
		if err := s.Outbox().alone(ctx); err != nil {
			return err
		}
		var leaving int
		err := s.get(ctx, &leaving, `SELECT COUNT(*) FROM outbox WHERE message_id = $1
			AND (state IN ('sending', 'sent') OR (state = 'queued' AND attempts > 0))`, message)
		if err != nil || leaving > 0 {
			return err
		}
		_, err = s.exec(ctx, `UPDATE outbox SET state = 'cancelled', settled_at = $2 WHERE message_id = $1 AND state = 'queued'`,
			message, ms(s.Now(ctx)))
		cancelled = err == nil
		return err
	})
	return cancelled, err
}

// RequeueOutgoing implements tickets.OutgoingStore.
func (s *Store) RequeueOutgoing(ctx context.Context, message int64) (int, error) {
	n, err := s.exec(ctx, `UPDATE outbox SET state = 'queued', run_at = $2, attempts = 0, why = '{"key":""}', detail = '',
		settled_at = 0 WHERE message_id = $1 AND state = 'failed'`, message, ms(s.Now(ctx)))
	return int(n), err
}
