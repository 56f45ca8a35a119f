package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"okno/tickets"
	"okno/tickets/people"
)

// Agent is somebody who answers, or a program that does.
type Agent struct {
	ID         string     `json:"id" example:"7260152823512001"`
	Name       string     `json:"name" example:"Boris Black"`
	Email      string     `json:"email,omitempty" doc:"Missing for programs." example:"boris@example.org"`
	Role       string     `json:"role" enum:"administrator,agent"`
	Program    bool       `json:"program" doc:"Acts by its token only."`
	Disabled   bool       `json:"disabled" doc:"May not sign in."`
	Teams      []string   `json:"teams" nullable:"false" doc:"Ids of the teams they are in."`
	CreatedAt  time.Time  `json:"created_at"`
	LastSeenAt *time.Time `json:"last_seen_at,omitempty"`
}

// InvitedAgent is a new agent with the link to come in by.
type InvitedAgent struct {
	Agent
	Invitation string `json:"invitation" doc:"Send them this link; it works once, within 72 hours." example:"https://desk.example.org/join/..."`
}

type newAgentIn struct {
	Body struct {
		Name  string   `json:"name" minLength:"1" maxLength:"100" example:"Boris Black"`
		Email string   `json:"email" maxLength:"254" example:"boris@example.org"`
		Role  string   `json:"role,omitempty" enum:"administrator,agent" default:"agent"`
		Teams []string `json:"teams,omitempty" maxItems:"100" nullable:"false" doc:"Ids or names of teams." example:"[\"First line\"]"`
	}
}

// OfAgent names an agent in an address.
type OfAgent struct {
	ID string `path:"id" doc:"Id of the agent." example:"7260152823512001"`
}

type agentChangeIn struct {
	OfAgent
	Body struct {
		Role     *string   `json:"role,omitempty" enum:"administrator,agent"`
		Disabled *bool     `json:"disabled,omitempty"`
		Teams    *[]string `json:"teams,omitempty" maxItems:"100" nullable:"false" doc:"All teams they are in, by id or name."`
	}
}

type agentOut struct{ Body Agent }

type invitedOut struct {
	Location string `header:"Location"`
	Body     InvitedAgent
}

func (a *API) addAgents() {
	p := func(method, path, id, summary string, scope people.Scope) route {
		return route{method: method, path: "/agents" + path, id: id, tag: "Agents", scope: scope, summary: summary}
	}
	add(a, p(http.MethodGet, "", "listAgents", "List agents", people.ScopeRead), a.listAgents)
	fresh := p(http.MethodPost, "", "inviteAgent", "Invite an agent", people.ScopeAdmin)
	fresh.status = http.StatusCreated
	add(a, fresh, a.inviteAgent)
	add(a, p(http.MethodGet, "/{id}", "getAgent", "Read an agent", people.ScopeRead), a.getAgent)
	change := p(http.MethodPatch, "/{id}", "changeAgent", "Change an agent", people.ScopeAdmin)
	change.text = "Name, language and password are the agent's own."
	add(a, change, a.changeAgent)
}

func (a *API) listAgents(ctx context.Context, _ caller, _ *struct{}) (*list[Agent], error) {
	all, err := a.Store.Agents(ctx)
	if err != nil {
		return nil, fmt.Errorf("load agents: %w", err)
	}
	teams, err := a.Store.Teams(ctx)
	if err != nil {
		return nil, fmt.Errorf("load teams: %w", err)
	}
	out := make([]Agent, len(all))
	for i, one := range all {
		out[i] = agent(one, teams)
	}
	return listOf(out, ""), nil
}

func agent(one people.Agent, teams []people.Team) Agent {
	return Agent{
		ID: id(one.ID), Name: one.Name, Email: one.Email, Role: string(one.Role), Program: one.Program,
		Disabled: one.Disabled, Teams: texts(teamsOf(teams, one.ID)), CreatedAt: one.CreatedAt, LastSeenAt: moment(one.LastSeenAt),
	}
}

// teamsOf are the ids of the teams an agent is in.
func teamsOf(teams []people.Team, agent int64) (ids []int64) {
	for _, t := range teams {
		if slices.Contains(t.Members, agent) {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

func (a *API) inviteAgent(ctx context.Context, by caller, in *newAgentIn) (*invitedOut, error) {
	teams, err := a.teamIDs(ctx, in.Body.Teams)
	if err != nil {
		return nil, err
	}
	made, secret, err := a.People.Invite(ctx, by.agent, in.Body.Name, in.Body.Email, people.Role(in.Body.Role), teams)
	if err != nil {
		return nil, err
	}
	shown, err := a.agentOut(ctx, made.ID)
	if err != nil {
		return nil, err
	}
	return &invitedOut{
		Location: prefix + "/agents/" + id(made.ID),
		Body:     InvitedAgent{Agent: shown.Body, Invitation: a.PublicURL + "/join/" + secret},
	}, nil
}

// teamIDs finds teams by ids or names.
func (a *API) teamIDs(ctx context.Context, named []string) (ids []int64, err error) {
	for i, text := range named {
		field := fmt.Sprintf("teams/%d", i)
		n, err := a.team(ctx, field, text)
		if err == nil && n == 0 {
			err = tickets.NewError(tickets.Invalid, field, "error.team.unknown")
		}
		if err != nil {
			return nil, err
		}
		ids = append(ids, n)
	}
	return ids, nil
}

func (a *API) getAgent(ctx context.Context, _ caller, in *OfAgent) (*agentOut, error) {
	n, err := idOf(in.ID)
	if err != nil {
		return nil, err
	}
	return a.agentOut(ctx, n)
}

func (a *API) agentOut(ctx context.Context, id int64) (*agentOut, error) {
	one, err := a.Store.Agent(ctx, id)
	if err != nil {
		return nil, err
	}
	teams, err := a.Store.Teams(ctx)
	return &agentOut{Body: agent(one, teams)}, err
}

func (a *API) changeAgent(ctx context.Context, by caller, in *agentChangeIn) (*agentOut, error) {
	n, err := idOf(in.ID)
	if err != nil {
		return nil, err
	}
	err = a.Store.InTx(ctx, func(ctx context.Context) error {
		one, err := a.Store.Agent(ctx, n)
		if err != nil {
			return err
		}
		all, err := a.Store.Teams(ctx)
		if err != nil {
			return fmt.Errorf("load teams: %w", err)
		}
		teams := teamsOf(all, n)
		if in.Body.Teams != nil {
			if teams, err = a.teamIDs(ctx, *in.Body.Teams); err != nil {
				return err
			}
		}
		if in.Body.Role != nil {
			one.Role = people.Role(*in.Body.Role)
		}
		if in.Body.Disabled != nil {
			one.Disabled = *in.Body.Disabled
		}
		return a.People.ChangeAgent(ctx, by.agent, n, one.Role, one.Disabled, teams)
	})
	if err != nil {
		return nil, err
	}
	return a.agentOut(ctx, n)
}
