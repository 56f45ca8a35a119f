package tickets

import (
	"context"

	"okno/tickets/forms"
)

// Publish makes the draft of a request type the version that is offered from now
// on and answers it. What was begun with an earlier version ends with that one.
// Error fields are those of forms.Flaw.Where; Flaws answers all of them.
func (s *Service) Publish(ctx context.Context, by Actor, id int64) (forms.RequestType, error) {
	if err := onlyAdministrators(by); err != nil {
		return forms.RequestType{}, err
	}
	var t forms.RequestType
	err := s.insist(ctx, func(ctx context.Context) error {
		d, err := s.editDraft(ctx, id, 0, func(d *RequestDraft) {
			d.Published++
			d.Changed = false
		})
		if err != nil {
			return err
		}
		t = d.Type
		t.Version = d.Published
		if err := s.publishable(ctx, t); err != nil {
			return err
		}
		p := Published{Version: t.Version, At: s.store.Now(ctx), By: by.ID}
		return wrap("insert version", s.store.InsertRequestVersion(ctx, t, p))
	})
	return t, err
}

// publishable checks a definition against what it names: the menu, the lists and
// the team.
func (s *Service) publishable(ctx context.Context, t forms.RequestType) error {
	if err := s.checkTeam(ctx, &t.TeamID); err != nil {
		return err
	}
	flaws, err := s.Flaws(ctx, t)
	if err != nil || len(flaws) == 0 {
		return err
	}
	return &Error{Kind: Invalid, Field: flaws[0].Where(), Message: flaws[0].Message, Args: flaws[0].Args}
}

// Flaws answers everything wrong with a definition beside the menu and the lists
// as they are now.
func (s *Service) Flaws(ctx context.Context, t forms.RequestType) ([]forms.Flaw, error) {
	menu, err := s.Menu(ctx)
	if err != nil {
		return nil, err
	}
	lists, err := s.Lists(ctx)
	return forms.CheckType(t, menu, lists), err
}

// History answers who published a request type when, the latest first.
func (s *Service) History(ctx context.Context, by Actor, id int64) ([]Published, error) {
	if err := onlyAdministrators(by); err != nil {
		return nil, err
	}
	list, err := s.store.RequestVersions(ctx, id)
	return list, wrap("load versions", err)
}

// RestoreVersion makes the draft of a request type what was published as a
// version. Nothing is offered anew until it is published.
func (s *Service) RestoreVersion(ctx context.Context, by Actor, id int64, version int) error {
	if err := onlyAdministrators(by); err != nil {
		return err
	}
	return s.insist(ctx, func(ctx context.Context) error {
		t, err := s.store.RequestVersion(ctx, id, version)
		if err != nil {
			return missing(err, "error.request.missing")
		}
		t.Version = 0
		_, err = s.editDraft(ctx, id, 0, func(d *RequestDraft) {
			d.Type, d.Changed = t, version != d.Published
		})
		return err
	})
}
