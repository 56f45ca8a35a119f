package store

import (
	"context"

	"okno/tickets"
)

type versionRow struct {
	MessageID int64 `db:"message_id"`
	Number    int
	Body      string
	Quoted    string
	HTML      string
	Files     document[[]tickets.File]
	At        int64
}

func (r versionRow) version() tickets.Version {
	return tickets.Version{MessageID: r.MessageID, Number: r.Number, Body: r.Body, Quoted: r.Quoted, HTML: r.HTML,
		Files: r.Files.V, At: at(r.At)}
}

// addVersions completes messages that were changed with what they said before.
func (s *Store) addVersions(ctx context.Context, list []tickets.Message) error {
	places := map[int64]int{}
	var ids []int64
	for i, m := range list {
		if !m.EditedAt.IsZero() {
			places[m.ID], ids = i, append(ids, m.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var rows []versionRow
	err := s.listIn(ctx, &rows, `SELECT message_id, number, body, quoted, html, files, at FROM message_versions
		WHERE message_id IN (?) ORDER BY message_id, at, number`, ids)
	for _, r := range rows {
		m := &list[places[r.MessageID]]
		m.Earlier = append(m.Earlier, r.version())
	}
	return err
}

// RewriteMessage implements tickets.VersionStore.
func (s *Store) RewriteMessage(ctx context.Context, m tickets.Message) error {
	return orMissing(s.exec(ctx, `UPDATE messages SET body = $2, quoted = $3, html = $4, files = $5, warnings = $6,
		edited_at = $7, removed_at = $8 WHERE id = $1`, m.ID, m.Body, m.Quoted, m.HTML, asJSON(m.Files),
		asJSON(m.Warnings), ms(m.EditedAt), ms(m.RemovedAt)))
}

// PutVersion implements tickets.VersionStore.
func (s *Store) PutVersion(ctx context.Context, v tickets.Version) error {
	_, err := s.exec(ctx, `INSERT INTO message_versions (message_id, number, body, quoted, html, files, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, v.MessageID, v.Number, v.Body, v.Quoted, v.HTML, asJSON(v.Files), ms(v.At))
	return err
}
