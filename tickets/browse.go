package tickets

import (
	"context"
	"slices"
)

// Sort is an order of a list that programs read.
type Sort string

// The orders. Those of age never change; the others can show a ticket twice, or
// leave one out, when it changes between two pages.
const (
	SortNewest    Sort = "-created"
	SortOldest    Sort = "created"
	SortLatest    Sort = "-updated"
	SortStalest   Sort = "updated"
	SortAttention Sort = "attention" // the order of the desk's own lists; active tickets only
)

// Sorts are the orders there are; the first is the usual one.
func Sorts() []Sort { return []Sort{SortNewest, SortOldest, SortLatest, SortStalest, SortAttention} }

// Browse asks for tickets by what they are. A nil filter takes all, one of 0
// those that have none.
type Browse struct {
	StatusIDs   []int64 // any of these; none: all
	TeamID      *int64
	AssigneeID  *int64
	RequesterID *int64
	ChannelID   *int64
	Tag         string
	Spam        bool // spam instead of everything else
	Sort        Sort // "" is SortNewest
	After       string
	Limit       int // rows, 1 to 200
}

// BrowseStore reads lists for programs.
type BrowseStore interface {
	// BrowseTickets reads a bounded number of rows. A page can be short, even
	// empty, and still have a Next.
	BrowseTickets(ctx context.Context, q Browse) (Page, error)
	// PutTags replaces the tags a stored ticket is found by.
	PutTags(ctx context.Context, ticket int64, tags []string) error
}

// Browse answers one page of the tickets that match. Unread is not told.
func (s *Service) Browse(ctx context.Context, by Actor, q Browse) (Page, error) {
	if err := notPersons(by); err != nil {
		return Page{}, err
	}
	if q.Sort == "" {
		q.Sort = SortNewest
	}
	if !slices.Contains(Sorts(), q.Sort) {
		return Page{}, NewError(Invalid, "sort", "error.sort.unknown")
	}
	tags, err := normalTags([]string{q.Tag})
	if err != nil {
		return Page{}, err
	}
	if q.Tag = ""; len(tags) > 0 {
		q.Tag = tags[0]
	}
	q.Limit = limited(q.Limit)
	p, err := s.store.BrowseTickets(ctx, q)
	return p, wrap("browse tickets", err)
}
