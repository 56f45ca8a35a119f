package tickets

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"okno/tickets/forms"
)

// shelf is the catalogue as one moment knows it, ready for each kind of reader.
// It is shared and never changed.
type shelf struct {
	version int64
	menu    forms.Menu
	lists   []forms.List
	latest  []forms.RequestType // of every type that was published, archived ones too
	shown   map[reach][]forms.RequestType
}

// shelves holds the shelf that was read last.
type shelves struct {
	sync.Mutex
	last *shelf
}

// reach is how much of the catalogue somebody may see.
type reach int

const (
	ofEverybody reach = iota
	ofKnown
	ofAgents
	ofAll // those who work on tickets: what only a link leads to as well
)

// sees says whether somebody with this reach finds types of an audience.
func (r reach) sees(a forms.Audience) bool {
	switch a {
	case forms.Everybody:
		return true
	case forms.Known:
		return r >= ofKnown
	case forms.Agents:
		return r >= ofAgents
	}
	return r == ofAll
}

// Catalog answers what this actor may ask for. It is shared: nobody may change
// it. It costs one small read unless something in it changed.
func (s *Service) Catalog(ctx context.Context, by Actor) (forms.Catalog, error) {
	shelf, err := s.shelf(ctx)
	if err != nil {
		return forms.Catalog{}, err
	}
	r, err := s.reach(ctx, by, shelf)
	if err != nil {
		return forms.Catalog{}, err
	}
	return forms.Catalog{Version: shelf.version, Menu: shelf.menu, Types: shelf.shown[r], Lists: shelf.lists}, nil
}

// shelf answers the catalogue as it is now. What a transaction that is undone
// read is no harm: its version never comes again.
func (s *Service) shelf(ctx context.Context) (*shelf, error) {
	version, err := s.store.CatalogVersion(ctx)
	if err != nil {
		return nil, fmt.Errorf("load version of the catalogue: %w", err)
	}
	s.shelves.Lock()
	last := s.shelves.last
	s.shelves.Unlock()
	if last != nil && last.version == version {
		return last, nil
	}
	if last, err = s.readShelf(ctx, version); err != nil {
		return nil, err
	}
	s.shelves.Lock()
	s.shelves.last = last
	s.shelves.Unlock()
	return last, nil
}

func (s *Service) readShelf(ctx context.Context, version int64) (*shelf, error) {
	types, err := s.store.PublishedTypes(ctx)
	if err != nil {
		return nil, fmt.Errorf("load request types: %w", err)
	}
	menu, err := s.store.Menu(ctx)
	if err != nil {
		return nil, fmt.Errorf("load menu: %w", err)
	}
	lists, err := s.store.Lists(ctx)
	if err != nil {
		return nil, fmt.Errorf("load lists: %w", err)
	}
	inSections(types, menu)
	shown := map[reach][]forms.RequestType{}
	for _, r := range []reach{ofEverybody, ofKnown, ofAgents, ofAll} {
		shown[r] = offered(types, r)
	}
	return &shelf{version: version, menu: menu, lists: lists, latest: types, shown: shown}, nil
}

// inSections sorts types as the menu shows them.
func inSections(types []forms.RequestType, menu forms.Menu) {
	place := map[string]int{}
	for i, section := range menu.Sections {
		place[section.Key] = i - len(menu.Sections) // a section that is gone comes last
	}
	slices.SortStableFunc(types, func(a, b forms.RequestType) int {
		return cmp.Or(cmp.Compare(place[a.Section], place[b.Section]), cmp.Compare(a.Position, b.Position))
	})
}

func offered(types []forms.RequestType, r reach) []forms.RequestType {
	return slices.DeleteFunc(slices.Clone(types), func(t forms.RequestType) bool {
		return t.Archived || !r.sees(t.Audience)
	})
}

// RequestType answers a published version; 0 is the latest. Archived types are
// answered too: what was begun with one can be ended.
func (s *Service) RequestType(ctx context.Context, id int64, version int) (forms.RequestType, error) {
	shelf, err := s.shelf(ctx)
	if err != nil {
		return forms.RequestType{}, err
	}
	i := slices.IndexFunc(shelf.latest, func(t forms.RequestType) bool { return t.ID == id })
	if i >= 0 && (version == 0 || shelf.latest[i].Version == version) {
		return shelf.latest[i], nil
	}
	t, err := s.store.RequestVersion(ctx, id, version)
	return t, missing(err, "error.request.missing")
}
