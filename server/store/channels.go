package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"okno/channels"
	"okno/channels/hub"
)

type channelRow struct {
	ID          int64
	Kind        string
	Name        string
	Settings    document[map[string]string]
	Secrets     string
	TeamID      int64 `db:"team_id"`
	Enabled     bool
	Acknowledge bool
	StateOK     bool                    `db:"state_ok"`
	StateReason document[channels.Text] `db:"state_reason"`
	StateDetail string                  `db:"state_detail"`
	StateAt     int64                   `db:"state_at"`
	CreatedAt   int64                   `db:"created_at"`
	Version     int64
}

const channelColumns = `id, kind, name, settings, secrets, team_id, enabled, acknowledge, state_ok, state_reason,
	state_detail, state_at, created_at, version`

func (s *Store) channel(r channelRow) (hub.Channel, error) {
	secrets, err := s.unsealed(r.Secrets)
	if err != nil {
		return hub.Channel{}, fmt.Errorf("read secrets of channel %d: %w", r.ID, err)
	}
	return hub.Channel{
		Connection: channels.Connection{ID: r.ID, Kind: r.Kind, Name: r.Name, Settings: r.Settings.V, Secrets: secrets},
		TeamID:     r.TeamID, Enabled: r.Enabled, Acknowledge: r.Acknowledge,
		State:   channels.State{OK: r.StateOK, Reason: r.StateReason.V, Detail: r.StateDetail},
		StateAt: at(r.StateAt), CreatedAt: at(r.CreatedAt), Version: r.Version}, nil
}

// Channels implements hub.ChannelStore.
func (s *Store) Channels(ctx context.Context) ([]hub.Channel, error) {
	var rows []channelRow
	if err := s.list(ctx, &rows, `SELECT `+channelColumns+` FROM channels ORDER BY name, id`); err != nil {
		return nil, err
	}
	found := make([]hub.Channel, len(rows))
	for i, r := range rows {
		c, err := s.channel(r)
		if err != nil {
			return nil, err
		}
		found[i] = c
	}
	return found, nil
}

// Channel implements hub.ChannelStore.
func (s *Store) Channel(ctx context.Context, id int64) (hub.Channel, error) {
	var r channelRow
	if err := s.get(ctx, &r, `SELECT `+channelColumns+` FROM channels WHERE id = $1`, id); err != nil {
		return hub.Channel{}, err
	}
	return s.channel(r)
}

// InsertChannel implements hub.ChannelStore.
func (s *Store) InsertChannel(ctx context.Context, c hub.Channel) error {
	secrets, err := s.sealed(c.Secrets)
	if err != nil {
		return err
	}
	return orTaken(s.exec(ctx, `INSERT INTO channels (`+channelColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING`,
		c.ID, c.Kind, c.Name, asJSON(c.Settings), secrets, c.TeamID, c.Enabled, c.Acknowledge, c.State.OK,
		asJSON(c.State.Reason), c.State.Detail, ms(c.StateAt), ms(c.CreatedAt), c.Version))
}

// UpdateChannel implements hub.ChannelStore.
func (s *Store) UpdateChannel(ctx context.Context, c hub.Channel) error {
	secrets, err := s.sealed(c.Secrets)
	if err != nil {
		return err
	}
	return orMissing(s.exec(ctx, `UPDATE channels SET kind = $2, name = $3, settings = $4, secrets = $5, team_id = $6,
		enabled = $7, acknowledge = $8, version = version + 1 WHERE id = $1`,
		c.ID, c.Kind, c.Name, asJSON(c.Settings), secrets, c.TeamID, c.Enabled, c.Acknowledge))
}

// SetChannelState implements hub.ChannelStore; a state that is as before writes
// nothing.
func (s *Store) SetChannelState(ctx context.Context, id int64, st channels.State) error {
	was, err := s.Channel(ctx, id)
	if err != nil || (sameState(was.State, st) && !was.StateAt.IsZero()) {
		return err
	}
	return orMissing(s.exec(ctx, `UPDATE channels SET state_ok = $2, state_reason = $3, state_detail = $4, state_at = $5
		WHERE id = $1`, id, st.OK, asJSON(st.Reason), st.Detail, ms(s.Now(ctx))))
}

func sameState(a, b channels.State) bool {
	left, _ := json.Marshal(a) // texts always marshal
	right, _ := json.Marshal(b)
	return string(left) == string(right)
}

// sealed is the secrets as the database keeps them; "" for none.
func (s *Store) sealed(secrets map[string]string) (string, error) {
	if len(secrets) == 0 {
		return "", nil
	}
	if s.sealer == nil {
		return "", errors.New("seal secrets: store was opened without a sealer")
	}
	plain, err := json.Marshal(secrets)
	if err != nil {
		return "", fmt.Errorf("seal secrets: %w", err)
	}
	text, err := s.sealer.Seal(plain)
	if err != nil {
		return "", fmt.Errorf("seal secrets: %w", err)
	}
	return text, nil
}

func (s *Store) unsealed(text string) (map[string]string, error) {
	secrets := map[string]string{}
	if text == "" {
		return secrets, nil
	}
	if s.sealer == nil {
		return nil, errors.New("store was opened without a sealer")
	}
	plain, err := s.sealer.Open(text)
	if err != nil {
		return nil, err
	}
	return secrets, json.Unmarshal(plain, &secrets)
}
