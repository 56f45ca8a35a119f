package forms

import (
	"net/mail"
	"slices"
	"strconv"

	"okno/tickets/fields"
)

// stageFlaws checks one stage of approval. Its condition may rest on any step.
func (x *flaws) stageFlaws(t RequestType, place int, lists []List) {
	s := t.Stages[place]
	if !x.key(s.Key) {
		before := slices.IndexFunc(t.Stages[:place], func(o Stage) bool { return o.Key == s.Key })
		x.addIf(before >= 0, "key", "form.flaw.key.twice", "place", strconv.Itoa(before+1))
	}
	x.words("name", s.Name, longestName)
	x.approvers(t, s.Approvers)
	x.addIf(!slices.Contains([]Rule{AnyOf, AllOf, MajorityOf}, s.Rule), "rule", "form.flaw.rule")
	if s.When != nil {
		x.condition(*s.When, t, t, lists)
	}
	x.hours("remind_hours", s.RemindIn)
	x.hours("deadline_hours", s.Deadline)
	known := slices.Contains([]Late{LateRefuse, LateApprove, LateAgents}, s.Late)
	x.addIf((s.Deadline > 0 || s.Late != "") && !known, "late", "form.flaw.late")
}

func (x *flaws) hours(part string, n int) {
	const year = 366 * 24
	x.addIf(n < 0 || n > year, part, "form.flaw.hours", "most", strconv.Itoa(year))
}

func (x *flaws) approvers(t RequestType, list []Approver) {
	x.addIf(len(list) == 0, "approvers", "form.flaw.approvers.none")
	x.addIf(len(list) > mostApprovers, "approvers", "form.flaw.many", "most", strconv.Itoa(mostApprovers))
	for i, a := range list {
		if message := a.flaw(t); message != "" {
			x.add("approvers."+strconv.Itoa(i), message, "value", a.Value)
		}
	}
}

// flaw is what is wrong with one approver, empty when nothing is.
func (a Approver) flaw(t RequestType) string {
	s, _ := t.Step(a.Value)
	switch a.Kind {
	case ByAddress:
		if blank(a.Value) {
			return "form.flaw.approver.unnamed"
		}
		if _, err := mail.ParseAddress(a.Value); err != nil {
			return "form.flaw.approver.address"
		}
	case ByManager:
		if a.Value != "" {
			return "form.flaw.useless"
		}
	case ByRole:
		if a.Value != "administrator" && a.Value != "agent" {
			return "form.flaw.approver.role"
		}
	case ByTeam:
		if blank(a.Value) {
			return "form.flaw.approver.team"
		}
	case ByStep:
		if s.Type != fields.Person {
			return "form.flaw.approver.step"
		}
	default:
		return "form.flaw.approver.kind"
	}
	return ""
}
