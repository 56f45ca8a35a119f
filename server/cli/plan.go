package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"okno/channels/hub"
	"okno/server"
	"okno/tickets/people"
)

// plan carries out a file and keeps a line for each thing in it.
type plan struct {
	rooms *server.Rooms
	file  string
	url   string
	teams map[string]int64 // ids by name
	lines []string
}

// The words for what became of a thing.
const (
	made      = "made"
	changed   = "changed"
	unchanged = "unchanged"
)

func (p *plan) say(what, name, became string) {
	p.lines = append(p.lines, fmt.Sprintf("%s %s: %s", what, name, became))
}

// fault names the line of a thing that could not be done.
func (p *plan) fault(at text, what string, err error) error {
	var f *people.Fault
	if errors.As(err, &f) {
		err = errors.New(p.rooms.Explain(f.Message, f.Args))
	}
	var wrong hub.Faults
	if errors.As(err, &wrong) {
		err = errors.New(p.listed(wrong))
	}
	return fmt.Errorf("%s line %d: %s %s: %w", p.file, at.line, what, at.value, err)
}

// listed puts the faults of a channel's settings into one sentence.
func (p *plan) listed(faults hub.Faults) string {
	var parts []string
	for field, why := range faults {
		parts = append(parts, field+": "+p.rooms.Explain(why.Key, why.Args))
	}
	sort.Strings(parts)
	return strings.Join(parts, "; ")
}

func (p *plan) carryOut(ctx context.Context, w wanted) error {
	if err := p.loadTeams(ctx); err != nil {
		return err
	}
	for _, t := range w.Teams {
		if err := p.team(ctx, t); err != nil {
			return p.fault(t.Name, "team", err)
		}
	}
	for _, a := range w.Agents {
		if err := p.agent(ctx, a); err != nil {
			return p.fault(a.Email, "agent", err)
		}
	}
	for _, c := range w.Channels {
		if err := p.channel(ctx, c); err != nil {
			return p.fault(c.Name, "channel", err)
		}
	}
	return nil
}

func (p *plan) loadTeams(ctx context.Context) error {
	list, err := p.rooms.Store.Teams(ctx)
	if err != nil {
		return fmt.Errorf("load teams: %w", err)
	}
	p.teams = map[string]int64{}
	for _, t := range list {
		p.teams[t.Name] = t.ID
	}
	return nil
}

func (p *plan) team(ctx context.Context, w wantedTeam) error {
	if _, ok := p.teams[w.Name.value]; ok {
		p.say("team", w.Name.value, unchanged)
		return nil
	}
	t, err := p.rooms.People.SaveTeam(ctx, people.Agent{}, people.Team{Name: w.Name.value})
	if err != nil {
		return err
	}
	p.teams[w.Name.value] = t.ID
	p.say("team", w.Name.value, made)
	return nil
}

// teamID answers 0 for no name.
func (p *plan) teamID(name text) (int64, error) {
	id, ok := p.teams[name.value]
	if name.value != "" && !ok {
		return 0, fmt.Errorf("there is no team %q", name.value)
	}
	return id, nil
}

func (p *plan) teamIDs(names []text) (ids []int64, err error) {
	for _, n := range names {
		id, err := p.teamID(n)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}
