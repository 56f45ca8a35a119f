// Package people owns who asks and who answers: persons with their identities
// on every network, agents with their roles, and teams. It knows no database
// and no hashing; both are handed in.
package people

import "time"

// Role is what an agent may do.
type Role string

// The roles.
const (
	Administrator Role = "administrator" // everything, and the settings
	Answerer      Role = "agent"         // every ticket, no settings
)

// Person is somebody who writes to the desk. Every agent is a person too.
type Person struct {
	ID        int64
	Name      string
	Language  string // "ru", "en", "" when unknown
	Note      string // what agents keep about the person
	Blocked   bool   // what they write makes no ticket
	ManagerID int64  // person who approves what they ask for; 0: nobody known
	CreatedAt time.Time
}

// Identity is one address of a person. Network and Address together are unique.
type Identity struct {
	PersonID   int64
	Network    string
	Address    string    // as channels.Address.ID
	VerifiedAt time.Time // zero: never proved
	// Unreachable says why messages to this address are refused; empty while
	// they are taken.
	Unreachable string
}

// Agent is somebody who answers.
type Agent struct {
	ID           int64
	PersonID     int64
	Email        string // signs in with it; lower case, unique
	Name         string
	Role         Role
	PasswordHash string // argon2id; empty until the invitation is used
	Language     string // "ru" or "en"
	Theme        string // "light", "dark" or "" for the system's
	TimeZone     string // IANA name, "" for the browser's
	Signature    string // Markdown, put under replies
	Disabled     bool
	Program      bool // acts by its token only: no address, no password
	CreatedAt    time.Time
	LastSeenAt   time.Time
}

// Team owns tickets.
type Team struct {
	ID        int64
	Name      string
	Members   []int64 // agent ids, sorted
	CreatedAt time.Time
}

// LinkKind says what a one-time link lets its holder do.
type LinkKind string

// The kinds of one-time links.
const (
	LinkSetup  LinkKind = "setup"  // make the first administrator; 30 minutes
	LinkInvite LinkKind = "invite" // become an agent; 72 hours
	LinkReset  LinkKind = "reset"  // choose a new password; 30 minutes
	LinkEntry  LinkKind = "entry"  // sign in without a password, to a desk that is only tried; 30 minutes
)

// Link is a one-time link. Only the SHA-256 of its secret is kept.
type Link struct {
	Hash      string // hex SHA-256 of the secret in the address
	Kind      LinkKind
	AgentID   int64 // 0 for LinkSetup
	ExpiresAt time.Time
	UsedAt    time.Time // zero: unused
}
