package store

import (
	"context"
	"errors"

	"okno/tickets"
)

type ticketRow struct {
	ID           int64
	Number       int64
	Version      int64
	Subject      string
	StatusID     int64 `db:"status_id"`
	Category     string
	Priority     int
	TeamID       int64 `db:"team_id"`
	AssigneeID   int64 `db:"assignee_id"`
	RequesterID  int64 `db:"requester_id"`
	ChannelID    int64 `db:"channel_id"`
	Place        string
	Tags         document[[]string]
	Followers    document[[]int64]
	Spam         bool
	LooksLike    int64 `db:"looks_like"`
	CreatedAt    int64 `db:"created_at"`
	UpdatedAt    int64 `db:"updated_at"`
	SolvedAt     int64 `db:"solved_at"`
	WaitingSince int64 `db:"waiting_since"`
	LastSeq      int64 `db:"last_seq"`
	NewsSeq      int64 `db:"news_seq"`
	LastPublicAt int64 `db:"last_public_at"`
	Snippet      string
	LastBy       string `db:"last_by"`
	Undelivered  int
	Attention    int64
	Fields       document[map[string]string]
	MergedInto   int64 `db:"merged_into"`
	DeletedAt    int64 `db:"deleted_at"`
	Approval     int
	TypeID       int64 `db:"type_id"`
	TypeVersion  int   `db:"type_version"`
	Rating       int
}

const ticketColumns = `t.id, t.number, t.version, t.subject, t.status_id, t.category, t.priority, t.team_id,
	t.assignee_id, t.requester_id, t.channel_id, t.place, t.tags, t.followers, t.spam, t.looks_like, t.created_at,
	t.updated_at, t.solved_at, t.waiting_since, t.last_seq, t.news_seq, t.last_public_at, t.snippet, t.last_by, t.undelivered,
	t.attention, t.fields, t.merged_into, t.deleted_at, t.approval, t.type_id, t.type_version,
	t.rating`

func (r ticketRow) ticket() tickets.Ticket {
	return tickets.Ticket{ID: r.ID, Number: r.Number, Version: r.Version, Subject: r.Subject, StatusID: r.StatusID,
		Category: tickets.Category(r.Category), Priority: tickets.Priority(r.Priority), TeamID: r.TeamID,
		AssigneeID: r.AssigneeID, RequesterID: r.RequesterID, ChannelID: r.ChannelID, Place: r.Place, Tags: r.Tags.V,
		Followers: r.Followers.V, Spam: r.Spam, LooksLike: r.LooksLike, CreatedAt: at(r.CreatedAt),
		UpdatedAt: at(r.UpdatedAt), SolvedAt: at(r.SolvedAt), WaitingSince: at(r.WaitingSince), LastSeq: r.LastSeq, NewsSeq: r.NewsSeq,
		LastPublicAt: at(r.LastPublicAt), Snippet: r.Snippet, LastBy: tickets.ActorKind(r.LastBy),
		Undelivered: r.Undelivered, Attention: r.Attention, Fields: r.Fields.V,
		MergedInto: r.MergedInto, DeletedAt: at(r.DeletedAt), Approval: r.Approval,
		TypeID: r.TypeID, TypeVersion: r.TypeVersion, Rating: r.Rating}
}

// ticketArgs are the values of ticketWritten.
func ticketArgs(t tickets.Ticket) []any {
	return []any{t.ID, t.Number, t.Version, t.Subject, t.StatusID, string(t.Category), int(t.Priority), t.TeamID,
		t.AssigneeID, t.RequesterID, t.ChannelID, t.Place, asJSON(t.Tags), asJSON(t.Followers), t.Spam, t.Listed(),
		t.LooksLike, ms(t.CreatedAt), ms(t.UpdatedAt), ms(t.SolvedAt), ms(t.WaitingSince), t.LastSeq, t.NewsSeq,
		ms(t.LastPublicAt), t.Snippet, string(t.LastBy), t.Undelivered, t.Attention, asJSON(t.Fields),
		t.MergedInto, ms(t.DeletedAt), t.Gone(), t.Approval, t.TypeID, t.TypeVersion, t.Rating}
}

// Ticket implements tickets.TicketStore.
func (s *Store) Ticket(ctx context.Context, id int64) (tickets.Ticket, error) {
	var r ticketRow
	err := s.get(ctx, &r, `SELECT `+ticketColumns+` FROM tickets t WHERE t.id = $1`, id)
	t := r.ticket()
	if err == nil {
		s.remember(ctx, t)
	}
	return t, err
}

// TicketByNumber implements tickets.TicketStore.
func (s *Store) TicketByNumber(ctx context.Context, number int64) (tickets.Ticket, error) {
	var r ticketRow
	err := s.get(ctx, &r, `SELECT `+ticketColumns+` FROM tickets t WHERE t.number = $1`, number)
	return r.ticket(), err
}

// InsertTicket implements tickets.TicketStore.
func (s *Store) InsertTicket(ctx context.Context, t *tickets.Ticket) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		last, err := s.advance(ctx, "ticket_number", 1)
		if err != nil {
			return err
		}
		t.Number = last
		_, err = s.exec(ctx, `INSERT INTO tickets (id, number, version, subject, status_id, category, priority, team_id,
			assignee_id, requester_id, channel_id, place, tags, followers, spam, listed, looks_like, created_at,
			updated_at, solved_at, waiting_since, last_seq, news_seq, last_public_at, snippet, last_by, undelivered,
			attention, fields, merged_into, deleted_at, gone, approval, type_id, type_version, rating)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
			$23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36)`, ticketArgs(*t)...)
		if err != nil {
			return err
		}
		if err := s.insertFollowers(ctx, t.ID, t.Followers); err != nil {
			return err
		}
		return s.insertTags(ctx, t.ID, t.Tags)
	})
}

// advance adds n to a sequence and answers its new value. Its row stays locked
// until the transaction ends.
func (s *Store) advance(ctx context.Context, sequence string, n int) (int64, error) {
	var last []int64
	err := s.execReturning(ctx, &last, `UPDATE counters SET value = value + $2 WHERE name = $1 RETURNING value`, sequence, n)
	if err != nil {
		return 0, err
	}
	if len(last) == 0 {
		return 0, errors.New("sequence " + sequence + " is missing")
	}
	return last[0], nil
}
