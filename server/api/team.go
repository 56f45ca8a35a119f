package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"okno/tickets/people"
)

// Team owns tickets.
type Team struct {
	ID        string    `json:"id" example:"7260152823511001"`
	Name      string    `json:"name" example:"First line"`
	Members   []string  `json:"members" nullable:"false" doc:"Ids of agents."`
	CreatedAt time.Time `json:"created_at"`
}

type newTeamIn struct {
	Body struct {
		Name    string   `json:"name" minLength:"1" maxLength:"100" example:"First line"`
		Members []string `json:"members,omitempty" maxItems:"1000" nullable:"false" doc:"Ids or mail addresses of agents."`
	}
}

// OfTeam names a team in an address.
type OfTeam struct {
	ID string `path:"id" doc:"Id of the team." example:"7260152823511001"`
}

type teamChangeIn struct {
	OfTeam
	Body struct {
		Name    *string   `json:"name,omitempty" minLength:"1" maxLength:"100"`
		Members *[]string `json:"members,omitempty" maxItems:"1000" nullable:"false" doc:"All members, by id or mail address."`
	}
}

type teamOut struct {
	Location string `header:"Location"`
	Body     Team
}

func (a *API) addTeams() {
	p := func(method, path, id, summary string, scope people.Scope) route {
		return route{method: method, path: "/teams" + path, id: id, tag: "Teams", scope: scope, summary: summary}
	}
	add(a, p(http.MethodGet, "", "listTeams", "List teams", people.ScopeRead), a.listTeams)
	fresh := p(http.MethodPost, "", "addTeam", "Make a team", people.ScopeAdmin)
	fresh.status = http.StatusCreated
	add(a, fresh, a.addTeam)
	add(a, p(http.MethodGet, "/{id}", "getTeam", "Read a team", people.ScopeRead), a.getTeam)
	add(a, p(http.MethodPatch, "/{id}", "changeTeam", "Change a team", people.ScopeAdmin), a.changeTeam)
}

func (a *API) listTeams(ctx context.Context, _ caller, _ *struct{}) (*list[Team], error) {
	all, err := a.Store.Teams(ctx)
	out := make([]Team, len(all))
	for i, t := range all {
		out[i] = team(t)
	}
	return listOf(out, ""), err
}

func team(t people.Team) Team {
	return Team{ID: id(t.ID), Name: t.Name, Members: texts(t.Members), CreatedAt: t.CreatedAt}
}

func (a *API) addTeam(ctx context.Context, by caller, in *newTeamIn) (*teamOut, error) {
	members, err := a.memberIDs(ctx, by, in.Body.Members)
	if err != nil {
		return nil, err
	}
	t, err := a.People.SaveTeam(ctx, by.agent, people.Team{Name: in.Body.Name, Members: members})
	if err != nil {
		return nil, err
	}
	return &teamOut{Location: prefix + "/teams/" + id(t.ID), Body: team(t)}, nil
}

func (a *API) memberIDs(ctx context.Context, by caller, named []string) (ids []int64, err error) {
	for i, text := range named {
		n, err := a.agentNamed(ctx, by, "members/"+strconv.Itoa(i), text)
		if err != nil {
			return nil, err
		}
		ids = append(ids, n)
	}
	return ids, nil
}

func (a *API) getTeam(ctx context.Context, _ caller, in *OfTeam) (*teamOut, error) {
	n, err := idOf(in.ID)
	if err != nil {
		return nil, err
	}
	t, err := a.Store.Team(ctx, n)
	if err != nil {
		return nil, err
	}
	return &teamOut{Body: team(t)}, nil
}

func (a *API) changeTeam(ctx context.Context, by caller, in *teamChangeIn) (*teamOut, error) {
	n, err := idOf(in.ID)
	if err != nil {
		return nil, err
	}
	var t people.Team
	err = a.Store.InTx(ctx, func(ctx context.Context) error {
		if t, err = a.Store.Team(ctx, n); err != nil {
			return err
		}
		if in.Body.Name != nil {
			t.Name = *in.Body.Name
		}
		if in.Body.Members != nil {
			if t.Members, err = a.memberIDs(ctx, by, *in.Body.Members); err != nil {
				return err
			}
		}
		t, err = a.People.SaveTeam(ctx, by.agent, t)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &teamOut{Body: team(t)}, nil
}
