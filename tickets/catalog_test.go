package tickets_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// office is a menu with two sections.
func office(t *testing.T, s *tickets.Service) {
	t.Helper()
	_, err := s.PutMenu(t.Context(), boris(), forms.Menu{
		Sections: []forms.Section{{Key: "it", Name: forms.Text{EN: "IT", RU: "ИТ"}}, {Key: "house", Name: forms.Text{EN: "House", RU: "Дом"}}},
		Topics:   []forms.Topic{{Key: "soft", Name: forms.Text{EN: "Software", RU: "Программы"}}},
	})
	must(t, err)
}

// form is a definition of one question.
func form(key, section string) forms.RequestType {
	return forms.RequestType{
		Key: key, Section: section, Name: forms.Text{EN: "Form " + key, RU: "Форма " + key},
		Steps: []forms.Step{{Key: "what", Type: fields.Text, Label: forms.Text{EN: "What?", RU: "Что?"}}},
	}
}

// offer makes a request type and publishes it.
func offer(t *testing.T, s *tickets.Service, f forms.RequestType) forms.RequestType {
	t.Helper()
	d, err := s.SaveRequestDraft(t.Context(), boris(), f, 0)
	must(t, err)
	made, err := s.Publish(t.Context(), boris(), d.Type.ID)
	must(t, err)
	return made
}

func seen(t *testing.T, s *tickets.Service, by tickets.Actor) []string {
	t.Helper()
	c, err := s.Catalog(t.Context(), by)
	must(t, err)
	var out []string
	for _, x := range c.Types {
		out = append(out, x.Key)
	}
	return out
}

func TestCatalogShowsWhatIsPublishedInTheOrderOfTheMenu(t *testing.T) {
	everywhere(t, func(t *testing.T, _ *world, s *tickets.Service, _ tickets.Ticket) {
		office(t, s)
		heat := offer(t, s, form("heat", "house"))
		laptop, vpn := offer(t, s, form("laptop", "it")), offer(t, s, form("vpn", "it"))
		_, err := s.SaveRequestDraft(t.Context(), boris(), form("draft", "it"), 0)
		must(t, err)
		if got, want := seen(t, s, anna()), []string{"laptop", "vpn", "heat"}; !slices.Equal(got, want) {
			t.Errorf("agents see %v, want %v", got, want)
		}
		must(t, s.MoveRequestType(t.Context(), boris(), vpn.ID, true))
		must(t, s.ArchiveRequestType(t.Context(), boris(), heat.ID, true))
		if got, want := seen(t, s, anna()), []string{"vpn", "laptop"}; !slices.Equal(got, want) {
			t.Errorf("agents see %v, want %v", got, want)
		}
		must(t, s.PlaceRequestType(t.Context(), boris(), laptop.ID, -3))
		must(t, s.ArchiveRequestType(t.Context(), boris(), heat.ID, false))
		if got, want := seen(t, s, anna()), []string{"laptop", "vpn", "heat"}; !slices.Equal(got, want) {
			t.Errorf("agents see %v, want %v", got, want)
		}
	})
}

func TestCatalogShowsEachWhatIsForThem(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, _ tickets.Ticket) {
		office(t, s)
		for _, a := range []forms.Audience{forms.Everybody, forms.Known, forms.Agents, forms.Nobody} {
			f := form("for_"+string(a)+"_", "it")
			f.Audience = a
			offer(t, s, f)
		}
		must(t, w.PutIdentity(t.Context(), people.Identity{PersonID: 12, Network: "email", Address: "ira@example.org", VerifiedAt: w.at()}))
		must(t, w.PutIdentity(t.Context(), people.Identity{PersonID: 13, Network: "email", Address: "oleg@example.org"}))
		for _, c := range []struct {
			by   tickets.Actor
			want int
		}{{tickets.AsPerson(0), 1}, {tickets.AsPerson(13), 1}, {tickets.AsPerson(12), 2}, {tickets.AsPerson(11), 3}, {anna(), 4}, {tickets.System(), 4}} {
			if got := seen(t, s, c.by); len(got) != c.want {
				t.Errorf("%+v sees %v, want %d", c.by, got, c.want)
			}
		}
	})
}

// TestCatalogIsReadOnce counts what the catalogue costs a thousand dialogs.
func TestCatalogIsReadOnce(t *testing.T) {
	w, _, _ := desk(t, "memory")
	counted := &counting{world: w}
	s := tickets.NewService(counted, tickets.Options{})
	office(t, s)
	made := offer(t, s, form("vpn", "it"))
	counted.types = 0
	for range 1000 {
		seen(t, s, tickets.AsPerson(12))
		_, err := s.RequestType(t.Context(), made.ID, made.Version)
		must(t, err)
	}
	if counted.types != 1 {
		t.Errorf("the types were read %d times", counted.types)
	}
}

