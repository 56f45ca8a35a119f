package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"okno/server"
	"okno/tickets/people"
)

// reset makes a link with which an agent chooses a new password. On PostgreSQL
// it works while the desk runs; on SQLite the desk has to be stopped.
type reset struct {
	Email string `arg:"" optional:"" help:"Who; may be left out where there is one administrator."`
}

// Run implements the command.
func (r reset) Run(ctx context.Context, s *session) (err error) {
	c, err := s.checked()
	if err != nil {
		return err
	}
	rooms, err := server.Visit(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rooms.Close()) }()
	agents, err := rooms.Store.Agents(ctx)
	if err != nil {
		return fmt.Errorf("load agents: %w", err)
	}
	who, err := r.choose(agents)
	if err != nil {
		return err
	}
	secret, err := rooms.People.NewLink(ctx, people.Agent{}, who.ID)
	if err != nil {
		return fmt.Errorf("make the link: %w", err)
	}
	_, err = fmt.Fprintf(s.Out, "%s chooses a new password here, once, within 30 minutes:\n\n    %s/join/%s\n", who.Email, c.URL(c.Listen), secret)
	return err
}

// choose finds the agent, or the only administrator.
func (r reset) choose(agents []people.Agent) (people.Agent, error) {
	var found []people.Agent
	for _, a := range agents {
		named := r.Email != "" && strings.EqualFold(a.Email, r.Email)
		only := r.Email == "" && a.Role == people.Administrator && !a.Disabled
		if named || only {
			found = append(found, a)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case r.Email != "":
		return people.Agent{}, fmt.Errorf("nobody signs in as %s", r.Email)
	case len(found) == 0:
		return people.Agent{}, errors.New("there is no administrator yet; start the desk, it prints a link to make one")
	}
	return people.Agent{}, errors.New("there are several administrators; say which: okno admin reset EMAIL")
}
