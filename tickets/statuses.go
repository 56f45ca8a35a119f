package tickets

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"okno/tickets/people"
)

// The longest texts of a status, in characters. One emoji may be many joined.
const (
	longestStatus = 40
	longestEmoji  = 16
)

// Categories answers every category, in the order a ticket goes through them.
func Categories() []Category { return []Category{New, Open, Waiting, OnHold, Solved, Closed} }

// StatusColors answers the tokens of the look a status may have.
func StatusColors() []string { return []string{"accent", "ok", "soon", "late", "wait", "ink"} }

// Statuses answers the list of statuses by position.
func (s *Service) Statuses(ctx context.Context) ([]Status, error) {
	list, err := s.store.Statuses(ctx)
	return list, wrap("load statuses", err)
}

// SaveStatuses makes the list of statuses what an administrator typed, in the
// order given, and answers it as stored. ID 0 is a new status; one that is not
// in the list is removed, which only one that no ticket ever had can be. The
// category of a status never changes and each keeps at least one status. Error
// fields are "name_en", "name_ru", "color", "emoji" or "category", a dot, and
// the place in the list, counted from 0; removals have the field "statuses".
func (s *Service) SaveStatuses(ctx context.Context, by Actor, list []Status) ([]Status, error) {
	if err := onlyAdministrators(by); err != nil {
		return nil, err
	}
	list, err := typedStatuses(list)
	if err != nil {
		return nil, err
	}
	err = s.store.InTx(ctx, func(ctx context.Context) error {
		stored, err := s.store.Statuses(ctx)
		if err != nil {
			return fmt.Errorf("load statuses: %w", err)
		}
		if err := s.putStatuses(ctx, stored, list); err != nil {
			return err
		}
		return s.dropStatuses(ctx, stored, list)
	})
	if err != nil {
		return nil, err
	}
	return s.Statuses(ctx)
}

// typedStatuses checks what was typed and writes it as we keep it.
func typedStatuses(list []Status) ([]Status, error) {
	list = slices.Clone(list)
	for i, x := range list {
		x.NameEN, x.NameRU, x.Emoji, x.Position = oneLine(x.NameEN), oneLine(x.NameRU), oneLine(x.Emoji), i+1
		if e := checkStatus(x, list[:i]); e != nil {
			e.Field += "." + textOf(i)
			return nil, e
		}
		list[i] = x
	}
	for _, c := range Categories() {
		if !slices.ContainsFunc(list, func(x Status) bool { return x.Category == c }) {
			return nil, NewError(Blocked, "statuses", "error.status.category.last")
		}
	}
	return list, nil
}

// checkStatus checks one status; two must not read the same.
func checkStatus(x Status, before []Status) *Error {
	if e := checkStatusName("name_en", x.NameEN); e != nil {
		return e
	}
	if e := checkStatusName("name_ru", x.NameRU); e != nil {
		return e
	}
	switch {
	case slices.ContainsFunc(before, func(o Status) bool { return o.NameEN == x.NameEN }):
		return NewError(Invalid, "name_en", "error.status.name.taken")
	case slices.ContainsFunc(before, func(o Status) bool { return o.NameRU == x.NameRU }):
		return NewError(Invalid, "name_ru", "error.status.name.taken")
	case !slices.Contains(Categories(), x.Category):
		return NewError(Invalid, "category", "error.status.category")
	case !slices.Contains(StatusColors(), x.Color):
		return NewError(Invalid, "color", "error.status.color")
	case utf8.RuneCountInString(x.Emoji) > longestEmoji:
		return NewError(Invalid, "emoji", "error.status.emoji.long")
	}
	return nil
}

func checkStatusName(field, name string) *Error {
	switch {
	case name == "":
		return NewError(Invalid, field, "error.status.name.empty")
	case utf8.RuneCountInString(name) > longestStatus:
		return NewError(Invalid, field, "error.status.name.long", "most", textOf(longestStatus))
	}
	return nil
}

// putStatuses writes the statuses that stay and those that are new.
func (s *Service) putStatuses(ctx context.Context, stored statuses, list []Status) error {
	for i, x := range list {
		was, known := stored.find(x.ID)
		switch {
		case x.ID == 0:
			x.ID = s.store.NewID()
		case !known:
			return NewError(Conflict, "statuses", "error.status.changed")
		case was.Category != x.Category:
			return NewError(Blocked, "category."+textOf(i), "error.status.category.fixed")
		}
		if err := s.store.PutStatus(ctx, x); err != nil {
			return fmt.Errorf("put status: %w", err)
		}
	}
	return nil
}

// dropStatuses removes the stored statuses that are not in the list.
func (s *Service) dropStatuses(ctx context.Context, stored, list statuses) error {
	for _, x := range stored {
		if list.has(x.ID) {
			continue
		}
		err := s.store.DeleteStatus(ctx, x.ID)
		if errors.Is(err, people.ErrTaken) {
			return NewError(Blocked, "statuses", "error.status.used", "en", x.NameEN, "ru", x.NameRU)
		}
		if err != nil {
			return fmt.Errorf("remove status: %w", err)
		}
	}
	return nil
}

// useStatus remembers that a ticket has the status it is about to get. The row
// of the status stays locked until the end, so nobody removes it meanwhile.
func (s *Service) useStatus(ctx context.Context, w *work) error {
	if x, _ := w.list.find(w.now.StatusID); x.Used {
		return nil
	}
	if err := s.store.UseStatus(ctx, w.now.StatusID); err != nil {
		return fmt.Errorf("use status: %w", err)
	}
	return nil
}