// counting counts how often all types are read.
type counting struct {
	*world
	types int
}

func (c *counting) PublishedTypes(ctx context.Context) ([]forms.RequestType, error) {
	c.types++
	return c.world.PublishedTypes(ctx)
}

func TestPublishedVersionsStayAsTheyWere(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, _ tickets.Ticket) {
		office(t, s)
		first := offer(t, s, form("vpn", "it"))
		changed := first
		changed.Name.EN = "Remote access"
		d, err := s.SaveRequestDraft(t.Context(), boris(), changed, 0)
		must(t, err)
		if c, _ := s.Catalog(t.Context(), anna()); c.Types[0].Name.EN != "Form vpn" {
			t.Errorf("a draft is offered: %+v", c.Types[0])
		}
		second, err := s.Publish(t.Context(), boris(), d.Type.ID)
		must(t, err)
		old, err := s.RequestType(t.Context(), first.ID, 1)
		if err != nil || old.Name.EN != "Form vpn" || second.Version != 2 {
			t.Errorf("version 1 is %+v, %v; the second is %d", old, err, second.Version)
		}
		must(t, s.RestoreVersion(t.Context(), boris(), first.ID, 1))
		d, err = s.RequestDraft(t.Context(), boris(), first.ID)
		if err != nil || d.Type.Name.EN != "Form vpn" || d.Published != 2 || !d.Changed {
			t.Errorf("restored %+v, %v", d, err)
		}
		history, err := s.History(t.Context(), boris(), first.ID)
		if err != nil || len(history) != 2 || history[0].Version != 2 || history[0].By != 2 || !history[0].At.Equal(w.at()) {
			t.Errorf("history %+v, %v", history, err)
		}
	})
}

func TestDraftsAreRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, _ *world, s *tickets.Service, _ tickets.Ticket) {
		office(t, s)
		d, err := s.SaveRequestDraft(t.Context(), boris(), form("vpn", "nowhere"), 0)
		must(t, err)
		_, err = s.Publish(t.Context(), boris(), d.Type.ID)
		refused(t, err, "section", "form.flaw.section")
		if _, err := s.RequestType(t.Context(), d.Type.ID, 0); tickets.KindOf(err) != tickets.Missing {
			t.Errorf("a refused version is there: %v", err)
		}
		_, err = s.SaveRequestDraft(t.Context(), boris(), form("vpn", "it"), 0)
		refused(t, err, "key", "error.request.key.taken")
		_, err = s.SaveRequestDraft(t.Context(), boris(), form("VPN!", "it"), 0)
		refused(t, err, "key", "error.request.key")
		d.Type.TeamID = 99
		_, err = s.SaveRequestDraft(t.Context(), boris(), d.Type, 0)
		refused(t, err, "team", "error.team.unknown")
		d.Type.TeamID = 21
		_, err = s.SaveRequestDraft(t.Context(), boris(), d.Type, d.Revision)
		must(t, err)
		if _, err = s.SaveRequestDraft(t.Context(), boris(), d.Type, d.Revision); tickets.KindOf(err) != tickets.Conflict {
			t.Errorf("saved from an old revision: %v", err)
		}
		if _, err = s.SaveRequestDraft(t.Context(), anna(), d.Type, 0); tickets.KindOf(err) != tickets.Denied {
			t.Errorf("saved by an agent: %v", err)
		}
	})
}

func TestNewTypesGetTheirKeys(t *testing.T) {
	_, s, _ := desk(t, "memory")
	for _, want := range []string{"guest_pass", "guest_pass_2"} {
		d, err := s.SaveRequestDraft(t.Context(), boris(), forms.RequestType{Name: forms.Text{EN: "Guest pass"}}, 0)
		if err != nil || d.Type.Key != want {
			t.Errorf("key %q, %v, want %q", d.Type.Key, err, want)
		}
	}
	d, err := s.SaveRequestDraft(t.Context(), boris(), forms.RequestType{Name: forms.Text{RU: "Пропуск"}}, 0)
	if err != nil || d.Type.Key != "request" || d.Type.Position != 3 {
		t.Errorf("draft %+v, %v", d, err)
	}
}

func TestMenuKeepsWhatTypesRestOn(t *testing.T) {
	everywhere(t, func(t *testing.T, _ *world, s *tickets.Service, _ tickets.Ticket) {
		office(t, s)
		f := form("vpn", "it")
		f.Topic = "soft"
		offer(t, s, f)
		m, err := s.Menu(t.Context())
		must(t, err)
		less := m
		less.Sections = m.Sections[1:]
		_, err = s.PutMenu(t.Context(), boris(), less)
		refused(t, err, "sections", "error.menu.section.used")
		less = m
		less.Topics = nil
		_, err = s.PutMenu(t.Context(), boris(), less)
		refused(t, err, "topics", "error.menu.topic.used")
		m, err = s.PutMenu(t.Context(), boris(), m)
		must(t, err)
		old := m
		old.Version = 1
		if _, err = s.PutMenu(t.Context(), boris(), old); tickets.KindOf(err) != tickets.Conflict {
			t.Errorf("put from an old version: %v", err)
		}
	})
}

