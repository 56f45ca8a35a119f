package people_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"okno/tickets/people"
)

// crew keeps agents and links in maps; what it does not have panics.
type crew struct {
	people.Store
	at     time.Time
	id     int64
	agents map[int64]people.Agent
	links  map[string]people.Link
}

func (c *crew) InTx(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }
func (c *crew) Now(context.Context) time.Time                                  { return c.at }
func (c *crew) NewID() int64                                                   { c.id++; return c.id }

func (c *crew) Agents(context.Context) (out []people.Agent, _ error) {
	for _, a := range c.agents {
		out = append(out, a)
	}
	return out, nil
}

func (c *crew) Agent(_ context.Context, id int64) (people.Agent, error) {
	a, ok := c.agents[id]
	if !ok {
		return a, people.ErrMissing
	}
	return a, nil
}

func (c *crew) AgentByEmail(_ context.Context, email string) (people.Agent, error) {
	for _, a := range c.agents {
		if a.Email == email {
			return a, nil
		}
	}
	return people.Agent{}, people.ErrMissing
}

func (c *crew) InsertAgent(_ context.Context, a people.Agent) error { c.agents[a.ID] = a; return nil }
func (c *crew) UpdateAgent(_ context.Context, a people.Agent) error { c.agents[a.ID] = a; return nil }
func (c *crew) InsertPerson(context.Context, people.Person) error   { return nil }
func (c *crew) PutIdentity(context.Context, people.Identity) error  { return nil }
func (c *crew) Teams(context.Context) ([]people.Team, error)        { return nil, nil }
func (c *crew) IdentityOwner(context.Context, string, string) (people.Person, error) {
	return people.Person{}, people.ErrMissing
}

func (c *crew) Link(_ context.Context, hash string) (people.Link, error) {
	l, ok := c.links[hash]
	if !ok {
		return l, people.ErrMissing
	}
	return l, nil
}

func (c *crew) PutLink(_ context.Context, l people.Link) error { c.links[l.Hash] = l; return nil }

func (c *crew) UseLink(_ context.Context, hash string, now time.Time) error {
	l := c.links[hash]
	l.UsedAt = now
	c.links[hash] = l
	return nil
}

func (c *crew) EndLinks(_ context.Context, kind people.LinkKind, agent int64) error {
	for h, l := range c.links {
		if l.Kind == kind && l.AgentID == agent && l.UsedAt.IsZero() {
			delete(c.links, h)
		}
	}
	return nil
}

// plain counts comparisons; its hashes are the passwords.
type plain struct{ compared int }

func (p *plain) Hash(password string) (string, error) { return "h:" + password, nil }
func (p *plain) Matches(password, hash string) (bool, error) {
	p.compared++
	return "h:"+password == hash, nil
}

func refused(t *testing.T, err error, message string) {
	t.Helper()
	var f *people.Fault
	if !errors.As(err, &f) || f.Message != message {
		t.Errorf("got %v, want %s", err, message)
	}
}

func newCrew() (*crew, *plain, *people.Service) {
	c := &crew{at: time.Unix(1e9, 0), agents: map[int64]people.Agent{}, links: map[string]people.Link{}}
	h := &plain{}
	return c, h, people.NewService(c, h)
}

func TestSetupLinkWorksOnceAndInTime(t *testing.T) {
	c, _, s := newCrew()
	old, _ := s.SetupLink(t.Context())
	secret, _ := s.SetupLink(t.Context())
	n := people.NewAccount{Name: "Anna", Email: "Anna@Example.org", Password: "correct horse"}
	_, err := s.FirstAdministrator(t.Context(), old, n)
	refused(t, err, "error.people.link")
	c.at = c.at.Add(31 * time.Minute)
	_, err = s.FirstAdministrator(t.Context(), secret, n)
	refused(t, err, "error.people.link")
	secret, _ = s.SetupLink(t.Context())
	a, err := s.FirstAdministrator(t.Context(), secret, n)
	if err != nil || a.Email != "anna@example.org" {
		t.Fatal(a, err)
	}
	_, err = s.FirstAdministrator(t.Context(), secret, n)
	refused(t, err, "error.people.setup.done")
	err = s.ChangeAgent(t.Context(), a, a.ID, people.Answerer, false, nil)
	refused(t, err, "error.people.administrator.last")
}

func TestSignInTellsStrangersNothing(t *testing.T) {
	_, h, s := newCrew()
	n := people.NewAccount{Name: "Anna", Email: "anna@example.org", Password: "correct horse"}
	if _, err := s.FirstAdministrator(t.Context(), "", n); err != nil {
		t.Fatal(err)
	}
	for _, email := range []string{"anna@example.org", "nobody@example.org"} {
		h.compared = 0
		_, err := s.SignIn(t.Context(), email, "wrong")
		refused(t, err, "error.people.sign_in")
		if h.compared != 1 {
			t.Errorf("%s: %d comparisons", email, h.compared)
		}
	}
	if a, err := s.SignIn(t.Context(), " ANNA@example.org", "correct horse"); err != nil || a.LastSeenAt.IsZero() {
		t.Error(a, err)
	}
}
