package forms

// Vote is where one approver stands.
type Vote string

// The votes, spelt as the states of an approval.
const (
	VoteWaiting Vote = "waiting"
	VoteAgreed  Vote = "agreed"
	VoteRefused Vote = "refused"
)

// Verdict is where a stage stands.
type Verdict string

// The verdicts.
const (
	Undecided Verdict = ""
	Agreed    Verdict = "agreed"
	Refused   Verdict = "refused"
)

// Tally says where a stage stands, given one vote for each who was asked. Nobody
// asked decides nothing.
func Tally(stage Stage, votes []Vote) Verdict {
	count := map[Vote]int{}
	for _, v := range votes {
		count[v]++
	}
	needed := len(votes)
	switch stage.Rule {
	case AnyOf:
		needed = min(1, len(votes))
	case MajorityOf:
		needed = len(votes)/2 + 1
	}
	switch {
	case len(votes) == 0:
		return Undecided
	case count[VoteAgreed] >= needed:
		return Agreed
	case count[VoteAgreed]+count[VoteWaiting] < needed:
		return Refused
	}
	return Undecided
}

// StageAfter is the first stage after place whose condition holds, and its
// place; -1 begins with the first. It is false when none is left.
func StageAfter(t RequestType, a Answers, place int) (Stage, int, bool) {
	for i := place + 1; i < len(t.Stages); i++ {
		if s := t.Stages[i]; s.When == nil || s.When.Holds(t, a) {
			return s, i, true
		}
	}
	return Stage{}, 0, false
}
