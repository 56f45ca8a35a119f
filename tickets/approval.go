package tickets

import "time"

// Approval is the question to one person whether a ticket may go on.
type Approval struct {
	ID         int64
	TicketID   int64
	Stage      int   // 1, 2, ...
	PersonID   int64 // who answers
	DeputyFor  int64 // person who is away; 0: nobody
	State      ApprovalState
	Comment    string
	Via        string // network of the answer: "telegram", "email", "web"
	AskedAt    time.Time
	AnsweredAt time.Time // zero while it waits
}

// ApprovalState is where the question to one person stands.
type ApprovalState string

// The states of approvals.
const (
	ApprovalWaiting ApprovalState = "waiting"
	ApprovalAgreed  ApprovalState = "agreed"
	ApprovalRefused ApprovalState = "refused"
	ApprovalMoot    ApprovalState = "moot"   // the stage ended without this answer
	ApprovalPassed  ApprovalState = "passed" // on to a deputy
)
