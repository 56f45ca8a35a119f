package tickets

import (
	"context"
	"fmt"
	"slices"

	"okno/tickets/forms"
)

// ArchiveRequestType stops offering a request type, or offers it again. What was
// begun with it can be ended.
func (s *Service) ArchiveRequestType(ctx context.Context, by Actor, id int64, archived bool) error {
	if err := onlyAdministrators(by); err != nil {
		return err
	}
	return s.insist(ctx, func(ctx context.Context) error {
		_, err := s.editDraft(ctx, id, 0, func(d *RequestDraft) { d.Type.Archived = archived })
		return err
	})
}

// MoveRequestType moves a type over its neighbour in its section, up or down.
func (s *Service) MoveRequestType(ctx context.Context, by Actor, id int64, up bool) error {
	return s.arrange(ctx, by, id, func(at int) int {
		if up {
			return at - 1
		}
		return at + 1
	})
}

// PlaceRequestType puts a type at a place in its section, counted from 0.
// Archived ones do not count.
func (s *Service) PlaceRequestType(ctx context.Context, by Actor, id int64, place int) error {
	return s.arrange(ctx, by, id, func(int) int { return place })
}

// arrange moves a type among those of its section to where to says, and writes
// the positions that became different.
func (s *Service) arrange(ctx context.Context, by Actor, id int64, to func(at int) int) error {
	if err := onlyAdministrators(by); err != nil {
		return err
	}
	return s.store.InTx(ctx, func(ctx context.Context) error {
		all, err := s.store.RequestDrafts(ctx)
		if err != nil {
			return fmt.Errorf("load drafts of request types: %w", err)
		}
		section, at := beside(all, id)
		if at < 0 {
			return NewError(Missing, "", "error.request.missing")
		}
		for place, t := range relocated(section, at, to(at)) {
			if position := section[place].Position; t.Position != position {
				if err := s.store.PlaceRequestType(ctx, t.ID, position); err != nil {
					return fmt.Errorf("place request type: %w", err)
				}
			}
		}
		return nil
	})
}

// beside answers the types of the section a type is in, without archived ones
// but for itself, and its place among them; -1 when there is no such type.
func beside(all []RequestDraft, id int64) (section []forms.RequestType, at int) {
	i := slices.IndexFunc(all, func(d RequestDraft) bool { return d.Type.ID == id })
	if i < 0 {
		return nil, -1
	}
	for _, d := range all {
		if d.Type.Section == all[i].Type.Section && (!d.Type.Archived || d.Type.ID == id) {
			section = append(section, d.Type)
		}
	}
	return section, slices.IndexFunc(section, func(t forms.RequestType) bool { return t.ID == id })
}

// relocated is a list with one entry moved to another place, the nearest there
// is.
func relocated(list []forms.RequestType, from, to int) []forms.RequestType {
	moved := list[from]
	rest := slices.Delete(slices.Clone(list), from, from+1)
	return slices.Insert(rest, min(max(to, 0), len(rest)), moved)
}
