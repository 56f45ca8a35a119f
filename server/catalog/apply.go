// Package catalog carries what files say of the menu, lists and request types
// into a desk, see server/formfile: for the command line, and for the types that
// ship with every desk. What a file does not mention stays as it is; what it does
// mention becomes what it says, and request types are published.
package catalog

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"okno/server/formfile"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// Teams answers the teams that files name.
type Teams interface {
	Teams(ctx context.Context) ([]people.Team, error)
}

// Applier carries files into a desk. Whoever wants all of a file or nothing
// calls it within one transaction.
type Applier struct {
	desk  *tickets.Service
	teams Teams
	by    tickets.Actor
}

// NewApplier makes an Applier that acts as by.
func NewApplier(desk *tickets.Service, teams Teams, by tickets.Actor) *Applier {
	return &Applier{desk: desk, teams: teams, by: by}
}

// Fault is a thing that could not be carried in. Path is one of formfile.Places.
type Fault struct {
	Path string
	Err  error
}

// Error implements error, for logs.
func (f *Fault) Error() string { return f.Path + ": " + f.Err.Error() }

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Err }

// at says where in a file a refusal belongs; other errors stay as they are.
func at(path string, err error) error {
	var e *tickets.Error
	if !errors.As(err, &e) {
		return err
	}
	if e.Field != "" {
		path += "." + e.Field
	}
	return &Fault{Path: path, Err: err}
}

// Menu carries in the sections and topics of a file: known ones are changed where
// they are, new ones stand last.
func (a *Applier) Menu(ctx context.Context, f formfile.File) ([]Outcome, error) {
	m, err := a.desk.Menu(ctx)
	if err != nil {
		return nil, err
	}
	var done []Outcome
	for _, x := range f.Sections {
		i := slices.IndexFunc(m.Sections, func(o forms.Section) bool { return o.Key == x.Key })
		m.Sections, done = put(m.Sections, i, x), append(done, became("section", x.Key, m.Sections, i, x))
	}
	for _, x := range f.Topics {
		i := slices.IndexFunc(m.Topics, func(o forms.Topic) bool { return o.Key == x.Key })
		m.Topics, done = put(m.Topics, i, x), append(done, became("topic", x.Key, m.Topics, i, x))
	}
	if !slices.ContainsFunc(done, Outcome.news) {
		return done, nil
	}
	if _, err = a.desk.PutMenu(ctx, a.by, m); err != nil {
		return nil, menuFault(err, m, f)
	}
	return done, nil
}

// menuFault says where in a file a refusal of the whole menu belongs.
func menuFault(err error, m forms.Menu, f formfile.File) error {
	var e *tickets.Error
	if !errors.As(err, &e) {
		return err
	}
	return &Fault{Path: inFile(e.Field, m, f), Err: err}
}

// inFile is where a part of the whole menu stands in a file: "topics.12.parent"
// may be "topics.0.parent" there.
func inFile(part string, m forms.Menu, f formfile.File) string {
	words := strings.SplitN(part, ".", 3)
	if len(words) < 3 {
		return part
	}
	place := -1
	switch n, err := strconv.Atoi(words[1]); {
	case err != nil:
		return part
	case words[0] == "sections":
		place = slices.IndexFunc(f.Sections, func(x forms.Section) bool { return x.Key == m.Sections[n].Key })
	case words[0] == "topics":
		place = slices.IndexFunc(f.Topics, func(x forms.Topic) bool { return x.Key == m.Topics[n].Key })
	}
	words[1] = strconv.Itoa(place)
	return strings.Join(words, ".")
}

// put is a list with an entry at its place, last where it has none.
func put[T any](list []T, place int, x T) []T {
	list = slices.Clone(list)
	if place < 0 {
		return append(list, x)
	}
	list[place] = x
	return list
}

// Lists carries in the reference lists of a file. Entries it leaves out are
// offered no more.
func (a *Applier) Lists(ctx context.Context, f formfile.File) ([]Outcome, error) {
	have, err := a.desk.Lists(ctx)
	if err != nil {
		return nil, err
	}
	var done []Outcome
	for i, l := range f.Lists {
		n := slices.IndexFunc(have, func(o forms.List) bool { return o.Key == l.Key })
		if n >= 0 {
			l.Version = have[n].Version
		}
		now, err := a.desk.PutList(ctx, a.by, l)
		if err != nil {
			return nil, at("lists."+strconv.Itoa(i), err)
		}
		done = append(done, became("list", now.Key, have, n, now))
	}
	return done, nil
}