func TestMenuIsChecked(t *testing.T) {
	_, s, _ := desk(t, "memory")
	name := forms.Text{EN: "x"}
	topic := func(key, parent string) forms.Topic { return forms.Topic{Key: key, Parent: parent, Name: name} }
	for _, c := range []struct {
		menu         forms.Menu
		field, fault string
	}{
		{forms.Menu{Sections: []forms.Section{{Key: "Ключ", Name: name}}}, "sections.0.key", "error.request.key"},
		{forms.Menu{Sections: []forms.Section{{Key: "a", Name: name}, {Key: "a", Name: name}}}, "sections.1.key", "error.request.key.taken"},
		{forms.Menu{Sections: []forms.Section{{Key: "a"}}}, "sections.0.name", "error.menu.name"},
		{forms.Menu{Topics: []forms.Topic{topic("b", "a"), topic("a", "")}}, "topics.0.parent", "error.menu.parent"},
		{forms.Menu{Topics: []forms.Topic{topic("a", ""), topic("b", "a"), topic("c", "b"), topic("d", "c")}}, "topics.3.parent", "error.menu.parent"},
	} {
		_, err := s.PutMenu(t.Context(), boris(), c.menu)
		refused(t, err, c.field, c.fault)
	}
}

func TestListsKeepWhatTicketsMayHave(t *testing.T) {
	everywhere(t, func(t *testing.T, _ *world, s *tickets.Service, _ tickets.Ticket) {
		office(t, s)
		l, err := s.PutList(t.Context(), boris(), forms.List{Name: forms.Text{EN: "Offices", RU: "Офисы"},
			Entries: []fields.Option{{NameEN: "Head office"}, {}, {NameRU: "Склад"}, {NameEN: "Head office"}}})
		must(t, err)
		if got := entryKeys(l); l.Key != "offices" || !slices.Equal(got, []string{"head_office", "entry", "head_office_2"}) {
			t.Errorf("list %q with %v", l.Key, got)
		}
		l.Entries = []fields.Option{{NameRU: "Склад"}, {NameEN: "New"}}
		for range 2 {
			l, err = s.PutList(t.Context(), boris(), l)
			must(t, err)
		}
		if got := entryKeys(l); !slices.Equal(got, []string{"entry", "new", "head_office", "head_office_2"}) || !l.Entries[3].Archived {
			t.Errorf("entries %+v", l.Entries)
		}
		f := form("vpn", "it")
		f.Steps[0].Type, f.Steps[0].List = fields.One, "offices"
		offer(t, s, f)
		refused(t, s.DeleteList(t.Context(), boris(), "offices"), "", "error.list.used")
		_, err = s.PutList(t.Context(), boris(), forms.List{Key: "cars", Name: forms.Text{EN: "Cars"}})
		must(t, err)
		must(t, s.DeleteList(t.Context(), boris(), "cars"))
		if all, err := s.Lists(t.Context()); err != nil || len(all) != 1 || all[0].Version != 2 {
			t.Errorf("lists %+v, %v", all, err)
		}
	})
}

func entryKeys(l forms.List) []string {
	var out []string
	for _, o := range l.Entries {
		out = append(out, o.Key)
	}
	return out
}

func TestListsAreChecked(t *testing.T) {
	_, s, _ := desk(t, "memory")
	many := make([]fields.Option, 5001)
	for i := range many {
		many[i] = fields.Option{Key: fmt.Sprint("k", i), NameEN: "x"}
	}
	name := forms.Text{EN: "x"}
	for _, c := range []struct {
		list         forms.List
		field, fault string
	}{
		{forms.List{Key: "a"}, "name", "error.menu.name"},
		{forms.List{Key: "a b", Name: name}, "key", "error.request.key"},
		{forms.List{Key: "a", Name: name, Version: 3}, "", "error.list.missing"},
		{forms.List{Key: "a", Name: name, Entries: []fields.Option{{Key: "B", NameEN: "b"}}}, "entries.0.key", "error.request.key"},
		{forms.List{Key: "a", Name: name, Entries: []fields.Option{{Key: "b", NameEN: "b"}, {Key: "b", NameEN: "c"}}}, "entries.1.key", "error.request.key.taken"},
		{forms.List{Key: "a", Name: name, Entries: many}, "entries", "error.list.many"},
	} {
		_, err := s.PutList(t.Context(), boris(), c.list)
		refused(t, err, c.field, c.fault)
	}
}
