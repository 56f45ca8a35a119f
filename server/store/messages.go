package store

import (
	"context"

	"okno/tickets"
)

type messageRow struct {
	ID         int64
	TicketID   int64 `db:"ticket_id"`
	SourceID   int64 `db:"source_id"`
	AddedAt    int64 `db:"added_at"`
	Seq        int64
	Kind       string
	AuthorKind string `db:"author_kind"`
	AuthorID   int64  `db:"author_id"`
	AuthorAs   string `db:"author_as"`
	ChannelID  int64  `db:"channel_id"`
	Body       string
	Markdown   bool
	Quoted     string
	HTML       string
	Files      document[[]tickets.File]
	Copies     document[[]string]
	Auto       string
	Warnings   document[[]tickets.Sentence]
	Original   string
	CreatedAt  int64                      `db:"created_at"`
	State      string                     `db:"delivery_state"`
	SendAt     int64                      `db:"delivery_send_at"`
	StateAt    int64                      `db:"delivery_at"`
	Reason     document[tickets.Sentence] `db:"delivery_reason"`
	Detail     string                     `db:"delivery_detail"`
	EditedAt   int64                      `db:"edited_at"`
	RemovedAt  int64                      `db:"removed_at"`
}

const messageColumns = `m.id, m.ticket_id, m.source_id, m.added_at, m.seq, m.kind, m.author_kind, m.author_id, m.author_as, m.channel_id, m.body,
	m.markdown, m.quoted, m.html, m.files, m.copies, m.auto, m.warnings, m.original, m.created_at, m.delivery_state,
	m.delivery_send_at, m.delivery_at, m.delivery_reason, m.delivery_detail,
	m.edited_at, m.removed_at`

func (r messageRow) message() tickets.Message {
	source := r.SourceID
	if source == r.TicketID {
		source = 0
	}
	return tickets.Message{ID: r.ID, TicketID: r.TicketID, SourceID: source, AddedAt: at(r.AddedAt), Seq: r.Seq, Kind: tickets.MessageKind(r.Kind),
		Author: tickets.Actor{Kind: tickets.ActorKind(r.AuthorKind), ID: r.AuthorID}, AuthorAs: r.AuthorAs,
		ChannelID: r.ChannelID, Body: r.Body, Markdown: r.Markdown, Quoted: r.Quoted, HTML: r.HTML, Files: r.Files.V,
		Copies: r.Copies.V, Auto: r.Auto, Warnings: r.Warnings.V, Original: r.Original, CreatedAt: at(r.CreatedAt),
		Delivery: tickets.Delivery{State: tickets.DeliveryState(r.State), SendAt: at(r.SendAt), At: at(r.StateAt),
			Reason: r.Reason.V, Detail: r.Detail}, EditedAt: at(r.EditedAt), RemovedAt: at(r.RemovedAt)}
}

// messagesOf reads a conversation in its order.
const messagesOf = `SELECT ` + messageColumns + ` FROM messages m WHERE m.ticket_id = $1 ORDER BY m.added_at, m.seq, m.id`

// Messages implements tickets.MessageStore.
func (s *Store) Messages(ctx context.Context, ticket int64) ([]tickets.Message, error) {
	var rows []messageRow
	err := s.list(ctx, &rows, messagesOf, ticket)
	found := make([]tickets.Message, len(rows))
	for i, r := range rows {
		found[i] = r.message()
	}
	if err != nil {
		return nil, err
	}
	return found, s.addVersions(ctx, found)
}

// Message implements tickets.MessageStore.
func (s *Store) Message(ctx context.Context, id int64) (tickets.Message, error) {
	var r messageRow
	err := s.get(ctx, &r, `SELECT `+messageColumns+` FROM messages m WHERE m.id = $1`, id)
	if err != nil {
		return r.message(), err
	}
	found := []tickets.Message{r.message()}
	err = s.addVersions(ctx, found)
	return found[0], err
}

// InsertMessage implements tickets.MessageStore.
func (s *Store) InsertMessage(ctx context.Context, m tickets.Message) error {
	_, err := s.exec(ctx, `INSERT INTO messages (id, ticket_id, seq, kind, author_kind, author_id, author_as, channel_id,
		body, markdown, quoted, html, files, copies, auto, warnings, original, created_at, delivery_state,
		delivery_send_at, delivery_at, delivery_reason, delivery_detail, edited_at, removed_at,
		source_id, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
		$26, $27)`,
		m.ID, m.TicketID, m.Seq, string(m.Kind), string(m.Author.Kind), m.Author.ID, m.AuthorAs, m.ChannelID, m.Body,
		m.Markdown, m.Quoted, m.HTML, asJSON(m.Files), asJSON(m.Copies), m.Auto, asJSON(m.Warnings), m.Original,
		ms(m.CreatedAt), string(m.Delivery.State), ms(m.Delivery.SendAt), ms(m.Delivery.At), asJSON(m.Delivery.Reason),
		m.Delivery.Detail, ms(m.EditedAt), ms(m.RemovedAt), written(m), ms(m.AddedAt))
	return err
}

// written is the ticket a message was written in.
func written(m tickets.Message) int64 {
	if m.SourceID != 0 {
		return m.SourceID
	}
	return m.TicketID
}

// UpdateMessage implements tickets.MessageStore.
func (s *Store) UpdateMessage(ctx context.Context, m tickets.Message) error {
	return orMissing(s.exec(ctx, `UPDATE messages SET delivery_state = $2, delivery_send_at = $3, delivery_at = $4,
		delivery_reason = $5, delivery_detail = $6 WHERE id = $1`, m.ID, string(m.Delivery.State), ms(m.Delivery.SendAt),
		ms(m.Delivery.At), asJSON(m.Delivery.Reason), m.Delivery.Detail))
}
