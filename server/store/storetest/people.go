package storetest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"okno/server/store"
	"okno/tickets/people"
)

func testPeople(t *testing.T, s *store.Store) {
	ivan, petr := person(t, s, "Иван Петров"), person(t, s, "Пётр Иванов")
	must(t, s.PutIdentity(t.Context(), people.Identity{PersonID: ivan.ID, Network: "email", Address: "ip@x.ru", VerifiedAt: ivan.CreatedAt}))
	must(t, s.PutIdentity(t.Context(), people.Identity{PersonID: petr.ID, Network: "email", Address: "ivan@x.ru"}))
	for words, want := range map[string][]int64{"ива": {ivan.ID, petr.ID}, "ПЕТР": {ivan.ID}, "ivan": {petr.ID}, "иван пет": {ivan.ID}, "": {}, "%": {}} {
		found, err := s.SearchPersons(t.Context(), words, 10)
		ids := make([]int64, len(found))
		for i, p := range found {
			ids[i] = p.ID
		}
		if err != nil || !reflect.DeepEqual(ids, want) {
			t.Errorf("%q finds %v, %v; want %v", words, ids, err, want)
		}
	}
	must(t, s.PutIdentity(t.Context(), people.Identity{PersonID: ivan.ID, Network: "email", Address: "ivan@x.ru", Unreachable: "gone"}))
	if owner, err := s.IdentityOwner(t.Context(), "email", "ivan@x.ru"); err != nil || owner.ID != ivan.ID {
		t.Errorf("owner %v, %v", owner, err)
	}
	if ids, err := s.Identities(t.Context(), ivan.ID); err != nil || len(ids) != 2 || ids[1].Unreachable != "gone" {
		t.Errorf("identities %v, %v", ids, err)
	}
	all, err := s.Persons(t.Context(), []int64{ivan.ID, petr.ID, 3})
	if err != nil || len(all) != 2 || !reflect.DeepEqual(all[ivan.ID], ivan) {
		t.Errorf("persons %v, %v", all, err)
	}
	testAgents(t, s, ivan.ID)
}

func testAgents(t *testing.T, s *store.Store, person int64) {
	a := people.Agent{ID: s.NewID(), PersonID: person, Email: "a@x.ru", Name: "А", Role: people.Administrator, CreatedAt: time.UnixMilli(7).UTC()}
	b := people.Agent{ID: s.NewID(), PersonID: person, Email: "b@x.ru", Name: "Б"}
	must(t, s.InsertAgent(t.Context(), a))
	if err := s.InsertAgent(t.Context(), people.Agent{ID: 5, PersonID: person, Email: "a@x.ru"}); !errors.Is(err, people.ErrTaken) {
		t.Errorf("same address: %v", err)
	}
	must(t, s.InsertAgent(t.Context(), b))
	b.Email = "a@x.ru"
	if err := s.UpdateAgent(t.Context(), b); !errors.Is(err, people.ErrTaken) {
		t.Errorf("changed to the same address: %v", err)
	}
	a.Disabled = true
	must(t, s.UpdateAgent(t.Context(), a))
	got, err := s.Agents(t.Context())
	if err != nil || len(got) != 2 || !reflect.DeepEqual(got[1], a) {
		t.Errorf("agents %+v, %v", got, err)
	}
	if got, err := s.AgentByEmail(t.Context(), "a@x.ru"); err != nil || got.ID != a.ID {
		t.Errorf("by address %v, %v", got, err)
	}
	team := people.Team{ID: s.NewID(), Name: "Т", Members: []int64{a.ID, b.ID}, CreatedAt: a.CreatedAt}
	must(t, s.InsertTeam(t.Context(), team))
	team.Members = []int64{b.ID}
	must(t, s.UpdateTeam(t.Context(), team))
	if got, err := s.Teams(t.Context()); err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], team) {
		t.Errorf("teams %+v, %v", got, err)
	}
}

func testLinks(t *testing.T, s *store.Store) {
	now := s.Now(t.Context())
	l := people.Link{Hash: "h", Kind: people.LinkInvite, AgentID: 3, ExpiresAt: now.Add(time.Hour)}
	must(t, s.PutLink(t.Context(), l))
	if got, err := s.Link(t.Context(), "h"); err != nil || got != l {
		t.Errorf("link %+v, %v", got, err)
	}
	if err := s.UseLink(t.Context(), "h", now.Add(time.Hour)); !errors.Is(err, people.ErrMissing) {
		t.Errorf("expired link: %v", err)
	}
	must(t, s.UseLink(t.Context(), "h", now))
	if err := s.UseLink(t.Context(), "h", now); !errors.Is(err, people.ErrMissing) {
		t.Errorf("used link: %v", err)
	}
	must(t, s.PutLink(t.Context(), people.Link{Hash: "i", Kind: people.LinkInvite, AgentID: 3}))
	must(t, s.EndLinks(t.Context(), people.LinkInvite, 3))
	if _, err := s.Link(t.Context(), "i"); !errors.Is(err, people.ErrMissing) {
		t.Errorf("ended link: %v", err)
	}
}

func testSessions(t *testing.T, s *store.Store) {
	box, now := s.Sessions(), s.Now(t.Context())
	must(t, box.Commit("token", []byte{0, 1}, now.Add(time.Hour)))
	must(t, box.Commit("old", []byte{2}, now.Add(-time.Hour)))
	if data, found, err := box.Find("token"); err != nil || !found || !reflect.DeepEqual(data, []byte{0, 1}) {
		t.Errorf("session %v, %v, %v", data, found, err)
	}
	must(t, box.Delete("token"))
	for _, token := range []string{"token", "old"} {
		if _, found, err := box.Find(token); found || err != nil {
			t.Errorf("session %q is found, %v", token, err)
		}
	}
}
