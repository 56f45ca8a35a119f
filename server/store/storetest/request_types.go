package storetest

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"okno/server/store"
	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// draft is a request type as somebody edits it.
func draft(s *store.Store, key string, position int) tickets.RequestDraft {
	return tickets.RequestDraft{Revision: s.NewID(), Changed: true, Type: forms.RequestType{
		ID: s.NewID(), Key: key, Name: forms.Text{EN: "Pass", RU: "Пропуск"}, Section: "office", TeamID: 7, Position: position,
		Steps: []forms.Step{{Key: "who", Type: fields.Text, Label: forms.Text{RU: "Кому?"},
			When: &forms.Condition{Step: "x", Is: forms.Equal, To: "y"}}},
	}}
}

func testRequestTypes(t *testing.T, s *store.Store) {
	pass, laptop := draft(s, "pass", 2), draft(s, "laptop", 1)
	must(t, s.InsertRequestType(t.Context(), pass))
	must(t, s.InsertRequestType(t.Context(), laptop))
	if err := s.InsertRequestType(t.Context(), draft(s, "pass", 3)); !errors.Is(err, people.ErrTaken) {
		t.Errorf("a second type with the key: %v", err)
	}
	all, err := s.RequestDrafts(t.Context())
	if want := []tickets.RequestDraft{laptop, pass}; err != nil || !reflect.DeepEqual(all, want) {
		t.Fatalf("got  %+v, %v\nwant %+v", all, err, want)
	}
	was := pass.Revision
	pass.Revision, pass.Published, pass.Changed, pass.Type.Archived, pass.Type.TeamID = s.NewID(), 1, false, true, 8
	must(t, s.UpdateRequestType(t.Context(), pass, was))
	if err := s.UpdateRequestType(t.Context(), pass, was); !errors.Is(err, tickets.ErrStale) {
		t.Errorf("changed from an old revision: %v", err)
	}
	must(t, s.PlaceRequestType(t.Context(), pass.Type.ID, 5))
	pass.Type.Position = 5
	if got, err := s.RequestDraft(t.Context(), pass.Type.ID); err != nil || !reflect.DeepEqual(got, pass) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, pass)
	}
	if _, err := s.RequestDraft(t.Context(), 1); !errors.Is(err, people.ErrMissing) {
		t.Errorf("a type that is not there: %v", err)
	}
}

func testRequestVersions(t *testing.T, s *store.Store) {
	d := draft(s, "pass", 3)
	must(t, s.InsertRequestType(t.Context(), d))
	if none, err := s.PublishedTypes(t.Context()); err != nil || len(none) != 0 {
		t.Errorf("offered before it was published: %v, %v", none, err)
	}
	first := publish(t, s, &d, 4)
	d.Type.Steps, d.Type.TeamID, d.Type.Archived = nil, 9, true
	second := publish(t, s, &d, 0)
	first.Archived = true // as the type is now
	for version, want := range map[int]forms.RequestType{1: first, 2: second} {
		if got, err := s.RequestVersion(t.Context(), d.Type.ID, version); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("version %d\ngot  %+v, %v\nwant %+v", version, got, err, want)
		}
	}
	if all, err := s.PublishedTypes(t.Context()); err != nil || !reflect.DeepEqual(all, []forms.RequestType{second}) {
		t.Errorf("offered %+v, %v", all, err)
	}
	history, err := s.RequestVersions(t.Context(), d.Type.ID)
	if err != nil || len(history) != 2 || history[0].Version != 2 || history[1].By != 4 || !history[1].At.Equal(time.UnixMilli(1).UTC()) {
		t.Errorf("history %+v, %v", history, err)
	}
	if _, err := s.RequestVersion(t.Context(), d.Type.ID, 3); !errors.Is(err, people.ErrMissing) {
		t.Errorf("a version that is not there: %v", err)
	}
}

// publish keeps the draft as its next version.
func publish(t *testing.T, s *store.Store, d *tickets.RequestDraft, by int64) forms.RequestType {
	t.Helper()
	was := d.Revision
	d.Published, d.Revision = d.Published+1, s.NewID()
	must(t, s.UpdateRequestType(t.Context(), *d, was))
	made := d.Type
	made.Version = d.Published
	must(t, s.InsertRequestVersion(t.Context(), made, tickets.Published{Version: made.Version, At: time.UnixMilli(int64(made.Version)), By: by}))
	return made
}

