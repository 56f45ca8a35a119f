package web

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
)

// personNamed finds the person somebody means by a whole name or a mail address.
// Strangers are told nothing about who is known here.
func (w *Web) personNamed(ctx context.Context, env ui.Env, typed string) (people.Person, error) {
	if env.Asker.ID == 0 {
		return people.Person{}, tickets.NewError(tickets.Invalid, "", "portal.person.signin")
	}
	if strings.Contains(typed, "@") {
		return w.personAt(ctx, typed)
	}
	found, err := w.Store.SearchPersons(ctx, typed, 20)
	if err != nil {
		return people.Person{}, fmt.Errorf("look for a person: %w", err)
	}
	var same []people.Person
	for _, p := range found {
		if strings.EqualFold(p.Name, typed) && !p.Blocked {
			same = append(same, p)
		}
	}
	switch len(same) {
	case 0:
		return people.Person{}, tickets.NewError(tickets.Invalid, "", "portal.person.unknown")
	case 1:
		return same[0], nil
	}
	return people.Person{}, tickets.NewError(tickets.Invalid, "", "portal.person.several")
}

func (w *Web) personAt(ctx context.Context, address string) (people.Person, error) {
	p, err := w.Store.IdentityOwner(ctx, "email", strings.ToLower(strings.TrimSpace(address)))
	if errors.Is(err, people.ErrMissing) || err == nil && p.Blocked {
		return people.Person{}, tickets.NewError(tickets.Invalid, "", "portal.person.unknown")
	}
	if err != nil {
		return people.Person{}, fmt.Errorf("look for an address: %w", err)
	}
	return p, nil
}
