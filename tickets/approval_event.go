package tickets

import (
	"time"

	"okno/tickets/forms"
)

// The types of events of approvals. Their data is the struct named beside each.
const (
	ApprovalAsked    EventType = "approval.asked"    // AskedData: a stage began, or a question was passed on
	ApprovalReminded EventType = "approval.reminded" // RemindedData
	ApprovalAnswered EventType = "approval.answered" // AnsweredData
	ApprovalSettled  EventType = "approval.settled"  // SettledData: a stage ended
)

// AskedData says who was asked in a stage.
type AskedData struct {
	Stage int        `json:"stage"` // 1, 2, ...
	Of    int        `json:"of"`    // how many there are
	Name  forms.Text `json:"name,omitzero"`
	Rule  forms.Rule `json:"rule"`
	// Asked are those who were asked now; a person of 0 are the agents.
	Asked  []Asked   `json:"asked"`
	Passed bool      `json:"passed,omitempty"` // within a stage: from one person to another
	DueAt  time.Time `json:"due_at,omitzero"`
	Why    Sentence  `json:"why,omitzero"` // why the agents are asked
}

// Asked is one question.
type Asked struct {
	ApprovalID int64 `json:"approval_id,string"`
	PersonID   int64 `json:"person_id,string"`
	DeputyFor  int64 `json:"deputy_for,string,omitempty"`
}

// RemindedData names the questions whose people are reminded.
type RemindedData struct {
	Stage     int      `json:"stage"`
	Approvals []string `json:"approvals"`
}

// AnsweredData is one answer.
type AnsweredData struct {
	ApprovalID int64  `json:"approval_id,string"`
	Stage      int    `json:"stage"`
	PersonID   int64  `json:"person_id,string"` // 0: the actor, an agent, answered for all agents
	DeputyFor  int64  `json:"deputy_for,string,omitempty"`
	Agree      bool   `json:"agree"`
	Comment    string `json:"comment,omitempty"`
	Via        string `json:"via"`
}

// SettledData says how a stage ended.
type SettledData struct {
	Stage   int        `json:"stage"`
	Of      int        `json:"of"`
	Name    forms.Text `json:"name,omitzero"`
	Outcome ChainState `json:"outcome"`        // never ChainWaiting
	Late    bool       `json:"late,omitempty"` // the deadline decided
}

// approved says that the work on the ticket can begin: its requester waits for
// the team from now on, not since they asked.
func (d SettledData) approved() bool { return d.Outcome == ChainAgreed && d.Stage == d.Of }

// approval puts what a stage means for the row into it.
func approval(t *Ticket, e Event) error {
	if e.Type == ApprovalAsked {
		return read(e, func(d AskedData) error { t.Approval = d.Stage; return nil })
	}
	return read(e, func(d SettledData) error {
		t.Approval = 0
		if d.approved() && !t.WaitingSince.IsZero() {
			t.WaitingSince = e.At
		}
		return nil
	})
}
