package dialog

import (
	"time"

	"okno/channels"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// Turn is one thing a person did.
type Turn struct {
	Text     string
	Files    []channels.File
	Missing  []channels.MissingFile
	Album    string    // messages of one album share it
	Button   string    // id of the button pressed; Text and Files are empty then
	Start    string    // key of the request type a link led to; of one they do not see, Text counts
	Language string    // of the person, as the network says: "en", "ru"
	Now      time.Time // in the zone of the person or of the desk
	Buttons  bool      // the network has buttons
	Timer    bool      // nobody did anything: State.Due has come
}

// World is what a step may look at. It is read before the step and does not
// change during it.
type World struct {
	Catalog forms.Catalog // what this person may see
	// Begun is the definition of the filling under way, of the version it was
	// begun with; nil when there is none or it is gone.
	Begun   *forms.RequestType
	Me      people.Person
	Tickets []Request       // of this person in this place, the latest first
	Matches []Match         // for Turn.Text, the best first; empty for presses
	Found   []people.Person // people whose name or address Turn.Text may mean
	Asking  []Asking        // approvals that wait for this person
	Desk    string          // name of the desk
}

// Request is a ticket as its requester sees it.
type Request struct {
	Ticket   tickets.Ticket
	Status   string // name in the person's language
	Emoji    string
	Assignee string // name, "" when nobody
	Rating   int    // 0: not rated
	Rateable bool   // it was closed lately and its rating may be given or changed
}

// Asking is an approval that waits for the person, and what it is about.
type Asking struct {
	Approval  tickets.Approval
	Number    int64 // of the ticket
	Subject   string
	Requester string // name
}

// Match is a request type that free text may mean.
type Match struct {
	Type  int64
	Score float64 // 0 to 1
}

// Outcome is what a step brings about.
type Outcome struct {
	State State
	Say   []Message
	Do    []Command
	// Taken is false when the dialog has no use for the turn: the message goes to
	// a ticket, or opens one, as it would without a dialog.
	Taken bool
}

// Message is one thing to say.
type Message struct {
	Body    string // Markdown, in the person's language
	Buttons [][]channels.Button
	Ticket  int64 // number it is about, 0: none
	// Replaces says that it shows the message whose button was pressed as it is
	// now, in its place where the network can do that.
	Replaces bool
}

// Command is one thing to do. Exactly one of its parts is set.
type Command struct {
	Open    *Open
	Human   *Human
	Write   *Write
	Rate    *Rate
	Reopen  int64 // number of the ticket
	Approve *Approve
}

// Open opens a ticket of a form that was filled.
type Open struct {
	Filling  string // its id: one filling opens one ticket, see State.Opened
	Type     int64
	Version  int
	Answers  forms.Answers
	Files    map[string][]File // by step key; "": given where none was asked
	Said     []string          // what they wrote that became no answer, such as the words the form was offered for
	Language string
}

// Human opens a ticket for somebody who asked for a person, with all that was
// said and answered so far.
type Human struct {
	Filling  string // as Open.Filling; of the offer where no form was begun; "": neither
	Type     int64  // of the form that was being filled; 0: none
	Version  int
	Answers  forms.Answers
	Files    map[string][]File
	Said     []string
	Language string
}

// Write adds the turn to a ticket that was chosen for it.
type Write struct{ Ticket int64 }

// Rate rates a ticket.
type Rate struct {
	Ticket  int64
	Stars   int // 1 to 5; 0: only the comment
	Comment string
}

// Approve answers an approval.
type Approve struct {
	Approval int64
	Agree    bool
	Comment  string
}
