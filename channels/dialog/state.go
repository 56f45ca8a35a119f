package dialog

import (
	"time"

	"okno/tickets/forms"
)

// State is what the dialog with one person in one place remembers. The zero
// State is a dialog not begun.
type State struct {
	Language string    `json:"language,omitempty"` // they chose or wrote last: "en", "ru"
	Filling  *Filling  `json:"filling,omitempty"`  // the form being filled
	Choice   []string  `json:"choice,omitempty"`   // ids of the buttons last offered, in order: what "2" means
	Serial   int       `json:"serial,omitempty"`   // of fillings and questions, so that old buttons are known
	Ticket   int64     `json:"ticket,omitempty"`   // number that the next message goes to, chosen under "my requests"
	Rating   *Rating   `json:"rating,omitempty"`   // a comment to a rating is awaited
	Refusing *Refusing `json:"refusing,omitempty"` // a comment to a refusal is awaited
}

// Filling is a form with the answers so far.
type Filling struct {
	ID        string            `json:"id"` // short, in every button of this form
	Type      int64             `json:"type"`
	Version   int               `json:"version"` // of the definition they began with
	Answers   forms.Answers     `json:"answers"`
	Files     map[string][]File `json:"files,omitempty"`    // by step key
	Asked     string            `json:"asked,omitempty"`    // step asked now; "": the summary
	Changing  bool              `json:"changing,omitempty"` // back to the summary after this answer
	Chosen    []string          `json:"chosen,omitempty"`   // of many: ticked so far
	Said      []string          `json:"said,omitempty"`     // all they wrote since it began
	BegunAt   time.Time         `json:"begun_at"`
	TouchedAt time.Time         `json:"touched_at"`
}

// File is a file given as an answer: as channels.File.
type File struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Size int64  `json:"size"`
	Blob string `json:"blob"`
}

// Rating awaits a comment.
type Rating struct {
	Ticket int64     `json:"ticket"` // number
	Until  time.Time `json:"until"`
}

// Refusing awaits the reason of a refusal.
type Refusing struct {
	Approval int64 `json:"approval"`
}
