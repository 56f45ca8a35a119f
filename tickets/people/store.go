package people

import (
	"context"
	"time"
)

// Store is where persons, agents, teams and links are kept. Methods that find
// one thing answer ErrMissing when there is none.
type Store interface {
	PersonStore
	IdentityStore
	AgentStore
	TeamStore
	LinkStore
	MailLinkStore
	TokenStore
	// InTx runs fn in one transaction and joins one that ctx carries already.
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	// Now is the one time of the transaction in ctx, or the present.
	Now(ctx context.Context) time.Time
	// NewID answers an id that sorts by the time it was made.
	NewID() int64
}

// PersonStore keeps persons.
type PersonStore interface {
	Person(ctx context.Context, id int64) (Person, error)
	Persons(ctx context.Context, ids []int64) (map[int64]Person, error)
	// SearchPersons finds by the beginning of name or address, best first.
	SearchPersons(ctx context.Context, words string, limit int) ([]Person, error)
	InsertPerson(ctx context.Context, p Person) error
	UpdatePerson(ctx context.Context, p Person) error // not Blocked
	BlockPerson(ctx context.Context, id int64, blocked bool) error
}

// IdentityStore keeps addresses.
type IdentityStore interface {
	IdentityOwner(ctx context.Context, network, address string) (Person, error)
	Identities(ctx context.Context, person int64) ([]Identity, error)
	// PutIdentity inserts or replaces by network and address.
	PutIdentity(ctx context.Context, i Identity) error
	// InsertKnown keeps a new person with their first address, or neither: of
	// two callers with one address the later gets ErrTaken, after which
	// IdentityOwner finds the other's person.
	InsertKnown(ctx context.Context, p Person, i Identity) error
}

// AgentStore keeps agents.
type AgentStore interface {
	Agent(ctx context.Context, id int64) (Agent, error)
	AgentByEmail(ctx context.Context, email string) (Agent, error)
	Agents(ctx context.Context) ([]Agent, error) // by name, disabled ones last
	InsertAgent(ctx context.Context, a Agent) error
	UpdateAgent(ctx context.Context, a Agent) error
}

// TeamStore keeps teams.
type TeamStore interface {
	Team(ctx context.Context, id int64) (Team, error)
	Teams(ctx context.Context) ([]Team, error) // by name, with members
	InsertTeam(ctx context.Context, t Team) error
	UpdateTeam(ctx context.Context, t Team) error // name and members
}

// LinkStore keeps one-time links.
type LinkStore interface {
	Link(ctx context.Context, hash string) (Link, error)
	PutLink(ctx context.Context, l Link) error // insert or replace by hash
	// EndLinks removes the unused links of this kind of an agent (0: LinkSetup).
	EndLinks(ctx context.Context, kind LinkKind, agent int64) error
	// UseLink marks the link used and answers ErrMissing if it was used or
	// expired at now: of two callers one wins.
	UseLink(ctx context.Context, hash string, now time.Time) error
}

// MailLinkStore keeps links sent to the mailboxes of those who ask.
type MailLinkStore interface {
	MailLink(ctx context.Context, hash string) (MailLink, error)
	// PutMailLink keeps a new link and forgets those that have expired.
	PutMailLink(ctx context.Context, l MailLink) error
	// UseMailLink marks the link used and answers ErrMissing if it was used or
	// expired at now: of two callers one wins.
	UseMailLink(ctx context.Context, hash string, now time.Time) error
}

// TokenStore keeps tokens of the API.
type TokenStore interface {
	Token(ctx context.Context, hash string) (Token, error)
	Tokens(ctx context.Context) ([]Token, error) // the latest first
	InsertToken(ctx context.Context, t Token) error
	// RevokeToken ends a token; one that was revoked keeps its time.
	RevokeToken(ctx context.Context, id int64, at time.Time) error
	UseToken(ctx context.Context, id int64, at time.Time) error
}
