package store

import (
	"context"
	"encoding/hex"
	"strings"

	"okno/tickets/people"
)

type personRow struct {
	ID        int64
	Name      string
	Language  string
	Note      string
	Blocked   bool
	ManagerID int64 `db:"manager_id"`
	CreatedAt int64 `db:"created_at"`
}

const personColumns = `p.id, p.name, p.language, p.note, p.blocked, p.manager_id, p.created_at`

func (r personRow) person() people.Person {
	return people.Person{ID: r.ID, Name: r.Name, Language: r.Language, Note: r.Note, Blocked: r.Blocked,
		ManagerID: r.ManagerID, CreatedAt: at(r.CreatedAt)}
}

// Person implements people.PersonStore.
func (s *Store) Person(ctx context.Context, id int64) (people.Person, error) {
	var r personRow
	err := s.get(ctx, &r, `SELECT `+personColumns+` FROM persons p WHERE p.id = $1`, id)
	return r.person(), err
}

// Persons implements people.PersonStore.
func (s *Store) Persons(ctx context.Context, ids []int64) (map[int64]people.Person, error) {
	found := map[int64]people.Person{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []personRow
	err := s.listIn(ctx, &rows, `SELECT `+personColumns+` FROM persons p WHERE p.id IN (?)`, ids)
	for _, r := range rows {
		found[r.ID] = r.person()
	}
	return found, err
}

// SearchPersons implements people.PersonStore: first those whose whole name
// begins with words, then those with another name, then by address.
func (s *Store) SearchPersons(ctx context.Context, words string, limit int) ([]people.Person, error) {
	prefix := hexWord(words)
	if prefix == "" {
		return nil, nil
	}
	var rows []personRow
	err := s.list(ctx, &rows, `SELECT `+personColumns+` FROM persons p
		JOIN (SELECT person_id, MIN(rank) AS rank FROM person_words
			WHERE word >= $1 AND word < $2 GROUP BY person_id) w ON w.person_id = p.id
		ORDER BY w.rank, p.name, p.id LIMIT $3`, prefix, prefix+"g", limit)
	found := make([]people.Person, len(rows))
	for i, r := range rows {
		found[i] = r.person()
	}
	return found, err
}

// InsertPerson implements people.PersonStore.
func (s *Store) InsertPerson(ctx context.Context, p people.Person) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		n, err := s.exec(ctx, `INSERT INTO persons (id, name, language, note, blocked, manager_id, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
			p.ID, p.Name, p.Language, p.Note, p.Blocked, p.ManagerID, ms(p.CreatedAt))
		if err := orTaken(n, err); err != nil {
			return err
		}
		return s.putWords(ctx, p.ID, "", nameWords(p.Name))
	})
}

// UpdatePerson implements people.PersonStore.
func (s *Store) UpdatePerson(ctx context.Context, p people.Person) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		n, err := s.exec(ctx, `UPDATE persons SET name = $2, language = $3, note = $4, manager_id = $5 WHERE id = $1`,
			p.ID, p.Name, p.Language, p.Note, p.ManagerID)
		if err := orMissing(n, err); err != nil {
			return err
		}
		return s.putWords(ctx, p.ID, "", nameWords(p.Name))
	})
}

// BlockPerson implements people.PersonStore.
func (s *Store) BlockPerson(ctx context.Context, id int64, blocked bool) error {
	return orMissing(s.exec(ctx, `UPDATE persons SET blocked = $2 WHERE id = $1`, id, blocked))
}

// putWords replaces the beginnings that one source (the name: "", or an
// address) gives a person.
func (s *Store) putWords(ctx context.Context, person int64, source string, words map[string]int) error {
	if _, err := s.exec(ctx, `DELETE FROM person_words WHERE person_id = $1 AND source = $2`, person, source); err != nil {
		return err
	}
	for word, rank := range words {
		_, err := s.exec(ctx, `INSERT INTO person_words (word, person_id, source, rank) VALUES ($1, $2, $3, $4)`,
			word, person, source, rank)
		if err != nil {
			return err
		}
	}
	return nil
}

// nameWords are the name from its beginning (rank 0) and from every later word
// (rank 1).
func nameWords(name string) map[string]int {
	words := map[string]int{}
	parts := strings.Fields(name)
	for i := range parts[:min(len(parts), 8)] {
		word := hexWord(strings.Join(parts[i:], " "))
		if _, known := words[word]; !known {
			words[word] = min(i, 1)
		}
	}
	return words
}

// hexWord is a word as person_words keeps it.
func hexWord(text string) string {
	word := strings.ToLower(strings.Join(strings.Fields(text), " "))
	return hex.EncodeToString([]byte(word[:min(len(word), 120)]))
}

// orTaken makes "nothing inserted" of ON CONFLICT DO NOTHING an error. Unlike a
// violated constraint it leaves a PostgreSQL transaction usable.
func orTaken(n int64, err error) error {
	if err == nil && n == 0 {
		return people.ErrTaken
	}
	return err
}

// orMissing makes "nothing changed" an error.
func orMissing(n int64, err error) error {
	if err == nil && n == 0 {
		return people.ErrMissing
	}
	return err
}
