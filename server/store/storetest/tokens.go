package storetest

import (
	"errors"
	"testing"
	"time"

	"okno/server/store"
	"okno/tickets/people"
)

func testTokens(t *testing.T, s *store.Store) {
	asker := person(t, s, "Робот")
	for _, name := range []string{"Робот", "Второй"} { // programs have no address, so none is taken
		must(t, s.InsertAgent(t.Context(), people.Agent{ID: s.NewID(), PersonID: asker.ID, Name: name, Program: true}))
	}
	agents, err := s.Agents(t.Context())
	if err != nil || len(agents) != 2 || !agents[0].Program {
		t.Fatalf("programs %+v, %v", agents, err)
	}
	now := s.Now(t.Context())
	old := people.Token{ID: s.NewID(), Hash: "a", Name: "old", Scope: people.ScopeRead, AgentID: agents[0].ID, CreatedAt: now}
	fresh := people.Token{ID: s.NewID(), Hash: "b", Name: "fresh", Scope: people.ScopeAdmin, AgentID: agents[1].ID, MadeBy: 7,
		CreatedAt: now, ExpiresAt: now.Add(time.Hour)}
	must(t, s.InsertToken(t.Context(), old))
	must(t, s.InsertToken(t.Context(), fresh))
	if got, err := s.Token(t.Context(), "b"); err != nil || got != fresh {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, fresh)
	}
	if _, err := s.Token(t.Context(), "c"); !errors.Is(err, people.ErrMissing) {
		t.Errorf("an unknown hash: %v", err)
	}
	must(t, s.UseToken(t.Context(), old.ID, now.Add(time.Minute)))
	must(t, s.UseToken(t.Context(), old.ID, now)) // never goes back
	must(t, s.RevokeToken(t.Context(), old.ID, now.Add(time.Second)))
	must(t, s.RevokeToken(t.Context(), old.ID, now.Add(time.Hour)))
	all, err := s.Tokens(t.Context())
	if err != nil || len(all) != 2 || all[0].ID != fresh.ID ||
		!all[1].LastUsedAt.Equal(now.Add(time.Minute)) || !all[1].RevokedAt.Equal(now.Add(time.Second)) {
		t.Errorf("tokens %+v, %v", all, err)
	}
}
