package store

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"okno/tickets"
)

// How many rows of its index one page may look at: at once, and in all.
const (
	mostAtOnce = 1000
	mostLooked = 10_000
)

// browsing is how a list for programs is read: one filter leads through an index
// that has the order already; the others look at each row that index brings and
// are no condition of the query, or the database might prefer their index and
// sort.
type browsing struct {
	listing
	args []any  // of where
	rest string // "" when nothing is left to look at
	more []any  // of rest
}

// filter is a condition with its argument.
type filter struct {
	leads string // the condition as an index has it, "" when none does
	looks string
	arg   any
}

// browse chooses the leading filter. Of several the first leads, so they stand
// from the rarest to the most common.
func browse(q tickets.Browse) browsing {
	b := browsing{listing: ordered(q.Sort)}
	for _, f := range filters(q) {
		if f.leads != "" && b.args == nil {
			b.lead(q, f)
			continue
		}
		b.rest += " AND " + f.looks
		b.more = append(b.more, f.arg)
	}
	b.rest = strings.TrimPrefix(b.rest, " AND ")
	return b
}

func ordered(s tickets.Sort) listing {
	l := listing{from: "tickets t", where: "TRUE", sort: "t.id", id: "t.id"}
	switch s {
	case tickets.SortNewest:
		l.latest = true
	case tickets.SortLatest:
		l.sort, l.latest = "t.updated_at", true
	case tickets.SortStalest:
		l.sort = "t.updated_at"
	case tickets.SortAttention:
		l.sort, l.where = "t.attention", "t.listed"
	}
	return l
}

// lead gives the list its condition; that of a tag its table too.
func (b *browsing) lead(q tickets.Browse, f filter) {
	b.args = []any{f.arg}
	b.where += " AND " + f.leads
	if q.Tag != "" && f.arg == q.Tag {
		b.from, b.sort, b.id = "ticket_tags g CROSS JOIN tickets t", "g.ticket_id", "g.ticket_id"
	}
}

// filters are the conditions of a query.
func filters(q tickets.Browse) []filter {
	aged := q.Sort == tickets.SortNewest || q.Sort == tickets.SortOldest
	out := byPerson(q, aged)
	out = append(out, byPlace(q, aged)...)
	if len(q.StatusIDs) == 1 {
		out = append(out, leading(aged, "t.status_id = ?", "", q.StatusIDs[0]))
	}
	if len(q.StatusIDs) > 1 {
		out = append(out, filter{looks: "t.status_id IN (?)", arg: q.StatusIDs})
	}
	if q.Sort != tickets.SortAttention {
		out = append(out, filter{looks: "(NOT t.gone AND t.spam = ?)", arg: q.Spam})
	}
	return out
}

func byPerson(q tickets.Browse, aged bool) (out []filter) {
	if q.RequesterID != nil {
		out = append(out, leading(aged, "t.requester_id = ?", "", *q.RequesterID))
	}
	if q.Tag != "" {
		f := filter{looks: "EXISTS (SELECT 1 FROM ticket_tags g WHERE g.tag = ? AND g.ticket_id = t.id)", arg: q.Tag}
		if aged && q.RequesterID == nil {
			f.leads = "g.tag = ? AND t.id = g.ticket_id"
		}
		out = append(out, f)
	}
	if q.AssigneeID != nil {
		leads := aged && *q.AssigneeID != 0 || q.Sort == tickets.SortAttention
		out = append(out, leading(leads, "t.assignee_id = ?", " AND t.assignee_id <> 0", *q.AssigneeID))
	}
	return out
}

func byPlace(q tickets.Browse, aged bool) (out []filter) {
	if q.ChannelID != nil {
		out = append(out, leading(aged && *q.ChannelID != 0, "t.channel_id = ?", " AND t.channel_id <> 0", *q.ChannelID))
	}
	if q.TeamID != nil {
		leads := aged && *q.TeamID != 0 || q.Sort == tickets.SortAttention
		out = append(out, leading(leads, "t.team_id = ?", " AND t.team_id <> 0", *q.TeamID))
	}
	return out
}

// leading is a filter whose index may be a partial one: some is what that says
// in its own words.
func leading(may bool, looks, some string, arg any) filter {
	f := filter{looks: looks, arg: arg}
	if may {
		f.leads = looks
		if arg != int64(0) {
			f.leads += some
		}
	}
	return f
}

