// Package channels is the vocabulary between the networks people write from and
// the desk. It owns the words both sides use (Event, Inbound, Outbound, Adapter)
// and no behaviour: an adapter in channels/NAME turns its network into these
// words, channels/hub turns these words into tickets.
//
// How a message travels in: the adapter hands the raw Event to Sink.Receive,
// which stores it; only then does the adapter confirm to its network. Later, and
// again whenever an administrator asks for it, Adapter.Decode turns the stored
// event into an Inbound. Decoding after storing means that a message we cannot
// read yet is kept, shown, and read by a later version.
package channels

import (
	"context"
	"io"
	"time"
)

// Address names somebody on one network.
type Address struct {
	Network string `json:"network"`        // "email", "telegram", ...
	ID      string `json:"id"`             // as the network compares it: a lower-case mail address, a user id
	Name    string `json:"name,omitempty"` // display name as the network gave it, untrusted
}

// Text is a sentence for a person: a key of assets/locale and its arguments.
// Adapters never write English or Russian themselves.
type Text struct {
	Key  string            `json:"key"`
	Args map[string]string `json:"args,omitempty"`
}

// IsZero says that there is no sentence.
func (t Text) IsZero() bool { return t.Key == "" }

// File is an attachment whose bytes already lie in the desk's Files.
type File struct {
	Name      string `json:"name"`                 // without folders, valid UTF-8, may be empty
	Type      string `json:"type"`                 // media type, lower case, without parameters
	Size      int64  `json:"size"`                 // bytes
	Blob      string `json:"blob"`                 // content address, see Files
	Inline    bool   `json:"inline,omitempty"`     // shown inside the HTML body
	ContentID string `json:"content_id,omitempty"` // without angle brackets, when Inline
}

// Files keeps bytes by content: the name of a blob is its SHA-256 in hex, so
// storing the same bytes twice is harmless.
type Files interface {
	// Put streams r to durable storage and answers the blob's name and size.
	Put(ctx context.Context, r io.Reader) (blob string, size int64, err error)
	// Open streams a blob back; fs.ErrNotExist when there is none.
	Open(ctx context.Context, blob string) (io.ReadCloser, error)
}

// Event is one delivery of a network, unread: what the inbox journal stores.
type Event struct {
	Key        string    // unique per channel; a redelivery carries the same key and is a no-op
	Object     string    // names the content: the same content delivered under another key shares it; may be empty
	Lane       string    // events of one lane are processed in the order of their arrival
	Raw        []byte    // the event itself when it is small, else
	Blob       string    // the blob that holds it
	Hint       string    // one line for the ledger before decoding: sender or subject, may be empty
	ReceivedAt time.Time // when the network took it; zero means now
	Cursor     Cursor    // moved in the same transaction; the zero Cursor moves nothing
}

// Cursor is a place in a network's stream, remembered per channel and name.
type Cursor struct {
	Name  string // "INBOX", "updates"
	Value string // opaque to everybody but the adapter
}

// Sink is what a running adapter gives its events to.
type Sink interface {
	// Receive stores the event and moves the cursor in one transaction. The
	// adapter may confirm to its network only after nil. fresh is false when
	// the key was known already.
	Receive(ctx context.Context, e Event) (fresh bool, err error)
	// Cursor answers the stored value, "" when there is none.
	Cursor(ctx context.Context, name string) (string, error)
	// Report says how the connection is; shown in the channel's settings.
	Report(ctx context.Context, s State)
}

// State is how a connection is doing.
type State struct {
	OK     bool
	Reason Text   // what is wrong and what to do, when not OK
	Detail string // the network's own words, for the administrator
}

// Auto says that no person wrote a message.
type Auto string

// The kinds of automatic messages.
const (
	AutoNone   Auto = ""
	AutoReply  Auto = "reply"  // out of office, acknowledgement of another system
	AutoBounce Auto = "bounce" // delivery status notification
	AutoList   Auto = "list"   // newsletters, mailing lists and other bulk
)

