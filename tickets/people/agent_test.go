package people_test

import (
	"slices"
	"testing"
	"time"

	"okno/tickets/people"
)

func TestInviteIsAcceptedOnceWithTheInvitedAddress(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		boss := c.boss(t)
		team, err := c.SaveTeam(t.Context(), boss, people.Team{Name: "First line"})
		must(t, err)
		a, secret, err := c.Invite(t.Context(), boss, " Boris ", "Boris@Example.org", people.Answerer, []int64{team.ID})
		if err != nil || a.Name != "Boris" || a.Email != "boris@example.org" || a.PasswordHash != "" {
			t.Fatal(a, err)
		}
		if who, err := c.LinkAgent(t.Context(), secret); err != nil || who.ID != a.ID {
			t.Error(who, err)
		}
		_, err = c.Accept(t.Context(), secret, people.NewAccount{Password: "short"})
		refused(t, err, "error.people.password.short")
		got, err := c.Accept(t.Context(), secret, people.NewAccount{Name: "Борис", Email: "other@example.org", Password: "battery staple", Language: "ru"})
		if err != nil || got.Email != a.Email || got.Name != "Борис" || got.Language != "ru" {
			t.Fatal(got, err)
		}
		_, err = c.Accept(t.Context(), secret, people.NewAccount{Password: "another one 1"})
		refused(t, err, "error.people.link")
		if p, err := c.store.Person(t.Context(), got.PersonID); err != nil || p.Name != "Борис" || p.Language != "ru" {
			t.Error(p, err)
		}
		if team, err = c.store.Team(t.Context(), team.ID); err != nil || !slices.Equal(team.Members, []int64{a.ID}) {
			t.Error(team, err)
		}
		if _, err := c.SignIn(t.Context(), a.Email, "battery staple"); err != nil {
			t.Error(err)
		}
	})
}

func TestInviteIsRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		boss := c.boss(t)
		for _, x := range []struct {
			by          people.Agent
			name, email string
			role        people.Role
			teams       []int64
			message     string
		}{
			{people.Agent{ID: 5, Role: people.Answerer}, "B", "b@example.org", people.Answerer, nil, "error.people.denied"},
			{boss, " ", "b@example.org", people.Answerer, nil, "error.people.name.empty"},
			{boss, "B", "b at example.org", people.Answerer, nil, "error.people.email.form"},
			{boss, "B", "ANNA@example.org", people.Answerer, nil, "error.people.email.taken"},
			{boss, "B", "b@example.org", "owner", nil, "error.people.role"},
			{boss, "B", "b@example.org", people.Answerer, []int64{77}, "error.people.team.missing"},
		} {
			_, _, err := c.Invite(t.Context(), x.by, x.name, x.email, x.role, x.teams)
			refused(t, err, x.message)
		}
		if all, err := c.store.Agents(t.Context()); err != nil || len(all) != 1 || c.names(t, "b") != nil {
			t.Errorf("a refusal left traces: %v, %v", all, err)
		}
	})
}

func TestNewLinkEndsTheOneBefore(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		boss := c.boss(t)
		a, first, err := c.Invite(t.Context(), boss, "Boris", "boris@example.org", people.Answerer, nil)
		must(t, err)
		second, err := c.NewLink(t.Context(), boss, a.ID)
		must(t, err)
		_, err = c.LinkAgent(t.Context(), first)
		refused(t, err, "error.people.link")
		c.pass(71 * time.Hour) // still an invitation: there is no password
		_, err = c.Accept(t.Context(), second, people.NewAccount{Password: "battery staple"})
		must(t, err)
		reset, err := c.NewLink(t.Context(), boss, a.ID)
		must(t, err)
		c.pass(30 * time.Minute)
		_, err = c.LinkAgent(t.Context(), reset)
		refused(t, err, "error.people.link")
		_, err = c.NewLink(t.Context(), boss, 77)
		refused(t, err, "error.people.agent.missing")
		_, err = c.NewLink(t.Context(), a, boss.ID)
		refused(t, err, "error.people.denied")
	})
}

