package people

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// mailNetwork is the network agents sign in with.
const mailNetwork = "email"

// Invite makes an agent without a password and a link to choose one.
func (s *Service) Invite(ctx context.Context, by Agent, name, email string, role Role, teams []int64) (a Agent, secret string, err error) {
	if err := administrators(by); err != nil {
		return Agent{}, "", err
	}
	if name, err = typedName(name); err != nil {
		return Agent{}, "", err
	}
	if email, err = typedEmail(email); err != nil {
		return Agent{}, "", err
	}
	if err := checkRole(role); err != nil {
		return Agent{}, "", err
	}
	err = s.store.InTx(ctx, func(ctx context.Context) error {
		a, err = s.insertAgent(ctx, Agent{Name: name, Email: email, Role: role, Language: language(by.Language)})
		if err != nil {
			return err
		}
		if err := s.setTeams(ctx, a.ID, teams); err != nil {
			return err
		}
		secret, err = s.issue(ctx, LinkInvite, a.ID)
		return err
	})
	if err != nil {
		return Agent{}, "", err
	}
	return a, secret, nil
}

func checkRole(r Role) error {
	if r != Administrator && r != Answerer {
		return fault(invalid, "role", "error.people.role")
	}
	return nil
}

// insertAgent keeps a new agent, who is a person with a proved address too.
func (s *Service) insertAgent(ctx context.Context, a Agent) (Agent, error) {
	if err := s.free(ctx, a.Email); err != nil {
		return Agent{}, err
	}
	p, err := s.personOf(ctx, a)
	if err != nil {
		return Agent{}, err
	}
	a.ID, a.PersonID, a.CreatedAt = s.store.NewID(), p.ID, s.store.Now(ctx)
	err = s.store.InsertAgent(ctx, a)
	if errors.Is(err, ErrTaken) {
		return Agent{}, fault(invalid, "email", "error.people.email.taken")
	}
	if err != nil {
		return Agent{}, fmt.Errorf("insert agent: %w", err)
	}
	return a, nil
}

// free refuses an address another agent signs in with.
func (s *Service) free(ctx context.Context, address string) error {
	_, err := s.store.AgentByEmail(ctx, address)
	switch {
	case err == nil:
		return fault(invalid, "email", "error.people.email.taken")
	case errors.Is(err, ErrMissing):
		return nil
	default:
		return fmt.Errorf("look for agent: %w", err)
	}
}

// personOf answers the person an agent is, known by the address already or new.
func (s *Service) personOf(ctx context.Context, a Agent) (Person, error) {
	i := Identity{Network: mailNetwork, Address: a.Email, VerifiedAt: s.store.Now(ctx)}
	p, err := s.met(ctx, i, Person{Name: a.Name, Language: a.Language})
	if err != nil {
		return Person{}, err
	}
	i.PersonID = p.ID
	if err := s.store.PutIdentity(ctx, i); err != nil {
		return Person{}, fmt.Errorf("put identity: %w", err)
	}
	return p, nil
}

// ChangeAgent changes role, teams and whether the agent may sign in. The last
// administrator cannot be disabled or demoted.
func (s *Service) ChangeAgent(ctx context.Context, by Agent, agent int64, role Role, disabled bool, teams []int64) error {
	if err := administrators(by); err != nil {
		return err
	}
	if err := checkRole(role); err != nil {
		return err
	}
	return s.store.InTx(ctx, func(ctx context.Context) error {
		a, err := s.agent(ctx, agent)
		if err != nil {
			return err
		}
		a.Role, a.Disabled = role, disabled
		if err := s.keepsAdministrator(ctx, a); err != nil {
			return err
		}
		if err := s.store.UpdateAgent(ctx, a); err != nil {
			return fmt.Errorf("update agent: %w", err)
		}
		return s.setTeams(ctx, agent, teams)
	})
}

// keepsAdministrator refuses a change after which nobody could change settings.
func (s *Service) keepsAdministrator(ctx context.Context, changed Agent) error {
	all, err := s.store.Agents(ctx)
	if err != nil {
		return fmt.Errorf("load agents: %w", err)
	}
	had := len(administratorsOf(all)) > 0
	for i := range all {
		if all[i].ID == changed.ID {
			all[i] = changed
		}
	}
	if had && len(administratorsOf(all)) == 0 {
		return fault(blocked, "role", "error.people.administrator.last")
	}
	return nil
}

// setTeams makes an agent a member of exactly these teams.
func (s *Service) setTeams(ctx context.Context, agent int64, teams []int64) error {
	all, err := s.store.Teams(ctx)
	if err != nil {
		return fmt.Errorf("load teams: %w", err)
	}
	for _, id := range teams {
		if !slices.ContainsFunc(all, func(t Team) bool { return t.ID == id }) {
			return fault(invalid, "teams", "error.people.team.missing")
		}
	}
	for _, t := range all {
		if err := s.setMember(ctx, t, agent, slices.Contains(teams, t.ID)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) setMember(ctx context.Context, t Team, agent int64, member bool) error {
	if slices.Contains(t.Members, agent) == member {
		return nil
	}
	if member {
		t.Members = sorted(append(slices.Clone(t.Members), agent))
	} else {
		t.Members = slices.DeleteFunc(slices.Clone(t.Members), func(id int64) bool { return id == agent })
	}
	if err := s.store.UpdateTeam(ctx, t); err != nil {
		return fmt.Errorf("update team: %w", err)
	}
	return nil
}

func sorted(ids []int64) []int64 {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}
