package channels

import "context"

// Kind describes one sort of channel: what to ask an administrator and how to
// open a connection. A new channel is one Kind, handed to the builder.
type Kind struct {
	Name    string // "email"
	Chat    bool   // people write many short messages in one place, which go to their open ticket
	Buttons bool   // messages can carry buttons; elsewhere the dialog numbers its choices
	Fields  []Field
	Address string // key of the field that names the channel to people, e.g. "address"
	// Validate answers every fault in the settings, by field key.
	Validate func(c Connection) map[string]Text
	// Open makes an adapter; it does not connect.
	Open func(c Connection, d Deps) (Adapter, error)
	// Check tries the settings step by step and reports each step as it ends.
	Check func(ctx context.Context, c Connection, d Deps, report func(Step))
	// Suggest answers settings that follow from those typed so far, such as the
	// servers of an address; nil where nothing can be guessed. What somebody
	// typed by hand wins.
	Suggest func(settings map[string]string) map[string]string
	// SignIn is how an administrator grants access without a password; nil
	// where the network has no such thing.
	SignIn SignIn
}

// Field is one setting of a connection, drawn by the settings page. Labels are
// locale keys made of the names: channel.KIND.KEY, channel.KIND.KEY.hint and
// channel.KIND.KEY.OPTION.
type Field struct {
	Key      string // also the key in Connection.Settings or .Secrets
	Type     FieldType
	Required bool
	Default  string
	Options  []string // of a Choice
	Group    string   // fields of one group stand under one heading: channel.KIND.group.GROUP
	ShowIf   string   // "key=value": only shown and checked then; "" always
	More     bool     // folded away, since its default or Suggest does for most
}

// FieldType is how a setting is typed.
type FieldType string

// The types of settings.
const (
	FieldText   FieldType = "text"
	FieldNumber FieldType = "number"
	FieldFlag   FieldType = "flag" // "true" or "false"
	FieldChoice FieldType = "choice"
	FieldSecret FieldType = "secret" // kept in Secrets, never shown again
)

// Connection is one configured channel.
type Connection struct {
	ID       int64
	Kind     string
	Name     string
	Settings map[string]string
	Secrets  map[string]string // decrypted; never log
}

// Deps is what the desk gives an adapter.
type Deps struct {
	Files      Files
	Signer     Signer
	IsAgent    func(ctx context.Context, a Address) (bool, error)
	SaveSecret func(ctx context.Context, connection int64, key, value string) error
	// Progress keeps, until the next try, how far the message with a key has
	// left: it comes back as Outbound.Progress. Nil where nothing keeps it.
	Progress func(ctx context.Context, key, progress string) error
	// Named tells what the network calls the connection; the desk keeps it as
	// the setting Kind.Address. Nil where nothing keeps it.
	Named func(ctx context.Context, connection int64, address string) error
	// HookURL is the public address at which the network may call this
	// connection, see Hooked; "" while the desk has no public https address.
	HookURL func(connection int64) string
	Clock   Clock
	Logger  Logger
}

// Signer signs the ticket numbers that leave in addresses and message ids.
type Signer interface {
	// Sign answers a short text (lower-case letters and digits, at least 64
	// bits) that proves we named the ticket for this purpose.
	Sign(purpose string, ticket int64) string
	// Verify compares in constant time.
	Verify(purpose string, ticket int64, mark string) bool
}

// Step is one finding of Kind.Check: "resolved the name", "signed in".
type Step struct {
	OK     bool
	Label  Text   // what was tried
	Reason Text   // what is wrong and what to do, when not OK
	Detail string // the other side's words
}

// SignIn is an OAuth 2 grant made by an administrator in a browser.
type SignIn interface {
	// Begin asks the provider for a device code, or answers the address of its
	// consent page when redirect is not empty.
	Begin(ctx context.Context, c Connection, redirect string) (Prompt, error)
	// Finish waits for the grant (device code) or exchanges the code (consent
	// page) and answers the secrets to keep.
	Finish(ctx context.Context, c Connection, p Prompt, code string) (map[string]string, error)
}

// Prompt is what an administrator has to do to grant access.
type Prompt struct {
	URL    string // where to go
	Code   string // what to type there; empty for a consent page
	Device string // device code (RFC 8628) or PKCE verifier: kept by us, not shown
	State  string // anti-forgery value of a consent page
}
