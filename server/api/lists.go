package api

import (
	"context"
	"net/http"
	"time"

	"okno/tickets/fields"
	"okno/tickets/people"
)

// Name is a name in both languages of the desk.
type Name struct {
	EN string `json:"en" example:"Open"`
	RU string `json:"ru" example:"В работе"`
}

// Status is one of the statuses an administrator keeps.
type Status struct {
	ID       string `json:"id" example:"2"`
	Category string `json:"category" enum:"new,open,waiting,hold,solved,closed" doc:"What it means."`
	Name     Name   `json:"name"`
	Emoji    string `json:"emoji,omitempty"`
	Position int    `json:"position" doc:"Its place in the list."`
}

// Field is one of the desk's own fields of tickets.
type Field struct {
	Key      string        `json:"key" doc:"Names it in the fields of a ticket." example:"cost"`
	Type     string        `json:"type" doc:"What its values are." example:"money"`
	Name     Name          `json:"name"`
	Required bool          `json:"required"`
	Archived bool          `json:"archived" doc:"It is not asked any more."`
	Team     string        `json:"team,omitempty" doc:"Id of the team whose tickets have it; missing for all."`
	Options  []FieldOption `json:"options,omitempty" nullable:"false" doc:"What can be chosen."`
}

// FieldOption is one choice of a field.
type FieldOption struct {
	Key  string `json:"key" example:"broken"`
	Name Name   `json:"name"`
}

// Me is who asks.
type Me struct {
	Agent     Ref        `json:"agent" doc:"Whom the token acts as."`
	Scope     string     `json:"scope" enum:"read,write,admin"`
	Token     *Ref       `json:"token,omitempty" doc:"Missing for somebody who has signed in."`
	ExpiresAt *time.Time `json:"expires_at,omitempty" doc:"When the token ends; missing when it does not."`
}

type meOut struct{ Body Me }

func (a *API) addLists() {
	p := func(path, id, summary, text string) route {
		return route{method: http.MethodGet, path: path, id: id, tag: "Lists", scope: people.ScopeRead, summary: summary, text: text}
	}
	add(a, p("/statuses", "listStatuses", "List statuses", ""), a.listStatuses)
	add(a, p("/fields", "listFields", "List the desk's own fields", "A ticket carries their values by key, as text in one form: dates as 2026-11-21, amounts as 12.50 EUR, yes or no, options by key."), a.listFields)
	add(a, p("/me", "getMe", "See whom the token acts as", "The simplest request to try a token with."), a.me)
}

func (a *API) listStatuses(ctx context.Context, _ caller, _ *struct{}) (*list[Status], error) {
	all, err := a.Tickets.Statuses(ctx)
	out := make([]Status, len(all))
	for i, s := range all {
		out[i] = Status{ID: id(s.ID), Category: string(s.Category), Name: Name{s.NameEN, s.NameRU}, Emoji: s.Emoji, Position: s.Position}
	}
	return listOf(out, ""), err
}

func (a *API) listFields(ctx context.Context, _ caller, _ *struct{}) (*list[Field], error) {
	all, err := a.Tickets.AllFields(ctx)
	out := make([]Field, len(all))
	for i, f := range all {
		out[i] = field(f)
	}
	return listOf(out, ""), err
}

func field(f fields.Field) Field {
	out := Field{Key: f.Key, Type: string(f.Type), Name: Name{f.NameEN, f.NameRU}, Required: f.Required, Archived: f.Archived}
	if f.TeamID != 0 {
		out.Team = id(f.TeamID)
	}
	for _, o := range f.Options {
		out.Options = append(out.Options, FieldOption{Key: o.Key, Name: Name{o.NameEN, o.NameRU}})
	}
	return out
}

func (a *API) me(_ context.Context, by caller, _ *struct{}) (*meOut, error) {
	return &meOut{Me{
		Agent: Ref{id(by.agent.ID), by.agent.Name}, Scope: string(by.scope),
		Token: ref(by.token.ID, by.token.Name), ExpiresAt: moment(by.token.ExpiresAt),
	}}, nil
}