// Inbound is one message, read.
type Inbound struct {
	Object    string // network's id of the message (a Message-ID without brackets); may be empty
	From      Address
	To, CC    []Address
	Place     string // chat or thread in which it was written; empty for mail
	Subject   string
	Text      string // what a person sees unfolded: plain text
	Quoted    string // what is folded below it: quoted mail, signature
	HTML      string // sanitised; files inside are referenced as cid:ContentID
	Files     []File
	At        time.Time // when the sender says it was written
	Thread    Thread
	Auto      Auto
	Bounce    *Bounce
	Forwarded *Address // whom an agent's forward really comes from
	Language  string   // "ru", "en" or "" when unknown
	Warnings  []Text   // what could not be read exactly
	// Missing are files the network did not hand over; Warnings say so to agents.
	Missing []MissingFile `json:",omitempty"`
	// Unreadable is set when nothing but the raw bytes could be kept. Files then
	// holds the original.
	Unreadable Text
	Doing      Doing  // what they did, when it was not writing a message
	Album      string // messages of one album share it: the network delivers its files one by one
	// Ignored is set when nobody meant the desk, as in a group of people the
	// adapter happens to be in: it is kept in the journal with this reason.
	Ignored Text
}

// MissingFile is a file that stayed in the network.
type MissingFile struct {
	Name string
	Most int64 // bytes, where the file has more than the network hands over; 0: it failed otherwise
}

// Thread is everything a message says about the ticket it belongs to, best first.
type Thread struct {
	Signed  int64    // ticket number from an address or id we signed, verified; 0 when none
	Forged  int64    // ticket number whose signature was wrong; 0 when none
	Refs    []string // network ids of earlier messages, nearest first
	Subject int64    // ticket number named in the subject; 0 when none
}

// Bounce is a network's word that a message of ours did not arrive.
type Bounce struct {
	Original  string // network id of our message, without brackets
	Recipient string // address that failed
	Status    string // enhanced status code such as 5.1.1 (RFC 3463)
	Permanent bool   // the address is gone, as opposed to delayed
	Detail    string // the other server's words
}

// Outbound is one message to send.
type Outbound struct {
	Key       string // stable over every try; the same key never makes two messages where the network can tell
	Notice    bool   // written by the desk, not by a person
	To        Address
	CC        []Address
	Place     string
	Ticket    int64 // number, 0 when it belongs to none
	Subject   string
	Body      string // Markdown
	Files     []File
	Buttons   [][]Button // rows of buttons under the message, where the network has them
	InReplyTo string     // network id of the message answered
	// Replaces is the network id of a message of ours in whose place this one
	// stands, where the network can do that and the message is still there; else
	// it is sent as any other.
	Replaces   string
	References []string // oldest first
	Author     string   // the agent's name as people see it
	Language   string   // of the person: "ru", "en"
	At         time.Time
	Progress   string // what Deps.Progress kept of earlier tries; opaque to everybody but the adapter
}

// Receipt is the network's word that it took a message.
type Receipt struct {
	ID      string    // network id of the message, without brackets
	More    []string  // network ids of its further parts, where a long message left as several
	Refused []Refusal // recipients it did not take while taking others
}

// Refusal is one recipient the network did not take.
type Refusal struct {
	Address Address
	Reason  Text
	Detail  string
}

// Adapter is one running connection to one network.
type Adapter interface {
	// Name is the kind: "email".
	Name() string
	// Run receives until ctx ends; it reconnects by itself and reports its
	// state. It returns early only with an error nothing but new settings cure.
	Run(ctx context.Context, in Sink) error
	// Decode reads a stored event. It has no effects besides Files, so it may
	// run again at any time. It answers Inbound.Unreadable rather than an error
	// for anything a sender can cause.
	Decode(ctx context.Context, e Event) (Inbound, error)
	// Send sends one message; safe to repeat with the same Key. Errors are
	// *SendError; any other error counts as temporary.
	Send(ctx context.Context, out Outbound) (Receipt, error)
}
