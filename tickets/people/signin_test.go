package people_test

import (
	"testing"
	"time"

	"okno/tickets/people"
)

func TestSetupLinkWorksOnceAndInTime(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		old, err := c.SetupLink(t.Context())
		must(t, err)
		secret, err := c.SetupLink(t.Context())
		must(t, err)
		n := people.NewAccount{Name: "Anna", Email: "Anna@Example.org", Password: "correct horse"}
		_, err = c.FirstAdministrator(t.Context(), old, n)
		refused(t, err, "error.people.link")
		c.pass(31 * time.Minute)
		_, err = c.FirstAdministrator(t.Context(), secret, n)
		refused(t, err, "error.people.link")
		secret, err = c.SetupLink(t.Context())
		must(t, err)
		a, err := c.FirstAdministrator(t.Context(), secret, n)
		if err != nil || a.Email != "anna@example.org" {
			t.Fatal(a, err)
		}
		_, err = c.FirstAdministrator(t.Context(), secret, n)
		refused(t, err, "error.people.setup.done")
		err = c.ChangeAgent(t.Context(), a, a.ID, people.Answerer, false, nil)
		refused(t, err, "error.people.administrator.last")
	})
}

func TestSignInTellsStrangersNothing(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		c.boss(t)
		for _, email := range []string{"anna@example.org", "nobody@example.org"} {
			c.plain.compared = 0
			_, err := c.SignIn(t.Context(), email, "wrong")
			refused(t, err, "error.people.sign_in")
			if c.plain.compared != 1 {
				t.Errorf("%s: %d comparisons", email, c.plain.compared)
			}
		}
		if a, err := c.SignIn(t.Context(), " ANNA@example.org", "correct horse"); err != nil || a.LastSeenAt.IsZero() {
			t.Error(a, err)
		}
	})
}

func TestDisabledAgentsAreToldSo(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		boss := c.boss(t)
		a, secret, err := c.Invite(t.Context(), boss, "Boris", "boris@example.org", people.Answerer, nil)
		must(t, err)
		_, err = c.SignIn(t.Context(), a.Email, "")
		refused(t, err, "error.people.sign_in") // no password was chosen yet
		_, err = c.Accept(t.Context(), secret, people.NewAccount{Password: "battery staple"})
		must(t, err)
		reset, err := c.NewLink(t.Context(), boss, a.ID)
		must(t, err)
		must(t, c.ChangeAgent(t.Context(), boss, a.ID, people.Answerer, true, nil))
		_, err = c.SignIn(t.Context(), a.Email, "battery staple")
		refused(t, err, "error.people.disabled")
		_, err = c.Accept(t.Context(), reset, people.NewAccount{Password: "staple battery"})
		refused(t, err, "error.people.disabled")
	})
}
