package store

import (
	"context"
	"fmt"
	"time"

	"okno/server/once"
	"okno/tickets"
)

var _ once.Store = (*Store)(nil)

// Answered implements once.Store.
func (s *Store) Answered(ctx context.Context, owner, key string) (once.Answer, error) {
	if t := s.tx(ctx); t != nil {
		if err := s.engine.alone(ctx, t.on, "answer:"+owner+":"+key); err != nil {
			return once.Answer{}, fault(err)
		}
	}
	var r struct {
		Request string
		Status  int
		Headers document[map[string]string]
		Body    []byte
	}
	err := s.get(ctx, &r, `SELECT request, status, headers, body FROM api_answers WHERE owner = $1 AND key = $2 AND at > $3`,
		owner, key, ms(s.dayAgo(ctx)))
	if err != nil {
		return once.Answer{}, err
	}
	body, err := s.openAnswer(r.Body)
	return once.Answer{Request: r.Request, Status: r.Status, Header: r.Headers.V, Body: body}, err
}

// sealedAnswer encrypts an answer, which may hold a link to come in by.
func (s *Store) sealedAnswer(body []byte) ([]byte, error) {
	if s.sealer == nil {
		return bytesOf(body), nil
	}
	text, err := s.sealer.Seal(body)
	if err != nil {
		return nil, fmt.Errorf("seal answer: %w", err)
	}
	return []byte(text), nil
}

func (s *Store) openAnswer(body []byte) ([]byte, error) {
	if s.sealer == nil {
		return body, nil
	}
	plain, err := s.sealer.Open(string(body))
	if err != nil {
		return nil, fmt.Errorf("open answer: %w", err)
	}
	return plain, nil
}

// dayAgo is the time before which nothing is kept for programs.
func (s *Store) dayAgo(ctx context.Context) time.Time { return s.Now(ctx).Add(-once.Lasts) }

// KeepAnswer implements once.Store.
func (s *Store) KeepAnswer(ctx context.Context, owner, key string, a once.Answer) error {
	body, err := s.sealedAnswer(a.Body)
	if err != nil {
		return err
	}
	return s.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.execQuietly(ctx, `DELETE FROM api_answers WHERE at <= $1`, ms(s.dayAgo(ctx))); err != nil {
			return err
		}
		_, err := s.execQuietly(ctx, `INSERT INTO api_answers (owner, key, request, status, headers, body, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			owner, key, a.Request, a.Status, asJSON(a.Header), body, ms(s.Now(ctx)))
		return err
	})
}

// PutUpload keeps a file that a program sent ahead of its message and answers
// the id to name it by. Those of a day ago are forgotten.
func (s *Store) PutUpload(ctx context.Context, owner string, f tickets.File) (id int64, err error) {
	id = s.NewID()
	return id, s.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.execQuietly(ctx, `DELETE FROM api_files WHERE at <= $1`, ms(s.dayAgo(ctx))); err != nil {
			return err
		}
		_, err := s.execQuietly(ctx, `INSERT INTO api_files (id, owner, file, at) VALUES ($1, $2, $3, $4)`,
			id, owner, asJSON(f), ms(s.Now(ctx)))
		return err
	})
}

// Uploads answers the files of an owner that have these ids; others are left
// out.
func (s *Store) Uploads(ctx context.Context, owner string, ids []int64) (map[int64]tickets.File, error) {
	found := map[int64]tickets.File{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []struct {
		ID   int64
		File document[tickets.File]
	}
	err := s.listIn(ctx, &rows, `SELECT id, file FROM api_files WHERE id IN (?) AND owner = ? AND at > ?`,
		ids, owner, ms(s.dayAgo(ctx)))
	for _, r := range rows {
		found[r.ID] = r.File.V
	}
	return found, err
}
