package portal

import "time"

// Mine is what a person asked for, and what waits for them.
type Mine struct {
	Approvals  []Approval
	Open, Done []Row
	Error      string
}

// Row is one request in a list.
type Row struct {
	Number  int64
	Subject string
	Status  Status
	At      time.Time // of the last change
	Waits   bool      // for the person
}

// Status is where a request stands, in words.
type Status struct {
	Emoji, Name string
	Says        string // what that means to the person
	Color       string // token of the look
}

// Approval is a question to the person whether somebody's request may go on.
type Approval struct {
	ID                   int64
	Subject, Asker, Name string // Name of the stage
	Answers              []Line
	At                   time.Time
	Comment, Error       string // typed, and why it was refused
}

// Request is one request as the person reads it.
type Request struct {
	Row
	Answers  []Line
	Messages []Message
	Rating   Rating
	Reopen   bool // can be opened again
	Reply    Reply
	Fresh    bool // has just been sent
}

// Message is one thing said.
type Message struct {
	ID     int64
	Author string
	Own    bool // written by the person
	Agent  bool
	At     time.Time
	HTML   string // safe
	Quoted string
	Files  []File
}

// Rating is what the person thought of the work.
type Rating struct {
	Asked   bool // can be given or changed now
	Stars   int  // 0: none yet
	Comment string
	Error   string
}

// Reply is the answer being written.
type Reply struct {
	Body, Once, Error string
}
