package tickets

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"okno/tickets/fields"
)

// Fields answers the fields that are asked on tickets of a team (0: of none),
// by position: its own and those of all teams, without archived ones.
func (s *Service) Fields(ctx context.Context, team int64) ([]fields.Field, error) {
	all, err := s.AllFields(ctx)
	return fields.For(all, team), err
}

// AllFields answers every field there is or was, by position.
func (s *Service) AllFields(ctx context.Context) ([]fields.Field, error) {
	all, err := s.store.Fields(ctx)
	return all, wrap("load fields", err)
}

// PutField adds (ID 0) or changes a field and answers it as stored. A new one
// gets its key from its English name unless it brings one, and stands last.
// Key, type, place and whether it is archived do not change; options that went
// missing are archived, because tickets may have them. Error fields are those of
// fields.Define, and "team".
func (s *Service) PutField(ctx context.Context, by Actor, f fields.Field) (fields.Field, error) {
	if err := onlyAdministrators(by); err != nil {
		return f, err
	}
	if err := s.checkTeam(ctx, &f.TeamID); err != nil {
		return f, err
	}
	err := s.store.InTx(ctx, func(ctx context.Context) error {
		all, err := s.store.Fields(ctx)
		if err != nil {
			return fmt.Errorf("load fields: %w", err)
		}
		if f, err = s.defined(f, all); err != nil {
			return err
		}
		return wrap("put field", s.store.PutField(ctx, f))
	})
	return f, err
}

// defined checks a field and completes it from what is stored.
func (s *Service) defined(f fields.Field, all []fields.Field) (fields.Field, error) {
	if f.ID != 0 {
		was, ok := findField(all, f.ID)
		if !ok {
			return f, NewError(Missing, "", "error.field.missing")
		}
		f = kept(f, was)
	}
	f, err := fields.Define(f)
	if err != nil {
		return f, refusedPart(err)
	}
	if f.ID == 0 {
		f.ID, f.Position = s.store.NewID(), len(all)+1
		f.Key = freshKey(f, all)
	}
	return f, nil
}

// kept is a changed field with what never changes.
func kept(f, was fields.Field) fields.Field {
	f.Key, f.Type, f.Position, f.Archived = was.Key, was.Type, was.Position, was.Archived
	for _, o := range was.Options {
		if !slices.ContainsFunc(f.Options, func(x fields.Option) bool { return x.Key == o.Key }) {
			o.Archived = true
			f.Options = append(f.Options, o)
		}
	}
	return f
}

// freshKey is a key no other field has.
func freshKey(f fields.Field, all []fields.Field) string {
	taken := make([]string, 0, len(all))
	for _, other := range all {
		taken = append(taken, other.Key)
	}
	if f.Key != "" {
		return fields.NewKey(f.Key, taken)
	}
	return fields.NewKey(f.NameEN, taken)
}

// ArchiveField stops asking a field, or asks it again. Its answers stay.
func (s *Service) ArchiveField(ctx context.Context, by Actor, id int64, archived bool) error {
	return s.rearrange(ctx, by, id, func(all []fields.Field, i int) { all[i].Archived = archived })
}

// MoveField moves a field over its neighbour in the list, up or down; archived
// ones do not count.
func (s *Service) MoveField(ctx context.Context, by Actor, id int64, up bool) error {
	return s.rearrange(ctx, by, id, func(all []fields.Field, i int) {
		step := 1
		if up {
			step = -1
		}
		to := i + step
		for to >= 0 && to < len(all) && all[to].Archived {
			to += step
		}
		if to >= 0 && to < len(all) {
			all[i], all[to] = all[to], all[i]
		}
	})
}

// rearrange changes the list of fields around one of them and writes what became
// different, positions among it.
func (s *Service) rearrange(ctx context.Context, by Actor, id int64, change func(all []fields.Field, i int)) error {
	if err := onlyAdministrators(by); err != nil {
		return err
	}
	return s.store.InTx(ctx, func(ctx context.Context) error {
		all, err := s.store.Fields(ctx)
		if err != nil {
			return fmt.Errorf("load fields: %w", err)
		}
		i := slices.IndexFunc(all, func(f fields.Field) bool { return f.ID == id })
		if i < 0 {
			return NewError(Missing, "", "error.field.missing")
		}
		change(all, i)
		for place, f := range all {
			f.Position = place + 1
			if err := s.store.PutField(ctx, f); err != nil {
				return fmt.Errorf("put field: %w", err)
			}
		}
		return nil
	})
}

func findField(all []fields.Field, id int64) (fields.Field, bool) {
	i := slices.IndexFunc(all, func(f fields.Field) bool { return f.ID == id })
	if i < 0 {
		return fields.Field{}, false
	}
	return all[i], true
}

// refusedPart is the fault of a definition as a refusal.
func refusedPart(err error) error {
	var f *fields.Fault
	if !errors.As(err, &f) {
		return err
	}
	return &Error{Kind: Invalid, Field: f.Part, Message: f.Message, Args: f.Args, Err: err}
}