// query reads the ids of a window in order, and whether each one matches.
func (b browsing) query(from place, limit int) (string, []any) {
	sign, order := ">", "ASC"
	if b.latest {
		sign, order = "<", "DESC"
	}
	after, place := "("+b.sort+", "+b.id+") "+sign+" (?, ?)", []any{from.Sort, from.ID}
	by := b.sort + " " + order + ", " + b.id + " " + order
	if b.sort == b.id {
		after, place, by = b.id+" "+sign+" ?", []any{from.ID}, b.id+" "+order
	}
	hit := "TRUE"
	if b.rest != "" {
		hit = b.rest
	}
	args := append(append(append([]any{}, b.more...), b.args...), append(place, limit)...)
	return `SELECT ` + b.id + ` AS id, ` + b.sort + ` AS sort_key, (` + hit + `) AS hit FROM ` + b.from +
		` WHERE ` + b.where + ` AND ` + after + ` ORDER BY ` + by + ` LIMIT ?`, args
}

type browseRow struct {
	ID   int64
	Sort int64 `db:"sort_key"`
	Hit  bool
}

// BrowseTickets implements tickets.BrowseStore.
func (s *Store) BrowseTickets(ctx context.Context, q tickets.Browse) (tickets.Page, error) {
	b, name := browse(q), nameOf(q)
	from, err := placeIn(q.After, name, b.start())
	if err != nil {
		return tickets.Page{}, err
	}
	hits, next, err := s.scan(ctx, b, from, min(max(q.Limit, 1), 200))
	if err != nil {
		return tickets.Page{}, err
	}
	var page tickets.Page
	if next != (place{}) {
		next.List = name
		page.Next = next.cursor()
	}
	page.Rows, err = s.rows(ctx, hits)
	return page, err
}

// nameOf names the list a cursor belongs to: all of its question.
func nameOf(q tickets.Browse) string {
	q.After, q.Limit = "", 0
	text := fmt.Sprint(q.StatusIDs, value(q.TeamID), value(q.AssigneeID), value(q.RequesterID), value(q.ChannelID), q.Tag, q.Spam, q.Sort)
	sum := sha256.Sum256([]byte(text))
	return "tickets:" + base64.RawURLEncoding.EncodeToString(sum[:9])
}

func value(id *int64) any {
	if id == nil {
		return nil
	}
	return *id
}

// scan reads windows until the page is full, the list ends or enough was looked
// at; next is zero when the list ended. Most often the first window is enough,
// so it is small and the later ones grow.
func (s *Store) scan(ctx context.Context, b browsing, from place, limit int) (hits []int64, next place, err error) {
	window := limit + 1
	if b.rest != "" {
		window *= 2
	}
	for looked := 0; looked < mostLooked; {
		var rows []browseRow
		query, args := b.query(from, window)
		if err := s.listIn(ctx, &rows, query, args...); err != nil {
			return nil, place{}, err
		}
		for _, r := range rows {
			if r.Hit && len(hits) == limit {
				return hits, from, nil
			}
			if r.Hit {
				hits = append(hits, r.ID)
			}
			from = place{Sort: r.Sort, ID: r.ID}
		}
		if len(rows) < window {
			return hits, place{}, nil
		}
		looked += window
		window = min(4*window, mostAtOnce)
	}
	return hits, from, nil
}

// rows reads tickets with the names beside them, in the order of ids.
func (s *Store) rows(ctx context.Context, ids []int64) ([]tickets.Row, error) {
	found := make([]tickets.Row, 0, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var rows []listRow
	err := s.listIn(ctx, &rows, `SELECT `+ticketColumns+`, COALESCE(p.name, '') AS requester,
		COALESCE(a.name, '') AS assignee, COALESCE(c.kind, '') AS channel_kind
		FROM tickets t LEFT JOIN persons p ON p.id = t.requester_id LEFT JOIN agents a ON a.id = t.assignee_id
		LEFT JOIN channels c ON c.id = t.channel_id WHERE t.id IN (?)`, ids)
	byID := make(map[int64]tickets.Row, len(rows))
	for _, r := range rows {
		byID[r.ID] = r.row()
	}
	for _, id := range ids {
		if r, there := byID[id]; there {
			found = append(found, r)
		}
	}
	return found, err
}

// PutTags implements tickets.BrowseStore.
func (s *Store) PutTags(ctx context.Context, ticket int64, tags []string) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.exec(ctx, `DELETE FROM ticket_tags WHERE ticket_id = $1`, ticket); err != nil {
			return err
		}
		return s.insertTags(ctx, ticket, tags)
	})
}

func (s *Store) insertTags(ctx context.Context, ticket int64, tags []string) error {
	for _, tag := range tags {
		_, err := s.exec(ctx, `INSERT INTO ticket_tags (tag, ticket_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, tag, ticket)
		if err != nil {
			return err
		}
	}
	return nil
}
