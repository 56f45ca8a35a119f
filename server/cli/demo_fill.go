package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"okno/server"
	"okno/server/config"
	filling "okno/server/demo"
	"okno/tickets/people"
)

// fill fills the data directory and tells what is in it.
func (d demo) fill(ctx context.Context, s *session) (err error) {
	c, err := s.checked()
	if err != nil {
		return err
	}
	clock := filling.NewClock(s.Now)
	rooms, err := server.Open(ctx, c, server.Options{Now: clock.Now, Log: s.Err})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rooms.Close()) }()
	begun := s.Now()
	desk := filling.Desk{Store: rooms.Store, People: rooms.People, Clock: clock, Followers: []string{server.FollowerNotify}}
	staff, err := filling.Fill(ctx, desk, filling.Filling{Tickets: int(d.Fill), Seed: d.Seed})
	if errors.Is(err, filling.ErrNotEmpty) {
		return fmt.Errorf("%s has tickets already; choose an empty directory with --data", c.Data)
	}
	if err != nil {
		return fmt.Errorf("fill %s: %w", c.Data, err)
	}
	filled := s.Now()
	found, err := filling.Inspect(ctx, rooms.Store, int(d.Fill))
	if err != nil {
		return fmt.Errorf("read %s back: %w", c.Data, err)
	}
	printFilled(s, staff, found, filled.Sub(begun))
	return welcome(ctx, s, c, rooms.People, staff.Administrator)
}

func printFilled(s *session, who filling.Staff, what filling.Contents, took time.Duration) {
	out := message.NewPrinter(language.English)
	_, _ = out.Fprintf(s.Out, "Filled in %.1f s and read back without a fault:\n"+
		"  %d tickets, %d of them open\n  %d messages, %d events\n  %d people, %d agents, %d teams\nContent hash %s\n\n",
		took.Seconds(), what.Tickets, what.Open, what.Messages, what.Events, who.Persons, who.Agents, who.Teams, what.Hash)
}

// welcome prints how to sign in.
func welcome(ctx context.Context, s *session, c config.Config, desk *people.Service, a people.Agent) error {
	secret, err := desk.NewLink(ctx, people.Agent{}, a.ID)
	if err != nil {
		return fmt.Errorf("make the link: %w", err)
	}
	_, err = fmt.Fprintf(s.Out, "Start the desk with the same settings. %s, an administrator, chooses a password here, once, within 72 hours:\n\n    %s/join/%s\n",
		a.Email, c.URL(c.Listen), secret)
	return err
}
