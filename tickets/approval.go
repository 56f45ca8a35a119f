package tickets

import (
	"context"
	"time"

	"okno/tickets/forms"
)

// Approval is the question to one person whether a ticket may go on.
type Approval struct {
	ID         int64
	TicketID   int64
	Stage      int   // 1, 2, ...
	Round      int   // of asking: 1, 2, ...; a stage may be asked anew
	PersonID   int64 // who answers; 0: the agents, for want of anybody else
	DeputyFor  int64 // person who is away, or from whom it was passed on; 0: nobody
	AgentID    int64 // who answered for the agents; 0: nobody
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

// Chain is the stages of approval a ticket goes through, and where it stands.
// It is fixed when the ticket is opened: neither a later version of the request
// type nor a change of the ticket adds a stage or takes one away.
type Chain struct {
	TicketID int64
	Stages   []forms.Stage // whose condition held, in their order
	Stage    int           // which is asked now, or was asked last: 1, 2, ...
	Round    int           // grows whenever somebody else is asked as a whole
	Agents   bool          // the agents answer, for want of anybody else
	State    ChainState
	BegunAt  time.Time // when this round began
	DueAt    time.Time // its deadline; zero: none
}

// ChainState is where a chain stands.
type ChainState string

// The states of chains.
const (
	ChainWaiting ChainState = "waiting"
	ChainAgreed  ChainState = "agreed"  // by every stage
	ChainRefused ChainState = "refused" // by one
	ChainStopped ChainState = "stopped" // the ticket was closed, merged or called spam before
)

// now is the stage that is asked.
func (c Chain) now() forms.Stage { return c.Stages[c.Stage-1] }

// last says that no other stage follows.
func (c Chain) last() bool { return c.Stage == len(c.Stages) }

// question is a fresh question of this round.
func (c Chain) question(id, person int64, at time.Time) Approval {
	return Approval{ID: id, TicketID: c.TicketID, Stage: c.Stage, Round: c.Round, PersonID: person, State: ApprovalWaiting, AskedAt: at}
}

// ApprovalStore keeps chains, the questions of their stages, and deputies.
type ApprovalStore interface {
	ApprovalChain(ctx context.Context, ticket int64) (Chain, error)
	PutApprovalChain(ctx context.Context, c Chain) error // insert or replace
	Approval(ctx context.Context, id int64) (Approval, error)
	// Approvals answers every question of a ticket, oldest first.
	Approvals(ctx context.Context, ticket int64) ([]Approval, error)
	// ApprovalsOf answers what waits for a person in tickets that are there,
	// oldest first.
	ApprovalsOf(ctx context.Context, person int64) ([]Approval, error)
	PutApproval(ctx context.Context, a Approval) error // insert or replace
	DeputyStore
}

// DeputyStore keeps who answers for whom.
type DeputyStore interface {
	Deputy(ctx context.Context, person int64) (Deputy, error)
	PutDeputy(ctx context.Context, d Deputy) error // insert or replace by person
	DeleteDeputy(ctx context.Context, person int64) error
}

// Deputy answers for somebody who is away.
type Deputy struct {
	PersonID int64
	DeputyID int64
	From     time.Time
	Until    time.Time // the first moment they are back
}

// Away says that the person is away at a time.
func (d Deputy) Away(at time.Time) bool { return !at.Before(d.From) && at.Before(d.Until) }

// pending says that a ticket waits for approval and not for its team.
func (t Ticket) pending() bool { return t.Approval != 0 && t.Category == OnHold }
