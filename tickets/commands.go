package tickets

import "time"

// NewTicket is what it takes to open a ticket. The zero value of every field
// but Subject and RequesterID has a sensible meaning.
type NewTicket struct {
	Subject     string
	RequesterID int64
	StatusID    int64 // 0: the first status of category New
	Priority    Priority
	TeamID      int64
	AssigneeID  int64
	ChannelID   int64
	Place       string
	Tags        []string
	Followers   []int64
	Fields      map[string]string // canonical texts by key, see tickets/fields
	Spam        bool
	LooksLike   int64 // see Ticket.LooksLike
	// First is the first message: Incoming from the requester, or Outgoing from
	// an agent who opens a ticket for somebody. Exactly one is set.
	Incoming *Incoming
	Outgoing *NewMessage
	// Kind is that of Outgoing; "" means Reply.
	Kind MessageKind
	form *filledForm // with Incoming, see Service.Request
}

// NewMessage is what an agent writes.
type NewMessage struct {
	Body  string // Markdown
	Files []File
	// Once is a key the form carries, so that sending it twice makes one
	// message; "" does not check.
	Once string
	// SeenSeq is the last event the agent had on the screen. When somebody else
	// said something since, the message is refused with Conflict so that the
	// agent reads it first. 0 does not check.
	SeenSeq int64
	// Then is the status to set with the message; 0: the usual one (a reply
	// opens a new ticket).
	Then int64
	// Mentions are the agents named with @ in a note.
	Mentions []int64
}

// Incoming is what a person wrote by a channel.
type Incoming struct {
	PersonID  int64
	ChannelID int64
	Network   string // of the channel: "email"
	Body      string // plain text shown unfolded
	Markdown  bool   // Body is Markdown: a form that was filled
	Quoted    string
	HTML      string // sanitised
	Files     []File
	Copies    []string
	Followers []int64 // persons to add as followers
	Auto      string  // channels.Auto; anything but "" never reopens
	Warnings  []Sentence
	Original  string // blob of the raw message
	Ref       string // network id of the message
	Once      string // as NewMessage.Once
	At        time.Time
}

// Change is a set of changes to a ticket; nil leaves a field as it is.
type Change struct {
	Subject         *string
	StatusID        *int64
	Priority        *Priority
	TeamID          *int64
	AssigneeID      *int64
	RequesterID     *int64
	Spam            *bool
	AddTags         []string
	RemoveTags      []string
	AddFollowers    []int64
	RemoveFollowers []int64
	// Fields are canonical texts by key, see tickets/fields; "" clears one.
	Fields map[string]string
}

// Conversation is a ticket with all that was said and done.
type Conversation struct {
	Ticket   Ticket
	Messages []Message
	Events   []Event
	Links    []TicketLink
	ReadSeq  int64 // last event the reader had seen before
}
