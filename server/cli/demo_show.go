package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"okno/server"
	"okno/server/config"
	story "okno/server/demo"
)

// anyPort is where a demo listens unless it is told otherwise.
const anyPort = "127.0.0.1:0"

// show runs a desk with made-up work in a directory that goes with it.
func (d demo) show(ctx context.Context, s *session) (err error) {
	listen, err := s.nearby()
	if err != nil {
		return err
	}
	begun := s.Now()
	dir, err := os.MkdirTemp("", "okno-demo-")
	if err != nil {
		return fmt.Errorf("make a directory: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	c := config.Config{Data: dir, Listen: listen, LogLevel: "warn", LogFormat: s.config.LogFormat}
	if err := config.Validate(c, s.sources); err != nil {
		return err
	}
	clock := story.NewClock(s.Now)
	desk, err := server.New(ctx, c, server.Options{Out: s.Out, Log: s.Err, Now: clock.Now, Demo: true})
	if err != nil {
		return err
	}
	told, link, err := tell(ctx, desk, clock)
	if err != nil {
		return errors.Join(err, desk.Close())
	}
	printTold(s, desk, told, link, s.Now().Sub(begun), dir)
	return desk.Run(ctx)
}

// nearby is where the demo listens: on this machine only, as everybody is let in
// who reaches it.
func (s *session) nearby() (string, error) {
	if s.config.Listen == config.DefaultListen {
		return anyPort, nil
	}
	host, _, err := net.SplitHostPort(s.config.Listen)
	ip := net.ParseIP(host)
	if err != nil || host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", &usageError{fmt.Errorf("a demo lets in everybody who reaches it, so it listens on this machine only: --listen 127.0.0.1:8080, not %s", s.config.Listen)}
	}
	return s.config.Listen, nil
}

// tell plays the story and makes the link that lets the visitor in.
func tell(ctx context.Context, desk *server.Server, clock *story.Clock) (story.Told, string, error) {
	if err := desk.Seed(ctx); err != nil {
		return story.Told{}, "", err
	}
	told, err := story.Tell(ctx, story.Stage{
		Desk:    story.Desk{Store: desk.Store, People: desk.People, Clock: clock, Followers: []string{server.FollowerNotify}},
		Tickets: desk.Tickets, Settings: desk.Store, Recall: desk.Recall,
	}, strings.ToLower(rand.Text()))
	if err != nil {
		return told, "", fmt.Errorf("furnish the demo: %w", err)
	}
	secret, err := desk.People.EntryLink(ctx, told.Administrator.ID)
	if err != nil {
		return told, "", fmt.Errorf("make the link: %w", err)
	}
	return told, desk.URL() + "/demo/" + secret, nil
}

func printTold(s *session, desk *server.Server, told story.Told, link string, took time.Duration, dir string) {
	_, _ = fmt.Fprintf(s.Out, `A desk to look around in, made in %.1f s: %d tickets, %d agents, %d people.
Everything is in %s and goes when you stop it with Ctrl+C.

Sign in with one click, once, within 30 minutes:

    %s

Later: %s, password %s

Write as somebody who needs help, in the chat beside:

    %s/pretend/

`, took.Seconds(), told.Tickets, told.Agents, told.Persons, dir, link, told.Administrator.Email, told.Password, desk.URL())
}