func testMenu(t *testing.T, s *store.Store) {
	if m, err := s.Menu(t.Context()); err != nil || !reflect.DeepEqual(m, forms.Menu{}) {
		t.Errorf("menu before it was put: %+v, %v", m, err)
	}
	m := forms.Menu{Sections: []forms.Section{{Key: "it", Name: forms.Text{EN: "IT"}, Icon: "💻"}},
		Topics: []forms.Topic{{Key: "soft", Name: forms.Text{RU: "Программы"}}}}
	must(t, s.PutMenu(t.Context(), m))
	if err := s.PutMenu(t.Context(), m); !errors.Is(err, tickets.ErrStale) {
		t.Errorf("put by somebody who had not seen it: %v", err)
	}
	m.Version, m.Topics = 1, nil
	must(t, s.PutMenu(t.Context(), m))
	m.Version = 2
	if got, err := s.Menu(t.Context()); err != nil || !reflect.DeepEqual(got, m) {
		t.Errorf("got %+v, %v, want %+v", got, err, m)
	}
}

func testReferenceLists(t *testing.T, s *store.Store) {
	offices := forms.List{Key: "offices", Name: forms.Text{EN: "Offices"}, Entries: []fields.Option{{Key: "hq", NameEN: "HQ", NameRU: "Центр"}}}
	must(t, s.PutList(t.Context(), offices))
	must(t, s.PutList(t.Context(), forms.List{Key: "cars", Name: forms.Text{EN: "Cars"}}))
	if err := s.PutList(t.Context(), offices); !errors.Is(err, tickets.ErrStale) {
		t.Errorf("a second list with the key: %v", err)
	}
	offices.Version, offices.Entries[0].Archived = 1, true
	must(t, s.PutList(t.Context(), offices))
	if err := s.PutList(t.Context(), offices); !errors.Is(err, tickets.ErrStale) {
		t.Errorf("changed from an old version: %v", err)
	}
	offices.Version = 2
	must(t, s.DeleteList(t.Context(), "cars"))
	if err := s.DeleteList(t.Context(), "cars"); !errors.Is(err, people.ErrMissing) {
		t.Errorf("deleted twice: %v", err)
	}
	if got, err := s.Lists(t.Context()); err != nil || !reflect.DeepEqual(got, []forms.List{offices}) {
		t.Errorf("got %+v, %v, want %+v", got, err, offices)
	}
}

func testListUsers(t *testing.T, s *store.Store) {
	d := draft(s, "pass", 1)
	d.Type.Steps[0].List = "offices"
	must(t, s.InsertRequestType(t.Context(), d))
	publish(t, s, &d, 0)
	was := d.Revision
	d.Revision, d.Type.Steps[0].List = s.NewID(), "floors"
	must(t, s.UpdateRequestType(t.Context(), d, was))
	for _, key := range []string{"offices", "floors"} {
		if name, err := s.ListUser(t.Context(), key); err != nil || name != d.Type.Name {
			t.Errorf("%s is used by %v, %v", key, name, err)
		}
	}
	if _, err := s.ListUser(t.Context(), "office"); !errors.Is(err, people.ErrMissing) {
		t.Errorf("a list nobody uses: %v", err)
	}
}

var errBack = errors.New("back")

// testCatalogVersion makes every kind of change, and one that is undone.
func testCatalogVersion(t *testing.T, s *store.Store) {
	seen := map[int64]bool{}
	look := func() int64 {
		t.Helper()
		v, err := s.CatalogVersion(t.Context())
		must(t, err)
		return v
	}
	changed := func() {
		t.Helper()
		v := look()
		if seen[v] {
			t.Errorf("version %d stayed or came again", v)
		}
		seen[v] = true
	}
	changed()
	d := draft(s, "pass", 1)
	must(t, s.InsertRequestType(t.Context(), d))
	changed()
	publish(t, s, &d, 0)
	changed()
	must(t, s.PlaceRequestType(t.Context(), d.Type.ID, 2))
	changed()
	must(t, s.PutMenu(t.Context(), forms.Menu{}))
	changed()
	must(t, s.PutList(t.Context(), forms.List{Key: "a"}))
	changed()
	before, within := look(), int64(0)
	err := s.InTx(t.Context(), func(ctx context.Context) (err error) {
		if err := s.DeleteList(ctx, "a"); err != nil {
			return err
		}
		if within, err = s.CatalogVersion(ctx); err != nil {
			return err
		}
		return errBack
	})
	if !errors.Is(err, errBack) || look() != before {
		t.Errorf("an undone change left version %d after %d: %v", look(), before, err)
	}
	must(t, s.DeleteList(t.Context(), "a"))
	if seen[within] = true; seen[look()] {
		t.Error("the version of an undone change came again")
	}
}
