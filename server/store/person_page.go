package store

import (
	"context"
	"math"

	"okno/tickets/people"
)

// PersonPage answers people, the latest first, and the cursor of the next page.
func (s *Store) PersonPage(ctx context.Context, after string, limit int) (list []people.Person, next string, err error) {
	from, err := placeIn(after, "persons", place{ID: math.MaxInt64})
	if err != nil {
		return nil, "", err
	}
	var rows []personRow
	err = s.list(ctx, &rows, `SELECT `+personColumns+` FROM persons p WHERE p.id < $1 ORDER BY p.id DESC LIMIT $2`, from.ID, limit+1)
	if len(rows) > limit {
		rows = rows[:limit]
		next = place{List: "persons", ID: rows[limit-1].ID}.cursor()
	}
	list = make([]people.Person, len(rows))
	for i, r := range rows {
		list[i] = r.person()
	}
	return list, next, err
}
