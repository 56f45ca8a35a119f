package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"okno/tickets/people"
)

// agent invites somebody new, or brings role, teams and access of a known
// agent to what the file says. The name of a known agent is the agent's own.
func (p *plan) agent(ctx context.Context, w wantedAgent) error {
	role := people.Role(w.Role.value)
	if role == "" {
		role = people.Answerer
	}
	teams, err := p.teamIDs(w.Teams)
	if err != nil {
		return err
	}
	a, err := p.rooms.Store.AgentByEmail(ctx, strings.ToLower(w.Email.value))
	if errors.Is(err, people.ErrMissing) {
		return p.invite(ctx, w, role, teams)
	}
	if err != nil {
		return fmt.Errorf("load agent: %w", err)
	}
	return p.changeAgent(ctx, a, w, role, teams)
}

func (p *plan) invite(ctx context.Context, w wantedAgent, role people.Role, teams []int64) error {
	name := w.Name.value
	if name == "" {
		name, _, _ = strings.Cut(w.Email.value, "@")
	}
	a, secret, err := p.rooms.People.Invite(ctx, people.Agent{}, name, w.Email.value, role, teams)
	if err != nil {
		return err
	}
	if w.Disabled {
		if err := p.rooms.People.ChangeAgent(ctx, people.Agent{}, a.ID, role, true, teams); err != nil {
			return err
		}
	}
	p.say("agent", w.Email.value, made+"; invitation, valid for 72 hours: "+p.url+"/join/"+secret)
	return nil
}

func (p *plan) changeAgent(ctx context.Context, a people.Agent, w wantedAgent, role people.Role, teams []int64) error {
	now, err := p.teamsOf(ctx, a.ID)
	if err != nil {
		return err
	}
	if w.Teams == nil {
		teams = now
	}
	if a.Role == role && a.Disabled == w.Disabled && slices.Equal(now, teams) {
		p.say("agent", w.Email.value, unchanged)
		return nil
	}
	if err := p.rooms.People.ChangeAgent(ctx, people.Agent{}, a.ID, role, w.Disabled, teams); err != nil {
		return err
	}
	p.say("agent", w.Email.value, changed)
	return nil
}

// teamsOf answers the ids of an agent's teams, sorted.
func (p *plan) teamsOf(ctx context.Context, agent int64) ([]int64, error) {
	list, err := p.rooms.Store.Teams(ctx)
	if err != nil {
		return nil, fmt.Errorf("load teams: %w", err)
	}
	var ids []int64
	for _, t := range list {
		if slices.Contains(t.Members, agent) {
			ids = append(ids, t.ID)
		}
	}
	slices.Sort(ids)
	return ids, nil
}
