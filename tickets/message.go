package tickets

import "time"

// MessageKind says who may read a message.
type MessageKind string

// The kinds of messages.
const (
	Reply MessageKind = "reply" // public: the requester and the followers
	Note  MessageKind = "note"  // private: agents only, never leaves
)

// Message is one thing said in a ticket.
type Message struct {
	ID        int64
	TicketID  int64     // where it is now
	SourceID  int64     // ticket (id) it was written in; 0: this one
	Seq       int64     // seq of the event that added it, in the ticket it was written in
	AddedAt   time.Time // when the desk got it; orders the conversation
	Kind      MessageKind
	Author    Actor
	AuthorAs  string // the author's name at that time
	ChannelID int64  // came in by or goes out by; 0: the web
	Body      string // Markdown from agents, plain text from people
	Markdown  bool
	Quoted    string // folded part of an incoming message
	HTML      string // sanitised, "" when the message had none
	Files     []File
	Copies    []string // who else was addressed, for show
	Auto      string   // channels.Auto of an incoming message
	Warnings  []Sentence
	Original  string // blob of the raw message, "" when none is kept
	CreatedAt time.Time
	Delivery  Delivery
	EditedAt  time.Time // when its author last changed it; zero: never
	RemovedAt time.Time // when its author took it back; agents still read it
	Earlier   []Version // what it said before, oldest first
}

// Version is a text a message had before its author changed it.
type Version struct {
	MessageID int64
	Number    int // 1 is what it said first
	Body      string
	Quoted    string
	HTML      string
	Files     []File
	At        time.Time // when it was written
}

// Sentence is a translatable text: a key of assets/locale and its arguments.
type Sentence struct {
	Key  string            `json:"key"`
	Args map[string]string `json:"args,omitempty"`
}

// File is an attachment; its bytes lie in the desk's files.
type File struct {
	Name      string `json:"name"`
	Type      string `json:"type"`
	Size      int64  `json:"size"`
	Blob      string `json:"blob"` // SHA-256 in hex
	Inline    bool   `json:"inline,omitempty"`
	ContentID string `json:"content_id,omitempty"`
}

// DeliveryState is how far an outgoing reply has come.
type DeliveryState string

// The states of delivery.
const (
	DeliveryNone      DeliveryState = ""          // incoming, or a note
	DeliveryQueued    DeliveryState = "queued"    // waits, can still be undone until Delivery.SendAt
	DeliverySending   DeliveryState = "sending"   // being handed over, or between two tries
	DeliverySent      DeliveryState = "sent"      // the network took it
	DeliveryFailed    DeliveryState = "failed"    // refused for good; see Reason
	DeliveryWithdrawn DeliveryState = "withdrawn" // undone before it left
)

// Delivery is where a reply stands on its way out.
type Delivery struct {
	State  DeliveryState
	SendAt time.Time // not before; undo is possible until then
	At     time.Time // of the last change of State
	Reason Sentence  // why it failed or is delayed
	Detail string    // the network's words
}
