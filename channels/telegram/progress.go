package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"okno/channels"
)

// A message may leave as several, and Telegram cannot tell that one came before.
// So each part is written down, in memory and with the row of the outbox, before
// the next one leaves: a second try goes on behind the last, and a crash repeats
// one part at most.

// progress is how far a message has left.
type progress struct {
	Parts [][]string `json:"parts,omitempty"` // network ids of the messages each part became
	Doubt int        `json:"doubt,omitempty"` // times the next part was handed over and no answer came
}

// receipt names all messages that left.
func (p progress) receipt() channels.Receipt {
	ids := slices.Concat(p.Parts...)
	if len(ids) == 0 {
		return channels.Receipt{}
	}
	return channels.Receipt{ID: ids[0], More: ids[1:]}
}

// remembered is how many messages trail keeps.
const remembered = 1000

// trail is the progress of the latest messages, those that have left included:
// a row whose success could not be stored is sent again.
type trail struct {
	mu    sync.Mutex
	known map[string]progress
	order []string
}

func newTrail() *trail { return &trail{known: map[string]progress{}} }

// of answers the progress of a message, from an earlier process if need be.
func (t *trail) of(out channels.Outbound) progress {
	t.mu.Lock()
	defer t.mu.Unlock()
	p, ok := t.known[out.Key]
	if !ok && out.Progress != "" {
		_ = json.Unmarshal([]byte(out.Progress), &p) // what cannot be read is none
	}
	p.Parts = slices.Clone(p.Parts)
	return p
}

func (t *trail) keep(key string, p progress) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.known[key]; !ok {
		t.order = append(t.order, key)
	}
	t.known[key] = p
	if len(t.order) > remembered {
		delete(t.known, t.order[0])
		t.order = t.order[1:]
	}
}

// note writes the progress of a message down, even while the desk is stopping.
// of is the number of its parts: the last one needs no row of its own, because
// the receipt is stored next.
func (a *adapter) note(ctx context.Context, key string, p progress, of int) error {
	a.trail.keep(key, p)
	if a.deps.Progress == nil || len(p.Parts) == of && p.Doubt == 0 {
		return nil
	}
	text, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("write progress: %w", err)
	}
	if err := a.deps.Progress(context.WithoutCancel(ctx), key, string(text)); err != nil {
		return fmt.Errorf("keep progress: %w", err)
	}
	return nil
}
