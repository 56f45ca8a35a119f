package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"okno/server/config"
	state "okno/server/health"
)

// health asks the desk that listens where the settings say.
type health struct{}

// answerWithin bounds the whole question.
const answerWithin = 10 * time.Second

// Run implements the command.
func (health) Run(ctx context.Context, s *session) error {
	c, err := s.checked()
	if err != nil {
		return err
	}
	// The address listened on is asked, not the public one, which may lead
	// through a proxy that is not up.
	url := config.Config{}.URL(c.Listen)
	r, err := ask(ctx, url+"/readyz")
	if err != nil {
		return fmt.Errorf("the desk at %s does not answer: %w", url, err)
	}
	return report(s, url, r)
}

func ask(ctx context.Context, url string) (r state.Readiness, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return r, err
	}
	res, err := (&http.Client{}).Do(req)
	if err != nil {
		return r, err
	}
	defer func() { _ = res.Body.Close() }()
	if err := json.NewDecoder(res.Body).Decode(&r); err != nil {
		return r, fmt.Errorf("read its answer (status %d): %w", res.StatusCode, err)
	}
	return r, nil
}

// report prints one line for the database and one for each channel.
func report(s *session, url string, r state.Readiness) error {
	state := func(ok bool, reason string) string {
		if ok {
			return "ok"
		}
		return "not ok: " + reason
	}
	_, _ = fmt.Fprintf(s.Out, "%s\ndatabase   %s\n", url, state(r.OK, r.Database))
	for _, c := range r.Channels {
		_, _ = fmt.Fprintf(s.Out, "channel %d (%s)   %s\n", c.ID, c.Kind, state(c.OK, c.Reason))
	}
	if !r.OK {
		return errSilent
	}
	return nil
}
