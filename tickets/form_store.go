package tickets

import (
	"context"

	"okno/tickets/forms"
)

// FormStore keeps what can be asked for, what was answered and how people liked
// the work.
type FormStore interface {
	RequestTypeStore
	RequestVersionStore
	MenuStore
	AnswerStore
	RatingStore
}

// RequestTypeStore keeps the drafts of request types.
type RequestTypeStore interface {
	RequestDrafts(ctx context.Context) ([]RequestDraft, error) // by position, archived ones among them
	RequestDraft(ctx context.Context, id int64) (RequestDraft, error)
	// InsertRequestType keeps a new type; one with the key of another is
	// people.ErrTaken.
	InsertRequestType(ctx context.Context, d RequestDraft) error
	// UpdateRequestType writes everything but the key where the stored revision
	// is still was, and answers ErrStale where it is not.
	UpdateRequestType(ctx context.Context, d RequestDraft, was int64) error
	// PlaceRequestType writes the position only.
	PlaceRequestType(ctx context.Context, id int64, position int) error
}

// RequestVersionStore keeps what was published. It is never changed.
type RequestVersionStore interface {
	// PublishedTypes answers the latest version of every type that has one, by
	// position, archived ones among them.
	PublishedTypes(ctx context.Context) ([]forms.RequestType, error)
	RequestVersion(ctx context.Context, id int64, version int) (forms.RequestType, error)
	RequestVersions(ctx context.Context, id int64) ([]Published, error) // the latest first
	InsertRequestVersion(ctx context.Context, t forms.RequestType, p Published) error
}

// MenuStore keeps the menu.
type MenuStore interface {
	// CatalogVersion is another number after every change of types, menu or
	// lists, and never one it was before.
	CatalogVersion(ctx context.Context) (int64, error)
	Menu(ctx context.Context) (forms.Menu, error) // empty, of version 0, before it was put
	// PutMenu writes the menu where the stored version is still m.Version, and
	// answers ErrStale where it is not.
	PutMenu(ctx context.Context, m forms.Menu) error
	ReferenceStore
}

// ReferenceStore keeps the lists that steps of several forms share.
type ReferenceStore interface {
	Lists(ctx context.Context) ([]forms.List, error) // by key
	// PutList inserts a list of version 0 and replaces any other of the same
	// version; ErrStale where the stored one has another.
	PutList(ctx context.Context, l forms.List) error
	DeleteList(ctx context.Context, key string) error // people.ErrMissing when there is none
	// ListUser answers the name of a type of which the draft or any version has
	// a step with the list; people.ErrMissing when there is none.
	ListUser(ctx context.Context, key string) (forms.Text, error)
}

// AnswerStore keeps what forms were filled with, by ticket.
type AnswerStore interface {
	InsertAnswers(ctx context.Context, f Filled) error
	Answers(ctx context.Context, ticket int64) (Filled, error)
}

// RatingStore keeps what people thought of the work, one rating a ticket.
type RatingStore interface {
	PutRating(ctx context.Context, r Rating) error // insert or replace
	Rating(ctx context.Context, ticket int64) (Rating, error)
}
