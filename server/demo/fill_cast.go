package demo

import (
	"context"
	"fmt"
	"math/rand/v2"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets/people"
)

// The size of a filled desk, tickets aside.
const (
	teamCount   = 10
	agentCount  = 30
	personCount = 5000
)

// network is that of the only channel.
const network = "email"

// cast is everybody in a filled desk.
type cast struct {
	askers  []asker
	persons map[int64]people.Person
	helpers []people.Agent // the first is an administrator
	agents  map[int64]people.Agent
	teams   []people.Team
	channel int64
}

type asker struct {
	id       int64
	address  channels.Address
	language string
}

// hire makes everybody by the usual use cases, in one transaction.
func hire(ctx context.Context, d Desk, dice *rand.Rand) (*cast, error) {
	c := &cast{persons: map[int64]people.Person{}, agents: map[int64]people.Agent{}}
	err := d.Store.InTx(ctx, func(ctx context.Context) error {
		for _, make := range []func(context.Context, Desk, folk, *rand.Rand) error{c.hireAgents, c.makeTeams, c.meet, c.connect} {
			if err := make(ctx, d, newFolk(), dice); err != nil {
				return err
			}
		}
		return nil
	})
	return c, err
}

func (c *cast) hireAgents(ctx context.Context, d Desk, f folk, dice *rand.Rand) error {
	for i := range agentCount {
		role := people.Answerer
		if i == 0 {
			role = people.Administrator
		}
		who := f.person(i, "desk.example", dice)
		a, _, err := d.People.Invite(ctx, people.Agent{Language: who.language}, who.name, who.address, role, nil)
		if err != nil {
			return fmt.Errorf("invite %s: %w", who.address, err)
		}
		c.helpers, c.agents[a.ID] = append(c.helpers, a), a
	}
	return nil
}

// teamNames are in both languages, as in a real house.
func teamNames() [teamCount]string {
	return [teamCount]string{"Поддержка", "Продажи", "Бухгалтерия", "Доставка", "Кадры", "Support", "Accounts", "Logistics", "Network", "Security"}
}

// makeTeams gives every team three agents and some a fourth.
func (c *cast) makeTeams(ctx context.Context, d Desk, _ folk, dice *rand.Rand) error {
	for i, name := range teamNames() {
		members := []int64{c.helpers[dice.IntN(agentCount)].ID}
		for k := range agentCount / teamCount {
			members = append(members, c.helpers[i+k*teamCount].ID)
		}
		t, err := d.People.SaveTeam(ctx, people.Agent{}, people.Team{Name: name, Members: members})
		if err != nil {
			return fmt.Errorf("make team %s: %w", name, err)
		}
		c.teams = append(c.teams, t)
	}
	return nil
}

func (c *cast) meet(ctx context.Context, d Desk, f folk, dice *rand.Rand) error {
	for i := range personCount {
		who := f.person(i, "people.example", dice)
		p, err := d.People.Known(ctx, network, who.address, who.name, who.language)
		if err != nil {
			return fmt.Errorf("meet %s: %w", who.address, err)
		}
		c.persons[p.ID] = p
		to := channels.Address{Network: network, ID: who.address, Name: who.name}
		c.askers = append(c.askers, asker{p.ID, to, who.language})
	}
	return nil
}

// connect makes the channel everything came by. It is switched off: nothing is
// fetched and nothing leaves.
func (c *cast) connect(ctx context.Context, d Desk, _ folk, _ *rand.Rand) error {
	c.channel = d.Store.NewID()
	err := d.Store.InsertChannel(ctx, hub.Channel{
		Connection: channels.Connection{ID: c.channel, Kind: network, Name: "help@desk.example",
			Settings: map[string]string{"address": "help@desk.example"}},
		State: channels.State{OK: true}, CreatedAt: d.Store.Now(ctx), Version: 1,
	})
	if err != nil {
		return fmt.Errorf("make the channel: %w", err)
	}
	return nil
}

// asker chooses who writes: a few write often.
func (c *cast) asker(dice *rand.Rand) asker {
	n := len(c.askers)
	return c.askers[min(dice.IntN(n), dice.IntN(n), dice.IntN(n))]
}

// team chooses a team: the first ones get most.
func (c *cast) team(dice *rand.Rand) people.Team {
	return c.teams[min(dice.IntN(len(c.teams)), dice.IntN(len(c.teams)))]
}

// helper chooses an agent of a team.
func (c *cast) helper(t people.Team, dice *rand.Rand) people.Agent {
	return c.agents[t.Members[dice.IntN(len(t.Members))]]
}
