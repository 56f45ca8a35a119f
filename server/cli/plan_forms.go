package cli

import (
	"context"
	"errors"
	"fmt"

	"okno/server"
	"okno/server/catalog"
	"okno/server/formfile"
	"okno/tickets"
	"okno/tickets/forms"
)

// carryForms does what files say of the menu, lists and request types. Requests
// of one file may rest on the menu of another.
func carryForms(ctx context.Context, rooms *server.Rooms, sheets []sheet) ([]string, error) {
	if err := checkForms(ctx, rooms, sheets); err != nil {
		return nil, err
	}
	a := catalog.NewApplier(rooms.Tickets, rooms.Store, tickets.System())
	var lines []string
	for _, carry := range []func(context.Context, formfile.File) ([]catalog.Outcome, error){a.Menu, a.Lists, a.Requests} {
		for _, x := range sheets {
			done, err := carry(ctx, x.forms)
			if err != nil {
				return nil, x.located(rooms, err)
			}
			for _, o := range done {
				lines = append(lines, o.String())
			}
		}
	}
	return lines, nil
}

// checkForms finds every flaw of every file before anything is done.
func checkForms(ctx context.Context, rooms *server.Rooms, sheets []sheet) error {
	have, err := rooms.Tickets.Catalog(ctx, tickets.System())
	if err != nil {
		return err
	}
	for _, x := range sheets {
		have.Menu.Sections = joined(x.forms.Sections, have.Menu.Sections)
		have.Menu.Topics = joined(x.forms.Topics, have.Menu.Topics)
		have.Lists = joined(x.forms.Lists, have.Lists)
	}
	var all error
	for _, x := range sheets {
		for _, f := range formfile.Flaws(x.forms, x.places, have) {
			all = errors.Join(all, x.fault(formfile.Place{Line: f.Line, Column: f.Column}, rooms.Explain(f.Message, f.Args)))
		}
	}
	if all == nil {
		return nil
	}
	return &usageError{all}
}

func joined[T forms.Section | forms.Topic | forms.List](a, b []T) []T {
	return append(a[:len(a):len(a)], b...)
}

// located says where in a file something could not be done.
func (x sheet) located(rooms *server.Rooms, err error) error {
	var f *catalog.Fault
	var e *tickets.Error
	if !errors.As(err, &f) || !errors.As(err, &e) {
		return fmt.Errorf("%s: %w", x.path, err)
	}
	return x.fault(x.places.Of(f.Path), rooms.Explain(e.Message, e.Args))
}

func (x sheet) fault(at formfile.Place, why string) error {
	return fmt.Errorf("%s line %d, column %d: %s", x.path, at.Line, at.Column, why)
}
