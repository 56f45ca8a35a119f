package store

import (
	"context"
	"errors"

	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
)

// Dialog implements hub.DialogStore.
func (s *Store) Dialog(ctx context.Context, channel int64, place string) (hub.Dialog, error) {
	d := hub.Dialog{ChannelID: channel, Place: place}
	var state document[hub.DialogState]
	err := s.get(ctx, &state, `SELECT state FROM dialogs WHERE channel_id = $1 AND place = $2`, channel, key(place))
	if errors.Is(err, people.ErrMissing) {
		return d, nil
	}
	d.State = state.V
	return d, err
}

// PutDialog implements hub.DialogStore.
func (s *Store) PutDialog(ctx context.Context, d hub.Dialog) error {
	_, err := s.exec(ctx, `INSERT INTO dialogs (channel_id, place, state, updated_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (channel_id, place) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at`,
		d.ChannelID, key(d.Place), asJSON(d.State), ms(s.Now(ctx)))
	return err
}

// ChatTickets implements hub.DialogStore.
func (s *Store) ChatTickets(ctx context.Context, person, channel int64, place string, limit int) ([]tickets.Ticket, error) {
	var rows []ticketRow
	err := s.list(ctx, &rows, `SELECT `+ticketColumns+` FROM tickets t WHERE t.requester_id = $1 AND t.channel_id = $2
		AND t.place IN ('', $3) AND t.deleted_at = 0 ORDER BY t.id DESC LIMIT $4`, person, channel, place, limit)
	found := make([]tickets.Ticket, len(rows))
	for i, r := range rows {
		found[i] = r.ticket()
	}
	return found, err
}

// Await implements hub.AwaitStore.
func (s *Store) Await(ctx context.Context, network, ref string, entry int64) error {
	_, err := s.exec(ctx, `INSERT INTO awaited (network, ref, entry_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		network, key(ref), entry)
	return err
}

// TakeAwaited implements hub.AwaitStore.
func (s *Store) TakeAwaited(ctx context.Context, network, ref string) (entries []int64, err error) {
	err = s.InTx(ctx, func(ctx context.Context) error {
		err := s.list(ctx, &entries, `SELECT entry_id FROM awaited WHERE network = $1 AND ref = $2 ORDER BY entry_id`,
			network, key(ref))
		if err != nil || len(entries) == 0 {
			return err
		}
		_, err = s.exec(ctx, `DELETE FROM awaited WHERE network = $1 AND ref = $2`, network, key(ref))
		return err
	})
	return entries, err
}
