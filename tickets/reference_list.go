package tickets

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// mostEntries is the most a reference list holds.
const mostEntries = 5000

// Lists answers the reference lists, by key.
func (s *Service) Lists(ctx context.Context) ([]forms.List, error) {
	all, err := s.store.Lists(ctx)
	return all, wrap("load lists", err)
}

// PutList adds (version 0) or changes a list whose version the administrator has
// seen and answers it as stored; its version stays where nothing changed. Entries
// that went missing are archived, because tickets may have them; entries without
// a name are left out. An entry without a key is the stored one of its name, or
// gets a key from its name, as a new list does. Error fields are "key", "name",
// "entries", and "entries.", the place in the list counted from 0, and ".key" or
// ".name".
func (s *Service) PutList(ctx context.Context, by Actor, l forms.List) (forms.List, error) {
	if err := onlyAdministrators(by); err != nil {
		return l, err
	}
	err := s.store.InTx(ctx, func(ctx context.Context) error {
		all, err := s.store.Lists(ctx)
		if err != nil {
			return fmt.Errorf("load lists: %w", err)
		}
		if l, err = definedList(l, all); err != nil || slices.ContainsFunc(all, sameAs(l)) {
			return err
		}
		if err := s.store.PutList(ctx, l); err != nil {
			return changedMeanwhile(err)
		}
		l.Version++
		return nil
	})
	return l, err
}

// definedList checks a list and completes it from what is stored.
func definedList(l forms.List, all []forms.List) (forms.List, error) {
	i := slices.IndexFunc(all, func(x forms.List) bool { return x.Key == l.Key })
	switch {
	case l.Version == 0:
		if e := newListKey(&l, all); e != nil {
			return l, e
		}
	case i < 0:
		return l, NewError(Missing, "", "error.list.missing")
	default:
		l.Entries = keptEntries(l.Entries, all[i].Entries)
	}
	if err := checkOffer("name", l.Name); err != nil {
		return l, err
	}
	var err error
	l.Entries, err = definedEntries(l.Entries)
	return l, err
}

// sameAs finds the stored list that says the same.
func sameAs(l forms.List) func(forms.List) bool {
	return func(x forms.List) bool {
		return x.Key == l.Key && x.Version == l.Version && x.Name == l.Name && slices.Equal(x.Entries, l.Entries)
	}
}

// newListKey gives a new list its key.
func newListKey(l *forms.List, all []forms.List) error {
	taken := make([]string, 0, len(all))
	for _, x := range all {
		taken = append(taken, x.Key)
	}
	switch {
	case l.Key == "":
		l.Key = fields.NewKey(cmp.Or(l.Name.EN, "list"), taken)
	case !requestKeys.MatchString(l.Key):
		return NewError(Invalid, "key", "error.request.key")
	case slices.Contains(taken, l.Key):
		return NewError(Invalid, "key", "error.request.key.taken", "key", l.Key)
	}
	return nil
}

// keptEntries are the entries as typed, with those that went missing archived
// behind them.
func keptEntries(typed, was []fields.Option) []fields.Option {
	typed = slices.Clone(typed)
	there := map[string]bool{}
	for i, o := range typed {
		if o.Key == "" {
			typed[i].Key = keyOfName(o, was)
		}
		there[typed[i].Key] = true
	}
	for _, o := range was {
		if !there[o.Key] {
			o.Archived = true
			typed = append(typed, o)
		}
	}
	return typed
}

// keyOfName is the key of the stored entry with the same names, "" where there is
// none.
func keyOfName(o fields.Option, was []fields.Option) string {
	i := slices.IndexFunc(was, func(x fields.Option) bool {
		return x.NameEN == oneLine(o.NameEN) && x.NameRU == oneLine(o.NameRU)
	})
	if i < 0 {
		return ""
	}
	return was[i].Key
}

// definedEntries checks the entries and gives new ones their keys.
func definedEntries(typed []fields.Option) ([]fields.Option, error) {
	var list []fields.Option
	taken := map[string]bool{}
	for i, o := range typed {
		o.NameEN, o.NameRU = oneLine(o.NameEN), oneLine(o.NameRU)
		if o.NameEN == "" && o.NameRU == "" {
			continue
		}
		if e := checkEntry("entries."+textOf(i), o, taken); e != nil {
			return nil, e
		}
		taken[o.Key] = true
		list = append(list, o)
	}
	if len(list) > mostEntries {
		return nil, NewError(Invalid, "entries", "error.list.many", "most", textOf(mostEntries))
	}
	return keyedEntries(list, taken), nil
}

func checkEntry(where string, o fields.Option, taken map[string]bool) error {
	switch {
	case o.Key != "" && !requestKeys.MatchString(o.Key):
		return NewError(Invalid, where+".key", "error.request.key")
	case o.Key != "" && taken[o.Key]:
		return NewError(Invalid, where+".key", "error.request.key.taken", "key", o.Key)
	}
	return checkOffer(where+".name", forms.Text{EN: o.NameEN, RU: o.NameRU})
}

// keyedEntries gives entries without a key one that is free.
func keyedEntries(list []fields.Option, taken map[string]bool) []fields.Option {
	for i, o := range list {
		if o.Key != "" {
			continue
		}
		first := fields.NewKey(cmp.Or(o.NameEN, "entry"), nil)
		o.Key = first
		for n := 2; taken[o.Key]; n++ {
			o.Key = first + "_" + textOf(n)
		}
		taken[o.Key] = true
		list[i] = o
	}
	return list
}

// DeleteList removes a list that no form names or ever named: tickets have its
// entries as answers.
func (s *Service) DeleteList(ctx context.Context, by Actor, key string) error {
	if err := onlyAdministrators(by); err != nil {
		return err
	}
	return s.store.InTx(ctx, func(ctx context.Context) error {
		name, err := s.store.ListUser(ctx, key)
		if err == nil {
			return NewError(Blocked, "", "error.list.used", "en", name.In("en"), "ru", name.In("ru"))
		}
		if !errors.Is(err, people.ErrMissing) {
			return fmt.Errorf("look for forms with the list: %w", err)
		}
		return missing(s.store.DeleteList(ctx, key), "error.list.missing")
	})
}
