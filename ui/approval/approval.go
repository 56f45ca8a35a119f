// Package approval draws who has to approve a ticket and what they answered, the
// page behind the link that those get by mail, and the form by which somebody
// names a deputy.
package approval

import (
	"strconv"
	"time"

	"okno/tickets"
	"okno/ui"
)

// State says what a link is good for.
type State string

// The states of links.
const (
	Open     State = "open"
	Answered State = "answered" // a moment ago
	Used     State = "used"
	Moot     State = "moot"
	Expired  State = "expired"
	Wrong    State = "wrong" // nobody signed it
)

// Page is the page behind a link. Only an open one says anything about the
// request.
type Page struct {
	State     State
	Why       string // in the reader's words, unless it is open or was answered
	Agreed    bool   // what was answered a moment ago
	Number    int64
	Subject   string
	Requester string
	Away      string // in whose place the reader is asked; "": their own
	HTML      string // safe; what is asked for
	Files     []string
	Chain     Chain
	Action    string            // path of the page
	Comment   string            // as typed
	Errors    map[string]string // by field; "" for the form as a whole
	Absence   Absence
}

// Chain is the stages a ticket goes through.
type Chain struct {
	Stages  []Stage
	Outcome tickets.ChainState
	// Again is where to ask once more; "" where that cannot be done.
	Again string
}

// Stage is one stage with what was asked and answered in it.
type Stage struct {
	Title   string
	Rule    string    // in words; "" where one alone is asked
	Due     time.Time // zero: no deadline, or it is not asked now
	Current bool
	Answers []Answer
}

// Answer is a question put to somebody and what became of it.
type Answer struct {
	ID       int64
	Name     string // who was asked
	Instead  string // in whose place; "": their own
	By       string // which agent answered for all
	State    tickets.ApprovalState
	Comment  string
	At       time.Time // when it was answered, or asked
	Answer   string    // where the reader answers; "" where they may not
	Pass     string    // where an administrator passes it on; ""
	Typed    string    // a comment that was refused
	Person   string    // an address that was refused
	Refusals map[string]string
}

// Absence is the form that names a deputy.
type Absence struct {
	Action  string
	From    string // day, 2006-01-02
	Until   string // the last day
	Address string // of the deputy
	Name    string // of the deputy there is; "": none
	FromAt  time.Time
	UntilAt time.Time
	Errors  map[string]string
	Saved   string
}

func text(n int64) string { return strconv.FormatInt(n, 10) }

// title is the headline of a page.
func title(env ui.Env, p Page) string {
	switch {
	case p.State == Answered && p.Agreed:
		return env.T("approval.page.agreed")
	case p.State == Answered:
		return env.T("approval.page.refused")
	case p.State == Open:
		return env.T("approval.page.asks", "name", p.Requester)
	}
	return env.T("approval.page." + string(p.State))
}

// lead is the sentence under the headline.
func lead(env ui.Env, p Page) string {
	switch {
	case p.State == Answered:
		return env.T("approval.page.thanks")
	case p.State == Open && p.Away != "":
		return env.T("approval.page.deputy", "name", p.Away)
	}
	return p.Why
}

// icon is the sign of a state, without colour alone saying anything.
func icon(s tickets.ApprovalState) string {
	switch s {
	case tickets.ApprovalAgreed:
		return "check"
	case tickets.ApprovalRefused:
		return "x"
	}
	return "clock"
}
