package catalog_test

import (
	"reflect"
	"testing"
	"time"

	"okno/server/catalog"
	"okno/server/formfile"
	"okno/server/store"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// desk is an empty desk in memory.
func desk(t *testing.T) (*store.Store, *tickets.Service) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{URL: "memory", Now: time.Now})
	ok(t, err)
	t.Cleanup(func() { ok(t, s.Close()) })
	return s, tickets.NewService(s, tickets.Options{})
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestANewDeskGetsWhatShips(t *testing.T) {
	s, d := desk(t)
	for range 2 {
		ok(t, catalog.Seed(t.Context(), d, s))
	}
	shipped, err := formfile.Shipped()
	ok(t, err)
	c, err := d.Catalog(t.Context(), tickets.AsPerson(0))
	ok(t, err)
	if len(c.Types) != len(shipped.Requests) || len(c.Types) < 7 || len(c.Menu.Sections) != len(shipped.Sections) || len(c.Lists) != len(shipped.Lists) {
		t.Errorf("%d of %d types, %d sections, %d lists", len(c.Types), len(shipped.Requests), len(c.Menu.Sections), len(c.Lists))
	}
	for _, x := range c.Types {
		if x.TeamID != 0 || x.Version != 1 {
			t.Errorf("%s is of team %d, version %d", x.Key, x.TeamID, x.Version)
		}
	}
}

func TestADeskInUseGetsNothing(t *testing.T) {
	s, d := desk(t)
	ok(t, s.InsertPerson(t.Context(), people.Person{ID: 1}))
	_, _, err := d.Create(t.Context(), tickets.AsPerson(1), tickets.NewTicket{RequesterID: 1, Incoming: &tickets.Incoming{PersonID: 1, Body: "x"}})
	ok(t, err)
	ok(t, catalog.Seed(t.Context(), d, s))
	if all, err := d.RequestDrafts(t.Context(), tickets.System()); err != nil || len(all) != 0 {
		t.Errorf("%d types, %v", len(all), err)
	}
}

// TestWhatIsExportedIsTheSame carries everything from one desk to another.
func TestWhatIsExportedIsTheSame(t *testing.T) {
	s, d := desk(t)
	ok(t, catalog.Seed(t.Context(), d, s))
	team := people.Team{ID: 7, Name: "Security"}
	ok(t, s.InsertTeam(t.Context(), team))
	draft, err := d.SaveRequestDraft(t.Context(), tickets.System(), forms.RequestType{Key: "own", Name: forms.Text{EN: "Own"}, Section: "it", TeamID: 7,
		Steps: []forms.Step{{Key: "what", Type: "text", Label: forms.Text{EN: "What?"}}}}, 0)
	ok(t, err)
	_, err = d.Publish(t.Context(), tickets.System(), draft.Type.ID)
	ok(t, err)
	first := exported(t, s, d)
	other, d2 := desk(t)
	ok(t, other.InsertTeam(t.Context(), team))
	a := catalog.NewApplier(d2, other, tickets.System())
	f, _, err := formfile.Read(first)
	ok(t, err)
	_, err = a.Menu(t.Context(), f)
	ok(t, err)
	_, err = a.Lists(t.Context(), f)
	ok(t, err)
	_, err = a.Requests(t.Context(), f)
	ok(t, err)
	if second := exported(t, other, d2); !reflect.DeepEqual(first, second) {
		t.Errorf("exported\n%s\nthen\n%s", first, second)
	}
}

func exported(t *testing.T, s *store.Store, d *tickets.Service) []byte {
	t.Helper()
	f, err := catalog.Export(t.Context(), d, s)
	ok(t, err)
	return formfile.Write(f)
}
