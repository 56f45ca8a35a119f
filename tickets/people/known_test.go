package people_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"okno/tickets/people"
)

func TestKnownLearnsWhatWasMissing(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		first, err := c.Known(t.Context(), "email", "ira@example.org", "", "")
		if err != nil || first.Name != "ira@example.org" {
			t.Fatal(first, err)
		}
		for _, call := range [][2]string{{"Ира", ""}, {"Somebody Else", "ru"}, {"", "en"}} {
			p, err := c.Known(t.Context(), "email", "ira@example.org", call[0], call[1])
			if err != nil || p.ID != first.ID || p.Name != "Ира" {
				t.Fatal(p, err)
			}
		}
		if p, err := c.store.Person(t.Context(), first.ID); err != nil || p.Name != "Ира" || p.Language != "ru" {
			t.Error(p, err)
		}
	})
}

func TestAgentBehindAnAddress(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		p, err := c.Known(t.Context(), "email", "boris@example.org", "Boris", "")
		must(t, err)
		boss := c.boss(t)
		a, _, err := c.Invite(t.Context(), boss, "Boris", "boris@example.org", people.Answerer, nil)
		if err != nil || a.PersonID != p.ID {
			t.Fatal(a, err) // somebody who wrote before is the same person as an agent
		}
		if got, err := c.AgentBehind(t.Context(), "email", "boris@example.org"); err != nil || got.ID != a.ID {
			t.Error(got, err)
		}
		must(t, c.ChangeAgent(t.Context(), boss, a.ID, people.Answerer, true, nil))
		for _, address := range []string{"boris@example.org", "nobody@example.org"} {
			if _, err := c.AgentBehind(t.Context(), "email", address); !errors.Is(err, people.ErrMissing) {
				t.Errorf("%s: %v", address, err)
			}
		}
	})
}

// TestFirstMailsOfOneAddressAtOnce holds the first transaction open until the
// others have looked for the person and found nobody.
func TestFirstMailsOfOneAddressAtOnce(t *testing.T) {
	c := newCrew(t, cluster.Database(t))
	const callers = 4
	var looked, done sync.WaitGroup
	looked.Add(callers)
	found := make([]people.Person, callers)
	for i := range callers {
		done.Go(func() {
			var once sync.Once
			err := c.store.InTx(t.Context(), func(ctx context.Context) (err error) {
				if _, err := c.store.IdentityOwner(ctx, "email", "new@example.org"); !errors.Is(err, people.ErrMissing) {
					once.Do(looked.Done)
					return errors.Join(errors.New("known already"), err)
				}
				once.Do(looked.Done)
				looked.Wait()
				found[i], err = c.Known(ctx, "email", "new@example.org", "Newcomer", "")
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	for _, p := range found {
		if p.ID != found[0].ID {
			t.Errorf("two persons: %d and %d", p.ID, found[0].ID)
		}
	}
	if got := c.names(t, "newcomer"); len(got) != 1 {
		t.Errorf("%d persons of one address", len(got))
	}
}
