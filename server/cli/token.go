package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"okno/server"
	"okno/tickets/people"
)

// token groups the commands around tokens of the API. All of them work while
// the desk runs.
type token struct {
	Create tokenCreate `cmd:"" help:"Make a token and print it, once."`
	List   tokenList   `cmd:"" help:"List tokens, without their secrets."`
	Revoke tokenRevoke `cmd:"" help:"End a token."`
}

// tokenCreate makes a token.
type tokenCreate struct {
	Name    string `required:"" help:"What the log says after 'via'."`
	Scope   string `required:"" enum:"read,write,admin" help:"How much it may do: read, write or admin."`
	Expires string `help:"How long it works: 90d, 12h, 30m; for ever unless told."`
	As      string `help:"Mail address of the agent it acts as; a program of its own unless told."`
}

// Run implements the command. It prints nothing but the token, so that a script
// can take it.
func (t tokenCreate) Run(ctx context.Context, s *session) error {
	lasts, err := lastsFor(t.Expires)
	if err != nil {
		return &usageError{err}
	}
	return s.beside(ctx, func(rooms *server.Rooms) error {
		as, err := t.agent(ctx, rooms)
		if err != nil {
			return err
		}
		n := people.NewToken{Name: t.Name, Scope: people.Scope(t.Scope), Lasts: lasts, As: as}
		_, secret, err := rooms.People.MakeToken(ctx, people.Agent{}, n)
		if err != nil {
			return fmt.Errorf("make the token: %w", explained(rooms, err))
		}
		_, err = fmt.Fprintln(s.Out, secret)
		return err
	})
}

// agent is the one the token acts as; 0 for a program of its own.
func (t tokenCreate) agent(ctx context.Context, rooms *server.Rooms) (int64, error) {
	if t.As == "" {
		return 0, nil
	}
	a, err := rooms.Store.AgentByEmail(ctx, strings.ToLower(t.As))
	if errors.Is(err, people.ErrMissing) {
		return 0, fmt.Errorf("nobody signs in as %s", t.As)
	}
	return a.ID, err
}

// lastsFor reads a time such as 90d; 0 for none.
func lastsFor(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.Atoi(days)
		if err == nil && n > 0 && n <= mostDays {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	if d, err := time.ParseDuration(text); err == nil && d > 0 {
		return d, nil
	}
	return 0, fmt.Errorf("--expires %q is not a time such as 90d, 12h or 30m", text)
}

// mostDays is a hundred years.
const mostDays = 36_500

// tokenList lists tokens.
type tokenList struct{}

// Run implements the command.
func (tokenList) Run(ctx context.Context, s *session) error {
	return s.beside(ctx, func(rooms *server.Rooms) error {
		all, err := rooms.People.Tokens(ctx, people.Agent{})
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(s.Out, 0, 0, 2, ' ', 0)
		_, _ = fmt.Fprintln(w, "ID\tNAME\tSCOPE\tSTATE\tLAST USED")
		for _, t := range all {
			_, _ = fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\n", t.ID, t.Name, t.Scope, tokenState(t, rooms.Store.Now(ctx)), dayOf(t.LastUsedAt))
		}
		return w.Flush()
	})
}

func tokenState(t people.Token, now time.Time) string {
	switch {
	case !t.RevokedAt.IsZero():
		return "revoked"
	case t.Ended(now):
		return "expired"
	case t.ExpiresAt.IsZero():
		return "works"
	}
	return "works until " + dayOf(t.ExpiresAt)
}

func dayOf(at time.Time) string {
	if at.IsZero() {
		return "never"
	}
	return at.Format("2006-01-02 15:04 MST")
}

// tokenRevoke ends a token.
type tokenRevoke struct {
	Token string `arg:"" help:"Its id or its name, as 'okno token list' prints them."`
}

// Run implements the command.
func (t tokenRevoke) Run(ctx context.Context, s *session) error {
	return s.beside(ctx, func(rooms *server.Rooms) error {
		id, err := t.find(ctx, rooms)
		if err != nil {
			return err
		}
		return explained(rooms, rooms.People.RevokeToken(ctx, people.Agent{}, id))
	})
}

// find answers the one working token that was named.
func (t tokenRevoke) find(ctx context.Context, rooms *server.Rooms) (int64, error) {
	all, err := rooms.People.Tokens(ctx, people.Agent{})
	if err != nil {
		return 0, err
	}
	var found []int64
	for _, one := range all {
		if strconv.FormatInt(one.ID, 10) == t.Token {
			return one.ID, nil
		}
		if one.Name == t.Token && !one.Ended(rooms.Store.Now(ctx)) {
			found = append(found, one.ID)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return 0, fmt.Errorf("no working token is called %s", t.Token)
	}
	return 0, fmt.Errorf("several tokens are called %s; name one by its id", t.Token)
}

// beside does something with the rooms, whether the desk runs or not.
func (s *session) beside(ctx context.Context, do func(*server.Rooms) error) (err error) {
	c, err := s.checked()
	if err != nil {
		return err
	}
	rooms, err := server.Beside(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rooms.Close()) }()
	return do(rooms)
}

// explained puts a refusal into words.
func explained(rooms *server.Rooms, err error) error {
	var f *people.Fault
	if errors.As(err, &f) {
		return errors.New(rooms.Explain(f.Message, f.Args))
	}
	return err
}
