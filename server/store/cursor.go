package store

import (
	"encoding/base64"
	"encoding/json"

	"okno/tickets"
)

// place is where a page ended: the list it belongs to and the sort key of its
// last row. People get it as an opaque cursor.
type place struct {
	List string `json:"l"`
	Sort int64  `json:"s"`
	ID   int64  `json:"i"`
}

func (p place) cursor() string {
	raw, _ := json.Marshal(p) // a struct of text and numbers always marshals
	return base64.RawURLEncoding.EncodeToString(raw)
}

// placeIn reads a cursor; first is the answer to none. A cursor of another list
// is refused.
func placeIn(cursor, list string, first place) (place, error) {
	if cursor == "" {
		return first, nil
	}
	var p place
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(raw, &p)
	}
	if err != nil || p.List != list {
		return place{}, &tickets.Error{Kind: tickets.Invalid, Field: "after", Message: "error.cursor", Err: err}
	}
	return p, nil
}