func TestProfileIsOnesOwn(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		boss := c.boss(t)
		good := people.Profile{Name: " Анна  Л. ", Language: "ru", Theme: "dark", TimeZone: "Europe/Moscow", Signature: "Анна"}
		got, err := c.ChangeProfile(t.Context(), boss, good)
		if err != nil || got.Name != "Анна Л." || got.Theme != "dark" || got.Role != people.Administrator || got.PasswordHash == "" {
			t.Fatal(got, err)
		}
		if p, err := c.store.Person(t.Context(), boss.PersonID); err != nil || p.Name != "Анна Л." || p.Language != "ru" {
			t.Error(p, err)
		}
		for message, spoil := range map[string]func(*people.Profile){
			"error.people.name.empty":     func(p *people.Profile) { p.Name = "" },
			"error.people.language":       func(p *people.Profile) { p.Language = "de" },
			"error.people.theme":          func(p *people.Profile) { p.Theme = "pink" },
			"error.people.time_zone":      func(p *people.Profile) { p.TimeZone = "Mars/Base" },
			"error.people.signature.long": func(p *people.Profile) { p.Signature = string(make([]rune, 2001)) },
		} {
			bad := good
			spoil(&bad)
			_, err := c.ChangeProfile(t.Context(), boss, bad)
			refused(t, err, message)
		}
	})
}

func TestPasswordIsChangedByWhoKnowsIt(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		boss := c.boss(t)
		reset, err := c.NewLink(t.Context(), boss, boss.ID)
		must(t, err)
		refused(t, c.ChangePassword(t.Context(), boss, "wrong", "battery staple"), "error.people.password.wrong")
		refused(t, c.ChangePassword(t.Context(), boss, "correct horse", "anna@example.org"), "error.people.password.email")
		must(t, c.ChangePassword(t.Context(), boss, "correct horse", "battery staple"))
		_, err = c.SignIn(t.Context(), boss.Email, "battery staple")
		must(t, err)
		_, err = c.LinkAgent(t.Context(), reset)
		refused(t, err, "error.people.link") // a changed password ends the links to set one
	})
}

func TestTeamsAreSaved(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		boss := c.boss(t)
		team, err := c.SaveTeam(t.Context(), boss, people.Team{Name: " First  line ", Members: []int64{boss.ID, boss.ID}})
		if err != nil || team.ID == 0 || team.Name != "First line" || !slices.Equal(team.Members, []int64{boss.ID}) {
			t.Fatal(team, err)
		}
		_, err = c.SaveTeam(t.Context(), boss, people.Team{Name: "First line"})
		refused(t, err, "error.people.team.taken")
		other, err := c.SaveTeam(t.Context(), boss, people.Team{Name: "Second line"})
		must(t, err)
		_, err = c.SaveTeam(t.Context(), boss, people.Team{ID: other.ID, Name: "First line"})
		refused(t, err, "error.people.team.taken")
		_, err = c.SaveTeam(t.Context(), boss, people.Team{Name: "Third", Members: []int64{77}})
		refused(t, err, "error.people.agent.missing")
		_, err = c.SaveTeam(t.Context(), boss, people.Team{ID: 77, Name: "Third"})
		refused(t, err, "error.people.team.missing")
		_, err = c.SaveTeam(t.Context(), boss, people.Team{ID: team.ID, Name: "Line one"})
		must(t, err)
		must(t, c.ChangeAgent(t.Context(), boss, boss.ID, people.Administrator, false, []int64{other.ID}))
		all, err := c.store.Teams(t.Context())
		if err != nil || len(all) != 2 || all[0].Name != "Line one" || len(all[0].Members) != 0 || !slices.Equal(all[1].Members, []int64{boss.ID}) {
			t.Errorf("teams %+v, %v", all, err)
		}
	})
}
