package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"okno/tickets"
)

// errDiffers says that a row is not what its events say.
var errDiffers = errors.New("the row is not what its events say")

// names are what stands for ids: they differ from one database to the next.
type names struct {
	from       tickets.Store
	categories map[int64]tickets.Category
	begun      time.Time // the first ticket

	mu    sync.Mutex
	names map[int64]string
}

func newNames(ctx context.Context, from tickets.Store) (*names, error) {
	n := &names{from: from, categories: map[int64]tickets.Category{}, names: map[int64]string{0: "nobody"}}
	first, err := from.TicketByNumber(ctx, 1)
	if err != nil {
		return nil, fmt.Errorf("read the first ticket: %w", err)
	}
	n.begun = first.CreatedAt
	list, err := from.Statuses(ctx)
	if err != nil {
		return nil, fmt.Errorf("load statuses: %w", err)
	}
	for _, s := range list {
		n.categories[s.ID] = s.Category
	}
	return n, n.house(ctx)
}

// house names the agents and teams.
func (n *names) house(ctx context.Context) error {
	agents, err := n.from.Agents(ctx)
	if err != nil {
		return fmt.Errorf("load agents: %w", err)
	}
	teams, err := n.from.Teams(ctx)
	if err != nil {
		return fmt.Errorf("load teams: %w", err)
	}
	for _, a := range agents {
		n.names[a.ID] = "agent " + a.Email
	}
	for _, t := range teams {
		n.names[t.ID] = "team " + t.Name
	}
	return nil
}

// person names somebody by their first address.
func (n *names) person(ctx context.Context, id int64) (string, error) {
	n.mu.Lock()
	name, known := n.names[id]
	n.mu.Unlock()
	if known {
		return name, nil
	}
	list, err := n.from.Identities(ctx, id)
	if err != nil || len(list) == 0 {
		return "", errors.Join(err, fmt.Errorf("person %d has %d addresses", id, len(list)))
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.names[id] = "person " + list[0].Address
	return n.names[id], nil
}

// of answers what an id stands for, "" for a channel.
func (n *names) of(id int64) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.names[id]
}

// after is a time as it is hashed.
func (n *names) after(t time.Time) int64 {
	if t.IsZero() {
		return -1
	}
	return t.Sub(n.begun).Milliseconds()
}

// replay says whether all events of a ticket give its row.
func (n *names) replay(t tickets.Ticket, messages []tickets.Message, events []tickets.Event) error {
	k := tickets.Known{Categories: n.categories, Messages: map[int64]tickets.Message{}}
	for _, m := range messages {
		k.Messages[m.ID] = m
	}
	told, err := tickets.Replay(events, k)
	if err != nil {
		return err
	}
	want, err := json.Marshal(told)
	if err != nil {
		return err
	}
	got, err := json.Marshal(t)
	if err != nil {
		return err
	}
	if !bytes.Equal(want, got) {
		return fmt.Errorf("%w: %s, not %s", errDiffers, got, want)
	}
	return nil
}
