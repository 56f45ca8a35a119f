package tickets

import (
	"context"
	"slices"
	"strings"

	"okno/tickets/forms"
	"okno/tickets/people"
)

// approvers answers the persons a stage asks, each once, in the order it names
// them. Whoever asks for the ticket is left out where others are left; those who
// are blocked cannot answer.
func (s *Service) approvers(ctx context.Context, t Ticket, stage forms.Stage) ([]int64, error) {
	var found []int64
	for _, a := range stage.Approvers {
		ids, err := s.approver(ctx, t, a)
		if err != nil {
			return nil, err
		}
		found = append(found, ids...)
	}
	found, err := s.ableToAnswer(ctx, distinct(found))
	if err != nil {
		return nil, err
	}
	others := slices.DeleteFunc(slices.Clone(found), func(id int64) bool { return id == t.RequesterID })
	if len(others) > 0 {
		return others, nil
	}
	return found, nil
}

// approver answers the persons one entry of a stage means.
func (s *Service) approver(ctx context.Context, t Ticket, a forms.Approver) ([]int64, error) {
	switch a.Kind {
	case forms.ByAddress:
		return s.byAddress(ctx, a.Value)
	case forms.ByManager:
		p, err := s.store.Person(ctx, t.RequesterID)
		return []int64{p.ManagerID}, wrap("load requester", err)
	case forms.ByRole:
		return s.agentsWho(ctx, func(x people.Agent) bool { return string(x.Role) == a.Value })
	case forms.ByTeam:
		return s.membersOf(ctx, a.Value)
	case byPerson:
		return numbers([]string{a.Value}), nil
	}
	return nil, nil
}

// byAddress answers the person behind a mail address, who is made known at the
// first sight.
func (s *Service) byAddress(ctx context.Context, address string) ([]int64, error) {
	address = strings.ToLower(strings.TrimSpace(address))
	if !strings.Contains(address, "@") {
		return nil, nil
	}
	p, err := people.NewService(s.store, nil).Known(ctx, "email", address, "", "")
	return []int64{p.ID}, wrap("find approver", err)
}

// agentsWho answers the persons that agents of a sort are. Programs answer
// nothing, and those who left neither.
func (s *Service) agentsWho(ctx context.Context, is func(people.Agent) bool) ([]int64, error) {
	all, err := s.store.Agents(ctx)
	if err != nil {
		return nil, wrap("load agents", err)
	}
	var out []int64
	for _, a := range all {
		if !a.Disabled && !a.Program && is(a) {
			out = append(out, a.PersonID)
		}
	}
	return out, nil
}

func (s *Service) membersOf(ctx context.Context, team string) ([]int64, error) {
	all, err := s.store.Teams(ctx)
	if err != nil {
		return nil, wrap("load teams", err)
	}
	i := slices.IndexFunc(all, func(t people.Team) bool { return sameName(t.Name, team) })
	if i < 0 {
		return nil, nil
	}
	return s.agentsWho(ctx, func(a people.Agent) bool { return slices.Contains(all[i].Members, a.ID) })
}

// ableToAnswer leaves of some persons those who are there and not blocked.
func (s *Service) ableToAnswer(ctx context.Context, ids []int64) ([]int64, error) {
	known, err := s.store.Persons(ctx, ids)
	if err != nil {
		return nil, wrap("load approvers", err)
	}
	return slices.DeleteFunc(ids, func(id int64) bool {
		p, ok := known[id]
		return !ok || p.Blocked
	}), nil
}

// distinct keeps the first of equal numbers, and no zeros.
func distinct(ids []int64) []int64 {
	var out []int64
	for _, id := range ids {
		if id != 0 && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
