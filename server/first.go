package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/server/catalog"
	"okno/server/jobs"
	"okno/tickets/people"
)

// Seed gives a desk that was never used what people can ask for.
func (r *Rooms) Seed(ctx context.Context) error {
	if r.blank {
		return nil
	}
	return catalog.Seed(ctx, r.Tickets, r.Store)
}

// firstStart prints where the desk is. A new desk gets its request types; one
// without an administrator gets one from the configuration, or a one-time link
// to make one.
func (s *Server) firstStart(ctx context.Context) error {
	if err := s.Seed(ctx); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Okno is open at %s\n", s.URL())
	done, err := s.People.SetUp(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("look for an administrator: %w", err)
	case done:
		return s.removeSetupLink()
	case s.config.AdminEmail != "":
		return s.firstAdministrator(ctx)
	}
	return s.printSetupLink(ctx)
}

// firstAdministrator makes the administrator the configuration names.
func (s *Server) firstAdministrator(ctx context.Context) error {
	name, _, _ := strings.Cut(s.config.AdminEmail, "@")
	_, err := s.People.FirstAdministrator(ctx, "", people.NewAccount{
		Name: name, Email: s.config.AdminEmail, Password: s.config.AdminPassword,
	})
	if err != nil {
		return fmt.Errorf("make the administrator %s: %w", s.config.AdminEmail, s.explained(err))
	}
	fmt.Fprintf(s.out, "The administrator %s can sign in.\n", s.config.AdminEmail)
	return s.removeSetupLink()
}

// explained turns a refusal into English words.
func (s *Server) explained(err error) error {
	var f *people.Fault
	if !errors.As(err, &f) {
		return err
	}
	return errors.New(s.Explain(f.Message, f.Args))
}

// printSetupLink makes a fresh link; whoever can read the output or the file
// may become the administrator.
func (s *Server) printSetupLink(ctx context.Context) error {
	secret, err := s.People.SetupLink(ctx)
	if err != nil {
		return fmt.Errorf("make the set-up link: %w", err)
	}
	link := s.URL() + "/setup/" + secret
	if err := writePrivate(s.config.SetupLinkFile(), link+"\n"); err != nil {
		s.logger.Warn("keep the set-up link", "error", err)
	}
	// The key is the same at every start, so a fresh link moves the job.
	err = s.Store.PutJob(ctx, jobs.Job{Kind: jobExpireLink, Key: "file", RunAt: s.now().Add(linkLasts)})
	if err != nil {
		return fmt.Errorf("plan the end of the set-up link: %w", err)
	}
	fmt.Fprintf(s.out, "Set it up here, once, within 30 minutes (the link is also in %s):\n\n    %s\n\n",
		s.config.SetupLinkFile(), link)
	return nil
}

// writePrivate replaces a file by one that only its owner can read.
func writePrivate(path, text string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o600)
}

func (s *Server) removeSetupLink() error {
	err := os.Remove(s.config.SetupLinkFile())
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fmt.Errorf("remove the used set-up link: %w", err)
}

// forgetSetupLink removes the file once the link in it was used.
func (s *Server) forgetSetupLink(c *gin.Context) {
	c.Next()
	if c.Request.Method != http.MethodPost || !strings.HasPrefix(c.Request.URL.Path, "/setup/") {
		return
	}
	done, err := s.People.SetUp(context.WithoutCancel(c.Request.Context())) // who set the desk up may be gone already
	if err == nil && done {
		err = s.removeSetupLink()
	}
	if err != nil {
		s.logger.Warn("forget the set-up link", "error", err)
	}
}
