package tickets

import (
	"encoding/json"
	"time"

	"okno/tickets/forms"
)

// EventType names what happened, in the past tense.
type EventType string

// The types of events. Their data is the struct named beside each.
const (
	TicketCreated    EventType = "ticket.created"    // CreatedData
	MessageAdded     EventType = "message.added"     // MessageData
	MessageWithdrawn EventType = "message.withdrawn" // MessageData: an undone reply
	StatusChanged    EventType = "status.changed"    // ChangeData: status ids
	PriorityChanged  EventType = "priority.changed"  // ChangeData: numbers
	TeamChanged      EventType = "team.changed"      // ChangeData: team ids
	AssigneeChanged  EventType = "assignee.changed"  // ChangeData: agent ids
	RequesterChanged EventType = "requester.changed" // ChangeData: person ids
	SubjectChanged   EventType = "subject.changed"   // ChangeData: texts
	TagsChanged      EventType = "tags.changed"      // ListData: tags
	FollowersChanged EventType = "followers.changed" // ListData: person ids
	SpamChanged      EventType = "spam.changed"      // ChangeData: "true", "false"
	FieldsChanged    EventType = "fields.changed"    // ChangeData with Key: canonical texts of one field
	DeliverySettled  EventType = "delivery.settled"  // DeliveryData: left, failed or queued again
	BounceReceived   EventType = "bounce.received"   // DeliveryData
	TicketMerged     EventType = "ticket.merged"     // MoveData, on both tickets
	TicketUnmerged   EventType = "ticket.unmerged"   // MoveData, on both tickets
	TicketSplit      EventType = "ticket.split"      // MoveData, on both tickets
	TicketUnsplit    EventType = "ticket.unsplit"    // MoveData, on both tickets
	TicketLinked     EventType = "ticket.linked"     // LinkData, on both tickets
	TicketUnlinked   EventType = "ticket.unlinked"   // LinkData, on both tickets
	TicketDeleted    EventType = "ticket.deleted"    // DeletedData
	TicketRestored   EventType = "ticket.restored"   // DeletedData: when it would have gone
	MessageEdited    EventType = "message.edited"    // EditData: its author changed what they had written
	MessageExtended  EventType = "message.extended"  // EditData: further files of one album
	MessageRemoved   EventType = "message.removed"   // MessageData: its author took it back
	MessageReacted   EventType = "message.reacted"   // ReactionData
	ReachChanged     EventType = "reach.changed"     // ReachData
	TicketRated      EventType = "ticket.rated"      // RatingData: its requester did
	TicketReopened   EventType = "ticket.reopened"   // ReopenedData: its requester wants more; follows status.changed
)

// Event is one entry of the log. Events are never changed or removed.
type Event struct {
	Pos      int64           `json:"pos"` // place in the whole log, without holes seen by a follower
	TicketID int64           `json:"ticket_id,string"`
	Number   int64           `json:"number"` // of the ticket
	Seq      int64           `json:"seq"`    // 1, 2, ... within the ticket
	Type     EventType       `json:"type"`
	Actor    Actor           `json:"actor"`
	At       time.Time       `json:"at"`
	Data     json.RawMessage `json:"data"`
}

// CreatedData is what ticket.created carries.
type CreatedData struct {
	Subject     string   `json:"subject"`
	StatusID    int64    `json:"status_id,string"`
	Priority    Priority `json:"priority"`
	TeamID      int64    `json:"team_id,string,omitempty"`
	AssigneeID  int64    `json:"assignee_id,string,omitempty"`
	RequesterID int64    `json:"requester_id,string"`
	ChannelID   int64    `json:"channel_id,string,omitempty"`
	Place       string   `json:"place,omitempty"`
	Tags        []string `json:"tags,omitempty"`
	LooksLike   int64    `json:"looks_like,omitempty"`
	// Fields are the answers the ticket was opened with, by key.
	Fields map[string]string `json:"fields,omitempty"`
	Form   *FormData         `json:"form,omitempty"` // of a ticket made by a request type
}

// FormData is the form a ticket was made with and what it was filled with.
type FormData struct {
	TypeID  int64  `json:"type_id,string"`
	Type    string `json:"type"` // key of the request type
	Version int    `json:"version"`
	// Answers are canonical texts of tickets/fields by the key of the step; empty
	// ones were skipped.
	Answers forms.Answers `json:"answers,omitempty"`
	// Files are the names of the files by the key of the step.
	Files      map[string][]string `json:"files,omitempty"`
	Unfinished bool                `json:"unfinished,omitempty"` // somebody asked for a person in the middle
}

// RatingData is what ticket.rated carries.
type RatingData struct {
	Stars   int    `json:"stars"` // 1 to 5
	Comment string `json:"comment,omitempty"`
	Was     int    `json:"was,omitempty"` // stars before; 0: rated for the first time
}

// ReopenedData is what ticket.reopened carries: nothing.
type ReopenedData struct{}

// MessageData names a message; its text stays in the message row.
type MessageData struct {
	MessageID int64       `json:"message_id,string"`
	Kind      MessageKind `json:"kind"`
	Auto      string      `json:"auto,omitempty"`
	Mentions  []int64     `json:"mentions,omitempty"` // agents named in a note
	Notice    string      `json:"notice,omitempty"`   // set when the desk, not a person, wrote it
	// Shown comes with message.withdrawn: what the row shows now that the reply
	// was never said.
	Shown Shown `json:"shown,omitzero"`
}

// ChangeData is one value before and after, as text.
type ChangeData struct {
	From string `json:"from"`
	To   string `json:"to"`
	Key  string `json:"key,omitempty"` // which field, of fields.changed
}

// ListData is what a list lost and gained.
type ListData struct {
	Added   []string `json:"added,omitempty"`
	Removed []string `json:"removed,omitempty"`
}

// DeliveryData says how a reply fared.
type DeliveryData struct {
	MessageID int64         `json:"message_id,string"`
	State     DeliveryState `json:"state"`
	Was       DeliveryState `json:"was,omitempty"` // state of the message before
	Recipient string        `json:"recipient,omitempty"`
	Reason    Sentence      `json:"reason,omitzero"`
	Detail    string        `json:"detail,omitempty"`
}

// EditData says which message has another text or further files.
type EditData struct {
	MessageID int64 `json:"message_id,string"`
	Version   int   `json:"version,omitempty"` // of the text it has now; the first is 1
	Files     int   `json:"files,omitempty"`   // how many came with an album
	Last      bool  `json:"last,omitempty"`    // the list shows its words
}

// ReactionData is an emoji somebody put on a message; "" took it off.
type ReactionData struct {
	MessageID int64  `json:"message_id,string"`
	Emoji     string `json:"emoji"`
}

// ReachData says that a person takes no messages from us any more, or takes
// them again.
type ReachData struct {
	PersonID int64    `json:"person_id,string"`
	Network  string   `json:"network"`
	Why      Sentence `json:"why,omitzero"` // zero: they can be reached again
}
