package forms

import (
	"cmp"

	"okno/tickets/fields"
)

// Text is words in both languages; either may be empty.
type Text struct {
	EN string `json:"en,omitempty"`
	RU string `json:"ru,omitempty"`
}

// In answers the words for somebody who reads language ("en", "ru"), in the other
// language where those are missing.
func (t Text) In(language string) string {
	if language == "ru" {
		return cmp.Or(t.RU, t.EN)
	}
	return cmp.Or(t.EN, t.RU)
}

// RequestType is the definition of one form: what may be asked for, step by
// step, and what becomes of it.
type RequestType struct {
	ID      int64  `json:"-"`
	Key     string `json:"key"`             // names it in files, links and the API: a-z, 0-9, _; never changes
	Version int    `json:"-"`               // of what was published: 1, 2, ...; 0: a draft
	Name    Text   `json:"name"`            // of a button: up to 40 characters
	About   Text   `json:"about,omitzero"`  // one sentence under the name
	Icon    string `json:"icon,omitempty"`  // emoji shown before the name
	Section string `json:"section"`         // key of the menu's section
	Topic   string `json:"topic,omitempty"` // key of the category, subcategory or topic
	// Subject is what tickets are called: words with {step_key} for answers.
	// Empty: the name.
	Subject  Text     `json:"subject,omitzero"`
	Keywords Keywords `json:"keywords,omitzero"`
	Steps    []Step   `json:"steps"`
	Stages   []Stage  `json:"stages,omitempty"` // approvals, one after another
	// What a ticket gets: 0 means what the channel or the desk says by itself.
	TeamID   int64    `json:"-"`
	Team     string   `json:"team,omitempty"`     // name of the team, in files
	Priority int      `json:"priority,omitempty"` // 1 to 4 as tickets.Priority
	SLA      string   `json:"sla,omitempty"`      // name of the policy to come; kept, not used yet
	Tags     []string `json:"tags,omitempty"`
	Audience Audience `json:"audience,omitempty"`
	Position int      `json:"-"` // within its section
	Archived bool     `json:"-"` // offered no more; what was begun with it can be ended
}

// Keywords are how people ask for it in their own words.
type Keywords struct {
	EN []string `json:"en,omitempty"`
	RU []string `json:"ru,omitempty"`
}

// Audience says who may see a request type.
type Audience string

// The audiences.
const (
	Everybody Audience = ""       // whoever reaches a channel or the portal
	Known     Audience = "known"  // people with a verified address
	Agents    Audience = "agents" // those who work here
	Nobody    Audience = "hidden" // offered by a direct link only
)

// Step is one question, or words between questions.
type Step struct {
	Key      string          `json:"key"` // unique within the form; never changes
	Type     fields.Type     `json:"type"`
	Label    Text            `json:"label"`         // the question
	Help     Text            `json:"help,omitzero"` // under it
	Optional bool            `json:"optional,omitempty"`
	Options  []fields.Option `json:"options,omitempty"`  // of one and many, unless List names them
	List     string          `json:"list,omitempty"`     // key of a reference list whose entries are the options
	Currency string          `json:"currency,omitempty"` // of money
	Default  string          `json:"default,omitempty"`  // canonical, or "today", "tomorrow", "me"
	Check    Check           `json:"check,omitzero"`
	When     *Condition      `json:"when,omitempty"` // asked only where it holds
}

// Check narrows what a step takes. Zero values do not narrow.
type Check struct {
	Min     string   `json:"min,omitempty"` // number, money, date (or "today"), time: canonical, the least
	Max     string   `json:"max,omitempty"`
	Shorter int      `json:"shorter,omitempty"` // text: fewer characters than this are too few
	Longer  int      `json:"longer,omitempty"`  // text: more than this are too many; many and files: entries
	Pattern string   `json:"pattern,omitempty"` // text: RE2, of the whole answer
	Hint    Text     `json:"hint,omitzero"`     // said when the pattern is not met
	Bytes   int64    `json:"bytes,omitempty"`   // of one file
	Files   []string `json:"files,omitempty"`   // media types or endings: "image/*", ".pdf"
}

// Condition holds or not for some answers. Exactly one of All, Any and Step is
// set.
type Condition struct {
	All  []Condition `json:"all,omitempty"`
	Any  []Condition `json:"any,omitempty"`
	Step string      `json:"step,omitempty"` // key of an earlier step
	Is   Op          `json:"is,omitempty"`
	To   string      `json:"to,omitempty"` // canonical
}

// Op compares an answer.
type Op string

// The comparisons. An unanswered step is empty and nothing else.
const (
	Equal    Op = "equal"
	NotEqual Op = "not"
	Has      Op = "has"  // many: the option is among the chosen
	Less     Op = "less" // number, money of one currency, date, time
	More     Op = "more"
	Empty    Op = "empty"
	Answered Op = "answered"
)

// Answers are the canonical texts by step key. A step that was skipped has an
// entry with the empty text, one not asked yet has none.
type Answers map[string]string

// Stage is one round of approval. The next begins when it was agreed to.
type Stage struct {
	Key       string     `json:"key"`
	Name      Text       `json:"name"`
	Approvers []Approver `json:"approvers"`
	Rule      Rule       `json:"rule"`
	When      *Condition `json:"when,omitempty"`           // only where it holds
	RemindIn  int        `json:"remind_hours,omitempty"`   // hours between reminders; 0: none
	Deadline  int        `json:"deadline_hours,omitempty"` // hours from its begin; 0: none
	Late      Late       `json:"late,omitempty"`           // what happens then
}

// Approver names who has to approve.
type Approver struct {
	Kind  ApproverKind `json:"kind"`
	Value string       `json:"value,omitempty"` // address, role, team name or step key
}

// ApproverKind is how an approver is found.
type ApproverKind string

// The kinds of approvers.
const (
	ByAddress ApproverKind = "person"  // Value: e-mail address
	ByManager ApproverKind = "manager" // the requester's
	ByRole    ApproverKind = "role"    // Value: administrator, agent: each of them
	ByTeam    ApproverKind = "team"    // Value: name of a team: each member
	ByStep    ApproverKind = "step"    // Value: key of a step of type person
)

// Rule says how many must agree.
type Rule string

// The rules. One refusal ends a stage of all; a stage of any ends with a refusal
// when nobody is left to agree; a majority is more than half of those asked.
const (
	AnyOf      Rule = "any"
	AllOf      Rule = "all"
	MajorityOf Rule = "majority"
)

// Late is what happens when a stage's deadline has passed.
type Late string

// The ways out.
const (
	LateRefuse  Late = "refuse"
	LateApprove Late = "approve"
	LateAgents  Late = "agents" // the team of the ticket decides
)
