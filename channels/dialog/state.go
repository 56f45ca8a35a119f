package dialog

import (
	"time"

	"okno/tickets/forms"
)

// State is what the dialog with one person in one place remembers. The zero
// State is a dialog not begun.
type State struct {
	Language string    `json:"language,omitempty"` // they chose or wrote last: "en", "ru"
	Serial   int       `json:"serial,omitempty"`   // of forms begun and offered, so that old buttons are known
	Filling  *Filling  `json:"filling,omitempty"`  // the form being filled
	Offer    *Offer    `json:"offer,omitempty"`    // a form that was offered for what they wrote
	Choice   []Choice  `json:"choice,omitempty"`   // the buttons last offered, in order: what "2" and their words mean
	ChoiceAt time.Time `json:"choice_at,omitzero"`
	Writing  *Writing  `json:"writing,omitempty"`  // the ticket they chose to write to
	Rating   *Rating   `json:"rating,omitempty"`   // a comment to a rating is awaited
	Refusing *Refusing `json:"refusing,omitempty"` // a comment to a refusal is awaited
	Plain    bool      `json:"plain,omitempty"`    // they asked for a person: no form is offered for the next message
	Ended    []Ended   `json:"ended,omitempty"`    // forms lately, the latest last
	Pressed  Press     `json:"pressed,omitzero"`   // the last press that did something
}

// Choice is a button that was offered.
type Choice struct {
	ID     string `json:"id"`
	Word   string `json:"word"`             // what it says
	Number int    `json:"number,omitempty"` // what may be typed in its place, 1, 2, ...; 0: only the words
}

// Press is a button that was pressed.
type Press struct {
	ID string    `json:"id"`
	At time.Time `json:"at"`
}

// Filling is a form with the answers so far.
type Filling struct {
	ID        string            `json:"id"` // short, in every button of this form
	Type      int64             `json:"type"`
	Version   int               `json:"version"` // of the definition they began with
	Answers   forms.Answers     `json:"answers"`
	Files     map[string][]File `json:"files,omitempty"`     // by step key; "": given where none was asked
	Asked     string            `json:"asked,omitempty"`     // step asked now; "": the summary
	Question  int               `json:"question,omitempty"`  // how many were asked, so that buttons of earlier ones are known
	Page      int               `json:"page,omitempty"`      // of a long list of options, from 0
	Changing  bool              `json:"changing,omitempty"`  // back to the summary after this answer
	Chosen    []string          `json:"chosen,omitempty"`    // of many: ticked so far
	Album     string            `json:"album,omitempty"`     // whose first file was confirmed
	Said      []string          `json:"said,omitempty"`      // what they wrote beside the answers
	Tried     []string          `json:"tried,omitempty"`     // what was not taken as the answer to the question asked now
	Paused    bool              `json:"paused,omitempty"`    // they look at something else; it waits for Continue
	Cancelled bool              `json:"cancelled,omitempty"` // they gave it up and may still change their mind
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

// Offer is a form that was offered for free text and neither taken nor refused.
type Offer struct {
	ID     string    `json:"id"`
	Type   int64     `json:"type"`
	Other  []int64   `json:"other,omitempty"` // types that may be meant too
	Said   []string  `json:"said"`
	Files  []File    `json:"files,omitempty"`
	Person string    `json:"person,omitempty"` // the only one of the directory who was named, as an answer
	At     time.Time `json:"at"`
}

// Writing says where the next messages go.
type Writing struct {
	Ticket int64     `json:"ticket"` // number
	Until  time.Time `json:"until"`
}

// Rating awaits a comment.
type Rating struct {
	Ticket int64     `json:"ticket"` // number
	Until  time.Time `json:"until"`
}

// Refusing awaits the reason of a refusal.
type Refusing struct {
	Approval int64 `json:"approval"`
	Form     bool  `json:"form,omitempty"` // one was being filled and is gone on with afterwards
}

// Ended is a form that is no longer filled.
type Ended struct {
	ID     string `json:"id"` // of the Filling
	Ticket int64  `json:"ticket,omitempty"`
	Sent   bool   `json:"sent,omitempty"`
}

// mostEnded is how many forms that ended are remembered.
const mostEnded = 8

// Opened notes that the form with this id made a ticket, so that its old buttons
// can name it. An unknown id changes nothing.
func (s State) Opened(filling string, number int64) State {
	ended := append([]Ended(nil), s.Ended...)
	for i := range ended {
		if ended[i].ID == filling {
			ended[i].Ticket = number
		}
	}
	s.Ended = ended
	return s
}

// offerLasts is how long an offer waits for an answer. What was written then
// goes to people as it is, lest nobody ever reads it.
const offerLasts = 15 * time.Minute

// Due is when Step wants to be called with Turn.Timer if nothing happens before;
// the zero time when it does not.
func (s State) Due() time.Time {
	if s.Offer == nil {
		return time.Time{}
	}
	return s.Offer.At.Add(offerLasts)
}
