package store

import (
	"context"
	"fmt"
	"math"

	"okno/tickets"
)

// listing is how one list of tickets is read: its own condition, its order, and
// the place after which a page begins. Arguments: $1 the agent, $2 the team, $3
// and $4 the place, $5 the limit.
type listing struct {
	from, where string
	sort        string // the column that orders, with the ticket's id behind it
	id          string
	latest      bool // the highest first
}

// listingOf says how a view is read. Every condition is word for word that of a
// partial index, or no index would serve it.
func listingOf(q tickets.ListQuery) (listing, bool) {
	urgent := listing{from: "tickets t", sort: "t.attention", id: "t.id"}
	latest := listing{from: "tickets t", sort: "t.updated_at", id: "t.id", latest: true}
	switch q.View {
	case tickets.ViewMine:
		urgent.where = "t.listed AND t.assignee_id = $1"
	case tickets.ViewUnassigned:
		urgent.where = "t.listed AND t.assignee_id = 0"
	case tickets.ViewOpen:
		urgent.where = "t.listed"
		if q.TeamID != 0 {
			urgent.where = "t.listed AND t.team_id = $2"
		}
	case tickets.ViewWaiting:
		urgent.where = "t.listed AND t.category = 'waiting'"
	case tickets.ViewSolved:
		latest.where = "NOT t.listed AND NOT t.spam AND NOT t.gone"
		return latest, true
	case tickets.ViewSpam:
		latest.where = "t.spam AND NOT t.gone"
		return latest, true
	case tickets.ViewDeleted:
		latest.where, latest.sort = "t.deleted_at > 0", "t.deleted_at"
		return latest, true
	case tickets.ViewMentions:
		return listing{from: "mentions mn CROSS JOIN tickets t", where: "mn.latest AND mn.agent_id = $1 AND t.id = mn.ticket_id AND NOT t.gone",
			sort: "mn.at", id: "mn.ticket_id", latest: true}, true
	default:
		return listing{}, false
	}
	return urgent, true
}

// query is the SQL of the list. The first line mentions all arguments, since
// PostgreSQL wants to know the type of each; the names beside a ticket are joined
// from the left, so that the ticket's index decides the order.
func (l listing) query() string {
	sign, order := ">", "ASC"
	if l.latest {
		sign, order = "<", "DESC"
	}
	return `SELECT ` + ticketColumns + `, ` + l.sort + ` AS sort_key, COALESCE(p.name, '') AS requester,
		COALESCE(a.name, '') AS assignee, COALESCE(c.kind, '') AS channel_kind,
		COALESCE(r.seq, 0) < t.news_seq AS unread
		FROM ` + l.from + ` LEFT JOIN persons p ON p.id = t.requester_id LEFT JOIN agents a ON a.id = t.assignee_id
		LEFT JOIN channels c ON c.id = t.channel_id
		LEFT JOIN read_marks r ON r.ticket_id = t.id AND r.agent_id = CAST($1 AS BIGINT)
		WHERE ` + l.where + ` AND (` + l.sort + `, ` + l.id + `) ` + sign + ` ($3, $4) AND CAST($2 AS BIGINT) IS NOT NULL
		ORDER BY ` + l.sort + ` ` + order + `, ` + l.id + ` ` + order + ` ` + most(5)
}

// start is the place before the first row.
func (l listing) start() place {
	if l.latest {
		return place{Sort: math.MaxInt64, ID: math.MaxInt64}
	}
	return place{Sort: math.MinInt64, ID: math.MinInt64}
}

type listRow struct {
	ticketRow
	Sort        int64 `db:"sort_key"`
	Requester   string
	Assignee    string
	ChannelKind string `db:"channel_kind"`
	Unread      bool
}

func (r listRow) row() tickets.Row {
	return tickets.Row{Ticket: r.ticket(), Requester: r.Requester, Assignee: r.Assignee, ChannelKind: r.ChannelKind, Unread: r.Unread}
}

// ListTickets implements tickets.ViewStore.
func (s *Store) ListTickets(ctx context.Context, q tickets.ListQuery) (tickets.Page, error) {
	l, known := listingOf(q)
	if !known {
		return tickets.Page{}, tickets.NewError(tickets.Missing, "view", "error.view.unknown")
	}
	name := fmt.Sprintf("%s:%d", q.View, q.TeamID)
	from, err := placeIn(q.After, name, l.start())
	if err != nil {
		return tickets.Page{}, err
	}
	limit := min(max(q.Limit, 1), 200)
	var rows []listRow
	if err := s.list(ctx, &rows, l.query(), q.AgentID, q.TeamID, from.Sort, from.ID, limit+1); err != nil {
		return tickets.Page{}, err
	}
	return pageOf(rows, limit, name), nil
}

// pageOf cuts the row that was read to see whether another page follows.
func pageOf(rows []listRow, limit int, name string) tickets.Page {
	var page tickets.Page
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		page.Next = place{List: name, Sort: last.Sort, ID: last.ID}.cursor()
	}
	page.Rows = make([]tickets.Row, len(rows))
	for i, r := range rows {
		page.Rows[i] = r.row()
	}
	return page
}

// ofRequester reads a person's tickets, the latest first.
const ofRequester = `SELECT ` + ticketColumns + ` FROM tickets t WHERE t.requester_id = $1 AND NOT t.gone
	ORDER BY t.id DESC LIMIT $2`

// OfRequester implements tickets.ViewStore.
func (s *Store) OfRequester(ctx context.Context, person int64, limit int) ([]tickets.Ticket, error) {
	var rows []ticketRow
	err := s.list(ctx, &rows, ofRequester, person, limit)
	found := make([]tickets.Ticket, len(rows))
	for i, r := range rows {
		found[i] = r.ticket()
	}
	return found, err
}
