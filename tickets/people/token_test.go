package people_test

import (
	"strings"
	"testing"
	"time"

	"okno/tickets/people"
)

func TestScopesContainTheSmallerOnes(t *testing.T) {
	for i, has := range people.Scopes() {
		for j, wanted := range people.Scopes() {
			if has.Allows(wanted) != (i >= j) {
				t.Errorf("%s allows %s: %v", has, wanted, has.Allows(wanted))
			}
		}
	}
	if people.Scope("root").Allows(people.ScopeRead) {
		t.Error("an unknown scope allows something")
	}
}

func TestATokenActsAsItsAgentUntilItEnds(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		boss := c.boss(t)
		tok, secret, err := c.MakeToken(t.Context(), boss, people.NewToken{Name: " My  script ", Scope: people.ScopeWrite, Lasts: time.Hour, As: boss.ID})
		if err != nil || !strings.HasPrefix(secret, "okno_") || len(secret) != len("okno_")+52 || tok.Name != "My script" || tok.MadeBy != boss.ID {
			t.Fatal(tok, secret, err)
		}
		got, as, err := c.Bearer(t.Context(), secret)
		if err != nil || got.ID != tok.ID || as.ID != boss.ID || as.Role != people.Answerer {
			t.Errorf("bears %+v as %+v, %v", got, as, err)
		}
		_, _, err = c.Bearer(t.Context(), secret+"x")
		refused(t, err, "error.people.token.unknown")
		c.pass(time.Hour)
		_, _, err = c.Bearer(t.Context(), secret)
		refused(t, err, "error.people.token.ended")
	})
}

func TestAProgramEndsWithItsToken(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		boss := c.boss(t)
		tok, secret, err := c.MakeToken(t.Context(), people.Agent{}, people.NewToken{Name: "shop", Scope: people.ScopeAdmin})
		must(t, err)
		_, as, err := c.Bearer(t.Context(), secret)
		if err != nil || !as.Program || as.Name != "shop" || as.Role != people.Administrator || as.Email != "" {
			t.Fatal(as, err)
		}
		_, err = c.SignIn(t.Context(), "", "")
		refused(t, err, "error.people.sign_in")
		_, err = c.NewLink(t.Context(), boss, as.ID)
		refused(t, err, "error.people.program")
		must(t, c.RevokeToken(t.Context(), boss, tok.ID))
		_, _, err = c.Bearer(t.Context(), secret)
		refused(t, err, "error.people.token.ended")
		if a, err := c.store.Agent(t.Context(), as.ID); err != nil || !a.Disabled {
			t.Error("the program goes on", a, err)
		}
	})
}

func TestTheUseOfATokenIsNotedOnceAMinute(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		boss := c.boss(t)
		_, secret, err := c.MakeToken(t.Context(), boss, people.NewToken{Name: "shop", Scope: people.ScopeRead})
		must(t, err)
		used := func() time.Time {
			tok, _, err := c.Bearer(t.Context(), secret)
			must(t, err)
			must(t, c.Used(t.Context(), tok))
			all, err := c.Tokens(t.Context(), boss)
			must(t, err)
			return all[0].LastUsedAt
		}
		first := used()
		c.pass(59 * time.Second)
		if again := used(); first.IsZero() || !again.Equal(first) {
			t.Errorf("used at %v, then noted %v", first, again)
		}
		c.pass(time.Second)
		if later := used(); later.Sub(first) != time.Minute {
			t.Errorf("used at %v, a minute later noted %v", first, later)
		}
	})
}

func TestTokensAreForAdministrators(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		boss := c.boss(t)
		a, _, err := c.Invite(t.Context(), boss, "Boris", "boris@example.org", people.Answerer, nil)
		must(t, err)
		_, _, err = c.MakeToken(t.Context(), a, people.NewToken{Name: "n", Scope: people.ScopeRead})
		refused(t, err, "error.people.denied")
		_, err = c.Tokens(t.Context(), a)
		refused(t, err, "error.people.denied")
		refused(t, c.RevokeToken(t.Context(), a, 1), "error.people.denied")
		refused(t, c.RevokeToken(t.Context(), boss, 1), "error.people.token.missing")
		for message, n := range map[string]people.NewToken{
			"error.people.name.empty":    {Scope: people.ScopeRead},
			"error.people.token.scope":   {Name: "n", Scope: "root"},
			"error.people.token.expires": {Name: "n", Scope: people.ScopeRead, Lasts: -1},
			"error.people.token.role":    {Name: "n", Scope: people.ScopeAdmin, As: a.ID},
			"error.people.agent.missing": {Name: "n", Scope: people.ScopeRead, As: 77},
		} {
			_, _, err := c.MakeToken(t.Context(), boss, n)
			refused(t, err, message)
		}
	})
}

func TestPeopleAreIntroducedOnceAndCorrected(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		p, err := c.Introduce(t.Context(), people.Person{Language: "ru"}, "Ira@Example.org")
		if err != nil || p.Name != "ira@example.org" || p.Language != "ru" {
			t.Fatal(p, err)
		}
		_, err = c.Introduce(t.Context(), people.Person{Name: "Other"}, "ira@example.org")
		refused(t, err, "error.people.person.taken")
		name, note := "Ира", " ночью "
		got, err := c.ChangePerson(t.Context(), p.ID, people.PersonChange{Name: &name, Note: &note})
		if err != nil || got.Name != "Ира" || got.Note != "ночью" || got.Language != "ru" {
			t.Error(got, err)
		}
		_, err = c.ChangePerson(t.Context(), 77, people.PersonChange{})
		refused(t, err, "error.people.person.missing")
	})
}
