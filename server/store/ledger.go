package store

import (
	"context"
	"fmt"
	"math"
	"strings"

	"okno/channels/hub"
	"okno/tickets"
)

// Entries implements hub.LedgerStore. The raw bytes of events are left out.
func (s *Store) Entries(ctx context.Context, q hub.LedgerQuery) (hub.LedgerPage, error) {
	from, err := placeIn(q.After, "ledger", place{ID: math.MaxInt64})
	if err != nil {
		return hub.LedgerPage{}, err
	}
	limit := min(max(q.Limit, 1), 200)
	where, args := ledgerWhere(q, from.ID)
	var rows []entryRow
	err = s.listIn(ctx, &rows, `SELECT `+strings.Replace(entryColumns, "raw,", "'' AS raw,", 1)+` FROM inbox WHERE `+where+`
		ORDER BY id DESC LIMIT ?`, append(args, limit+1)...)
	if err != nil {
		return hub.LedgerPage{}, err
	}
	var page hub.LedgerPage
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = place{List: "ledger", ID: rows[limit-1].ID}.cursor()
	}
	page.Entries = make([]hub.Entry, len(rows))
	for i, r := range rows {
		page.Entries[i] = r.entry()
	}
	return page, nil
}

func ledgerWhere(q hub.LedgerQuery, before int64) (where string, args []any) {
	parts, args := []string{"id < ?"}, []any{before}
	if q.ChannelID != 0 {
		parts, args = append(parts, "channel_id = ?"), append(args, q.ChannelID)
	}
	if len(q.Outcomes) > 0 {
		names := make([]string, len(q.Outcomes))
		for i, o := range q.Outcomes {
			names[i] = string(o)
		}
		parts, args = append(parts, "outcome IN (?)"), append(args, names)
	}
	if words := strings.TrimSpace(q.Words); words != "" {
		literal := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(words))
		parts, args = append(parts, `words LIKE ? ESCAPE '\'`), append(args, "%"+literal+"%")
	}
	return strings.Join(parts, " AND "), args
}

// LedgerCounts implements hub.LedgerStore.
func (s *Store) LedgerCounts(ctx context.Context) (map[hub.Outcome]int, error) {
	outcomes := []hub.Outcome{hub.OutcomePending, hub.OutcomeOpened, hub.OutcomeAdded, hub.OutcomeSeen, hub.OutcomeKept, hub.OutcomeAside, hub.OutcomeDone}
	keys := make([]string, len(outcomes))
	for i, o := range outcomes {
		keys[i] = "ledger:" + string(o)
	}
	counts, err := s.Counts(ctx, keys)
	found := map[hub.Outcome]int{}
	for i, o := range outcomes {
		found[o] = counts[keys[i]]
	}
	return found, err
}

// Redo implements hub.LedgerStore; a pending entry stays as it is.
func (s *Store) Redo(ctx context.Context, id int64) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		e, err := s.Entry(ctx, id)
		switch {
		case err != nil:
			return err
		case e.MessageID != 0:
			return hub.ErrDone
		case e.Outcome == hub.OutcomePending:
			return nil
		}
		n, err := s.exec(ctx, `UPDATE inbox SET outcome = 'pending', why = '{"key":""}', detail = '', settled_at = 0,
			attempts = 0, owner = '', run_at = $2 WHERE id = $1 AND outcome = $3`, id, ms(s.Now(ctx)), string(e.Outcome))
		if err != nil {
			return fmt.Errorf("redo entry: %w", err)
		}
		if n == 0 {
			return tickets.ErrStale
		}
		return s.AddCounts(ctx, map[string]int{"ledger:pending": 1, "ledger:" + string(e.Outcome): -1})
	})
}
