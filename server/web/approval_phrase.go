package web

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"okno/tickets"
)

// approval says what an event of approval did.
func (s story) approval(e tickets.Event) string {
	switch e.Type {
	case tickets.ApprovalAsked:
		return s.askedApproval(e)
	case tickets.ApprovalReminded:
		var d tickets.RemindedData
		if json.Unmarshal(e.Data, &d) != nil {
			return ""
		}
		return s.n.env.T("event.approval.reminded", "names", s.reminded(d))
	case tickets.ApprovalAnswered:
		return s.answeredApproval(e)
	}
	return s.settledApproval(e)
}

func (s story) askedApproval(e tickets.Event) string {
	var d tickets.AskedData
	if json.Unmarshal(e.Data, &d) != nil {
		return ""
	}
	var names []string
	for _, a := range d.Asked {
		names = append(names, s.approver(a.PersonID))
	}
	t, who := s.n.env.T, strings.Join(names, ", ")
	switch {
	case d.Passed:
		return t("event.approval.passed", "names", who)
	case d.Why.Key != "":
		return t("event.approval.agents", "stage", d.Stage, "of", d.Of, "why", s.n.env.Sentence(d.Why))
	}
	return t("event.approval.asked", "stage", d.Stage, "of", d.Of, "names", who)
}

func (s story) answeredApproval(e tickets.Event) string {
	var d tickets.AnsweredData
	if json.Unmarshal(e.Data, &d) != nil {
		return ""
	}
	key := "event.approval.refused"
	if d.Agree {
		key = "event.approval.agreed"
	}
	if d.DeputyFor != 0 {
		key += ".deputy"
	}
	if d.Comment != "" {
		key += ".comment"
	}
	return s.n.env.T(key, "name", s.approver(d.DeputyFor), "comment", d.Comment)
}

func (s story) settledApproval(e tickets.Event) string {
	var d tickets.SettledData
	if json.Unmarshal(e.Data, &d) != nil || d.Outcome == "" {
		return ""
	}
	key := "event.approval.settled." + string(d.Outcome)
	if d.Late {
		key += ".late"
	}
	return s.n.env.T(key, "stage", d.Stage, "of", d.Of)
}

// reminded are the names of those whose questions an event reminds of.
func (s story) reminded(d tickets.RemindedData) string {
	var names []string
	for _, id := range d.Approvals {
		names = append(names, s.approver(s.asking[parseID(id)]))
	}
	return strings.Join(names, ", ")
}

// approver is the name of somebody who has to approve.
func (s story) approver(person int64) string {
	if person == 0 {
		return s.n.env.T("approval.agents")
	}
	return s.approvers[person]
}

// approvers are the names of those who were asked to approve a ticket, and whom
// each question was put to.
func (w *Web) approvers(ctx context.Context, talk tickets.Conversation) (names map[int64]string, asking map[int64]int64, err error) {
	if !slices.ContainsFunc(talk.Events, func(e tickets.Event) bool { return e.Type == tickets.ApprovalAsked }) {
		return nil, nil, nil
	}
	list, err := w.Tickets.Approvals(ctx, talk.Ticket.ID)
	if err != nil {
		return nil, nil, err
	}
	known, err := w.Store.Persons(ctx, concerned(list))
	names, asking = map[int64]string{}, map[int64]int64{}
	for id, p := range known {
		names[id] = p.Name
	}
	for _, q := range list {
		asking[q.ID] = q.PersonID
	}
	return names, asking, err
}
