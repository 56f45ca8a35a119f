package tickets

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// RequestDraft is a request type as it is being edited. Its Type has version 0.
type RequestDraft struct {
	Type      forms.RequestType
	Revision  int64 // another number after every change
	Published int   // version that is offered; 0: none yet
	Changed   bool  // it is not what was published last
}

// Published says who published a version of a request type and when.
type Published struct {
	Version int
	At      time.Time
	By      int64 // agent; 0: the desk itself
}

// RequestDrafts answers every request type as it is being edited, by position,
// archived ones among them.
func (s *Service) RequestDrafts(ctx context.Context, by Actor) ([]RequestDraft, error) {
	if err := onlyAdministrators(by); err != nil {
		return nil, err
	}
	all, err := s.store.RequestDrafts(ctx)
	return all, wrap("load drafts of request types", err)
}

// RequestDraft answers one request type as it is being edited.
func (s *Service) RequestDraft(ctx context.Context, by Actor, id int64) (RequestDraft, error) {
	if err := onlyAdministrators(by); err != nil {
		return RequestDraft{}, err
	}
	d, err := s.store.RequestDraft(ctx, id)
	return d, missing(err, "error.request.missing")
}

// SaveRequestDraft keeps a definition to be edited further and answers it as
// stored. It may be incomplete: Publish checks it. ID 0 is a new type, which
// stands last; its key is made from its English name unless it brings one. The
// key of a stored one stays. revision is the one that was edited, 0 does not
// check; Conflict when somebody else saved meanwhile.
func (s *Service) SaveRequestDraft(ctx context.Context, by Actor, t forms.RequestType, revision int64) (RequestDraft, error) {
	if err := onlyAdministrators(by); err != nil {
		return RequestDraft{}, err
	}
	if err := s.checkTeam(ctx, &t.TeamID); err != nil {
		return RequestDraft{}, err
	}
	t.Version, t.Team = 0, "" // in files a team has a name, here an id
	var d RequestDraft
	err := s.insist(ctx, func(ctx context.Context) (err error) {
		if t.ID == 0 {
			d, err = s.newRequestType(ctx, t)
			return err
		}
		d, err = s.editDraft(ctx, t.ID, revision, func(d *RequestDraft) {
			t.Key, t.Position, t.Archived = d.Type.Key, d.Type.Position, d.Type.Archived
			d.Type, d.Changed = t, true
		})
		return err
	})
	return d, err
}

// newRequestType keeps a type that is not known yet.
func (s *Service) newRequestType(ctx context.Context, t forms.RequestType) (RequestDraft, error) {
	all, err := s.store.RequestDrafts(ctx)
	if err != nil {
		return RequestDraft{}, fmt.Errorf("load drafts of request types: %w", err)
	}
	if t.Key, err = requestKey(t, all); err != nil {
		return RequestDraft{}, err
	}
	t.ID, t.Position, t.Archived = s.store.NewID(), 1, false
	if len(all) > 0 {
		t.Position = all[len(all)-1].Type.Position + 1
	}
	d := RequestDraft{Type: t, Revision: s.store.NewID(), Changed: true}
	err = s.store.InsertRequestType(ctx, d)
	if errors.Is(err, people.ErrTaken) {
		return d, ErrStale // somebody took the key at the same moment
	}
	return d, wrap("insert request type", err)
}

// editDraft changes a stored draft. Whoever edited an earlier revision is told.
func (s *Service) editDraft(ctx context.Context, id, revision int64, change func(*RequestDraft)) (RequestDraft, error) {
	d, err := s.store.RequestDraft(ctx, id)
	if err != nil {
		return d, missing(err, "error.request.missing")
	}
	was := d.Revision
	if revision != 0 && revision != was {
		return d, NewError(Conflict, "", "error.request.changed")
	}
	change(&d)
	d.Revision = s.store.NewID()
	return d, wrap("update request type", s.store.UpdateRequestType(ctx, d, was))
}

// requestKeys is how keys in files and links look.
var requestKeys = regexp.MustCompile(`^[a-z0-9][a-z0-9_]{0,39}$`)

// requestKey is the key a new type gets: the one it brings, or a fresh one.
func requestKey(t forms.RequestType, all []RequestDraft) (string, error) {
	taken := make([]string, 0, len(all))
	for _, d := range all {
		taken = append(taken, d.Type.Key)
	}
	switch {
	case t.Key == "":
		return fields.NewKey(cmp.Or(t.Name.EN, "request"), taken), nil
	case !requestKeys.MatchString(t.Key):
		return "", NewError(Invalid, "key", "error.request.key")
	case slices.Contains(taken, t.Key):
		return "", NewError(Invalid, "key", "error.request.key.taken", "key", t.Key)
	}
	return t.Key, nil
}
