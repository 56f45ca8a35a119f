package catalog

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"okno/server/formfile"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// Requests carries in the request types of a file and publishes those that are
// not offered so already.
func (a *Applier) Requests(ctx context.Context, f formfile.File) ([]Outcome, error) {
	have, err := a.desk.RequestDrafts(ctx, a.by)
	if err != nil {
		return nil, err
	}
	teams, err := a.teams.Teams(ctx)
	if err != nil {
		return nil, fmt.Errorf("load teams: %w", err)
	}
	var done []Outcome
	for i, t := range f.Requests {
		o, err := a.request(ctx, have, teams, t)
		if err != nil {
			return nil, at("requests."+strconv.Itoa(i), err)
		}
		done = append(done, o)
	}
	return done, nil
}

func (a *Applier) request(ctx context.Context, have []tickets.RequestDraft, teams []people.Team, t forms.RequestType) (Outcome, error) {
	t, err := named(t, teams)
	if err != nil {
		return Outcome{}, err
	}
	o := Outcome{What: "request", Key: t.Key, Became: Made}
	if i := slices.IndexFunc(have, func(d tickets.RequestDraft) bool { return d.Type.Key == t.Key }); i >= 0 {
		t.ID = have[i].Type.ID
		if o, err = a.compared(ctx, have[i], t); err != nil || !o.news() {
			return o, err
		}
	}
	d, err := a.desk.SaveRequestDraft(ctx, a.by, t, 0)
	if err != nil {
		return o, err
	}
	made, err := a.desk.Publish(ctx, a.by, d.Type.ID)
	o.Version = made.Version
	return o, err
}

// compared compares a request with what is offered now.
func (a *Applier) compared(ctx context.Context, d tickets.RequestDraft, t forms.RequestType) (Outcome, error) {
	if d.Published == 0 {
		return Outcome{What: "request", Key: t.Key, Became: Made}, nil
	}
	is, err := a.desk.RequestType(ctx, d.Type.ID, d.Published)
	if err != nil {
		return Outcome{}, err
	}
	o := became("request", t.Key, []forms.RequestType{is}, 0, t)
	if is.TeamID != t.TeamID {
		o.Became, o.Parts = Changed, append(o.Parts, "team")
	}
	return o, nil
}

// named is a request with the id of its team in place of the name.
func named(t forms.RequestType, teams []people.Team) (forms.RequestType, error) {
	if t.Team == "" {
		return t, nil
	}
	i := slices.IndexFunc(teams, func(x people.Team) bool { return x.Name == t.Team })
	if i < 0 {
		return t, tickets.NewError(tickets.Invalid, "team", "error.request.team", "team", t.Team)
	}
	t.Team, t.TeamID = "", teams[i].ID
	return t, nil
}

// Export is a file of everything the desk offers, which Applier takes again.
func Export(ctx context.Context, desk *tickets.Service, teams Teams) (formfile.File, error) {
	c, err := desk.Catalog(ctx, tickets.System())
	if err != nil {
		return formfile.File{}, err
	}
	all, err := teams.Teams(ctx)
	if err != nil {
		return formfile.File{}, fmt.Errorf("load teams: %w", err)
	}
	f := formfile.File{Sections: c.Menu.Sections, Topics: c.Menu.Topics, Lists: c.Lists, Requests: slices.Clone(c.Types)}
	for i, t := range f.Requests {
		if n := slices.IndexFunc(all, func(x people.Team) bool { return x.ID == t.TeamID }); n >= 0 {
			f.Requests[i].Team = all[n].Name
		}
	}
	return f, nil
}
