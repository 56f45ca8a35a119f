package api

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"okno/tickets"
	"okno/tickets/people"
)

// Ref is something with a name.
type Ref struct {
	ID   string `json:"id" doc:"Its id." example:"1837462910"`
	Name string `json:"name" doc:"What people call it." example:"First line"`
}

// none is how a request names nobody and nothing.
const none = "none"

// number reads an id; ok is false for what is none.
func number(text string) (n int64, ok bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n > 0
}

// idOf reads the id of an address.
func idOf(text string) (int64, error) {
	if n, ok := number(text); ok {
		return n, nil
	}
	return 0, people.ErrMissing
}

// team finds a team by id or name; 0 for "" and "none".
func (a *API) team(ctx context.Context, field, text string) (int64, error) {
	if text == "" || text == none {
		return 0, nil
	}
	all, err := a.Store.Teams(ctx)
	if err != nil {
		return 0, fmt.Errorf("load teams: %w", err)
	}
	for _, t := range all {
		if id(t.ID) == text || strings.EqualFold(t.Name, text) {
			return t.ID, nil
		}
	}
	return 0, tickets.NewError(tickets.Invalid, field, "error.team.unknown")
}

// agentNamed finds an agent by id, address or "me"; 0 for "" and "none".
func (a *API) agentNamed(ctx context.Context, by caller, field, text string) (int64, error) {
	switch text {
	case "", none:
		return 0, nil
	case "me":
		return by.agent.ID, nil
	}
	find := a.Store.AgentByEmail
	if n, ok := number(text); ok {
		find = func(ctx context.Context, _ string) (people.Agent, error) { return a.Store.Agent(ctx, n) }
	}
	found, err := find(ctx, strings.ToLower(text))
	return found.ID, unknown(err, field, "error.assignee.unknown")
}

// personNamed finds somebody who asks by id or mail address.
func (a *API) personNamed(ctx context.Context, field, text string) (int64, error) {
	find := func(ctx context.Context) (people.Person, error) {
		return a.Store.IdentityOwner(ctx, mailNetwork, strings.ToLower(text))
	}
	if n, ok := number(text); ok {
		find = func(ctx context.Context) (people.Person, error) { return a.Store.Person(ctx, n) }
	}
	found, err := find(ctx)
	return found.ID, unknown(err, field, "error.requester.unknown")
}

// mailNetwork is the network of mail addresses.
const mailNetwork = "email"

// status finds the statuses of a category, or the one with an id.
func (a *API) status(ctx context.Context, text string) ([]int64, error) {
	all, err := a.Tickets.Statuses(ctx)
	if err != nil {
		return nil, err
	}
	var found []int64
	for _, s := range all {
		active := text == "active" && s.Category.Active()
		if id(s.ID) == text || string(s.Category) == text || active {
			found = append(found, s.ID)
		}
	}
	if len(found) == 0 {
		return nil, tickets.NewError(tickets.Invalid, "status", "error.status.unknown")
	}
	return found, nil
}

// priorities are the names of the priorities, from the lowest.
func priorities() []string { return []string{"low", "normal", "high", "urgent"} }

func priorityName(p tickets.Priority) string {
	if i := int(p) - 1; i >= 0 && i < len(priorities()) {
		return priorities()[i]
	}
	return priorities()[1]
}

// priorityOf is 0 for no name: the usual priority.
func priorityOf(name string) tickets.Priority {
	for i, p := range priorities() {
		if p == name {
			return tickets.Priority(i + 1)
		}
	}
	return 0
}

// isMissing says that there is no such row.
func isMissing(err error) bool { return errors.Is(err, people.ErrMissing) }

// unknown makes "no such row" a refusal of the input that named it.
func unknown(err error, field, message string) error {
	if isMissing(err) {
		return &tickets.Error{Kind: tickets.Invalid, Field: field, Message: message, Err: err}
	}
	return err
}
