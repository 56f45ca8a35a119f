package storetest

import (
	"errors"
	"reflect"
	"testing"

	"okno/server/store"
	"okno/tickets/fields"
	"okno/tickets/people"
)

func testFields(t *testing.T, s *store.Store) {
	size := fields.Field{ID: 2, Key: "size", Type: fields.One, NameEN: "Size", NameRU: "Размер", Required: true, TeamID: 7, Position: 2,
		Options: []fields.Option{{Key: "big", NameEN: "Big", NameRU: "Большой", Archived: true}}}
	cost := fields.Field{ID: 3, Key: "cost", Type: fields.Money, NameEN: "Cost", NameRU: "Цена", Currency: "EUR", Position: 1}
	must(t, s.PutField(t.Context(), size))
	must(t, s.PutField(t.Context(), cost))
	list, err := s.Fields(t.Context())
	if want := []fields.Field{cost, size}; err != nil || !reflect.DeepEqual(list, want) {
		t.Fatalf("got  %+v, %v\nwant %+v", list, err, want)
	}
	changed := fields.Field{ID: 2, Key: "other", Type: fields.Text, NameEN: "Volume", NameRU: "Объём", Archived: true}
	must(t, s.PutField(t.Context(), changed))
	changed.Key, changed.Type = size.Key, size.Type
	if list, err = s.Fields(t.Context()); err != nil || !reflect.DeepEqual(list[0], changed) {
		t.Errorf("changed %+v, %v", list, err)
	}
	if err := s.PutField(t.Context(), fields.Field{ID: 4, Key: "size"}); !errors.Is(err, people.ErrTaken) {
		t.Errorf("a second field with the key: %v", err)
	}
}
