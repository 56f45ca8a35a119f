package people_test

import (
	"testing"
	"time"

	"okno/tickets/people"
)

func TestEntryLinkSignsInOnceAndDoesNothingElse(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		boss := c.boss(t)
		secret, err := c.EntryLink(t.Context(), boss.ID)
		must(t, err)
		_, err = c.Accept(t.Context(), secret, people.NewAccount{Password: "battery staple"})
		refused(t, err, "error.people.link")
		if a, err := c.Enter(t.Context(), secret); err != nil || a.ID != boss.ID {
			t.Fatal(a, err)
		}
		_, err = c.Enter(t.Context(), secret)
		refused(t, err, "error.people.link")
		reset, err := c.NewLink(t.Context(), boss, boss.ID)
		must(t, err)
		_, err = c.Enter(t.Context(), reset)
		refused(t, err, "error.people.link")
		if secret, err = c.EntryLink(t.Context(), boss.ID); err != nil {
			t.Fatal(err)
		}
		c.pass(time.Hour)
		_, err = c.Enter(t.Context(), secret)
		refused(t, err, "error.people.link")
	})
}
