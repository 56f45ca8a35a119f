package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/assets/locale"
	"okno/tickets"
	"okno/tickets/people"
)

// caller is who asks, with the rights that the token leaves.
type caller struct {
	agent people.Agent
	token people.Token // zero for somebody who has signed in
	scope people.Scope
	lang  string
	reads bool // the request only looks: its input is in the address
}

// errStranger is a request without a token and without a session.
var errStranger = errors.New("nobody is signed in")

// callerKey finds the caller in a ctx.
type callerKey struct{}

func with(ctx context.Context, by caller) context.Context {
	return context.WithValue(ctx, callerKey{}, by)
}

// callerIn is the zero caller, who speaks English, before anybody was let in.
func callerIn(ctx context.Context) caller {
	by, ok := ctx.Value(callerKey{}).(caller)
	if !ok {
		by.lang = locale.Languages()[0]
	}
	return by
}

// actor is the caller in the log.
func (c caller) actor() tickets.Actor {
	by := tickets.AsAgent(c.agent)
	by.Via = c.token.Name
	return by
}

// owner names whose idempotency keys, files and requests are counted together.
func (c caller) owner() string {
	if c.token.ID != 0 {
		return "token:" + strconv.FormatInt(c.token.ID, 10)
	}
	return "agent:" + strconv.FormatInt(c.agent.ID, 10)
}

// caller finds out who asks.
func (a *API) caller(c *gin.Context) (caller, error) {
	by := caller{lang: locale.Wanted(c.GetHeader("Accept-Language")), reads: c.Request.Method == http.MethodGet}
	if given := c.GetHeader("Authorization"); given != "" {
		return a.bearer(c, by, given)
	}
	var err error
	if by.agent, err = a.Visitor(c); err != nil {
		return by, err
	}
	if by.agent.ID == 0 {
		return by, errStranger
	}
	if by.scope = people.ScopeWrite; by.agent.Role == people.Administrator {
		by.scope = people.ScopeAdmin
	}
	by.lang = by.agent.Language
	return by, nil
}

// bearer reads "Authorization: Bearer TOKEN" (RFC 6750, section 2.1).
func (a *API) bearer(c *gin.Context, by caller, given string) (caller, error) {
	how, secret, _ := strings.Cut(given, " ")
	if !strings.EqualFold(how, "Bearer") {
		return by, errStranger
	}
	ctx := c.Request.Context()
	t, agent, err := a.People.Bearer(ctx, strings.TrimSpace(secret))
	if err != nil {
		return by, stranger(err)
	}
	// A desk that cannot write can still be read.
	if err := a.People.Used(ctx, t); err != nil {
		a.Logger.WarnContext(ctx, "use of token not noted", "token", t.ID, "error", err)
	}
	by.agent, by.token, by.scope = agent, t, t.Scope
	return by, nil
}

// stranger makes a refusal of a token one that asks for another token.
func stranger(err error) error {
	var f *people.Fault
	if errors.As(err, &f) {
		return fmt.Errorf("%w: %w", errStranger, err)
	}
	return err
}
