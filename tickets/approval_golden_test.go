package tickets_test

import (
	"encoding/json"
	"testing"
	"time"

	"okno/tickets"
	"okno/tickets/forms"
)

// TestEventsOfApprovalStayAsTheyAre compares their JSON with what followers and
// stored logs rely on.
func TestEventsOfApprovalStayAsTheyAre(t *testing.T) {
	w, s, made := desk(t, "memory")
	stage := forms.Stage{Name: forms.Text{EN: "Lead", RU: "Руководитель"}, Rule: forms.AllOf, RemindIn: 1, Deadline: 2,
		Approvers: []forms.Approver{{Kind: forms.ByStep, Value: "boss"}}}
	must(t, s.SetDeputy(t.Context(), boris(), 12, 13, w.at(), w.at().Add(time.Hour)))
	must(t, s.BeginApproval(t.Context(), made.ID, one(stage), forms.Answers{"boss": "12"}))
	w.pass(time.Hour)
	must(t, s.RemindApproval(t.Context(), made.ID))
	last := w.questions(t, made.ID)[1]
	must(t, s.AnswerApproval(t.Context(), tickets.AsPerson(13), last.ID, false, "Too dear", "telegram"))
	seen := map[tickets.EventType]bool{}
	for _, e := range w.log(t) {
		switch e.Type {
		case tickets.ApprovalAsked, tickets.ApprovalReminded, tickets.ApprovalAnswered, tickets.ApprovalSettled:
			got, err := json.MarshalIndent(e, "", "  ")
			must(t, err)
			golden(t, string(e.Type), append(got, '\n'))
			seen[e.Type] = true
		}
	}
	if len(seen) != 4 {
		t.Errorf("the story has %d types of events of approval, want 4", len(seen))
	}
}

// TestApprovalInMergesSplitsAndSpam follows the books: the rows equal the log,
// and nobody is asked about a ticket that is gone.
func TestApprovalInMergesSplitsAndSpam(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		stage := one(forms.Stage{Approvers: address("a@desk.test"), RemindIn: 1, Deadline: 2})
		into, spam := asked(t, s), true
		must(t, s.BeginApproval(t.Context(), into.ID, stage, nil))
		must(t, s.BeginApproval(t.Context(), made.ID, stage, nil))
		_, err := s.Merge(t.Context(), anna(), made.ID, into.ID)
		must(t, err)
		if w.row(t, made.ID).Approval != 0 || w.states(t, made.ID) != "moot" {
			t.Errorf("merged away: %s", w.states(t, made.ID))
		}
		if row := w.row(t, into.ID); row.Approval != 1 || row.Category != tickets.OnHold {
			t.Errorf("what joined it opened it: %+v", row)
		}
		_, err = s.Split(t.Context(), anna(), into.ID, []int64{w.said(t, into.ID)[1].ID}, "")
		must(t, err)
		_, err = s.Receive(t.Context(), into.ID, tickets.Incoming{PersonID: 11, Body: "and?"})
		must(t, err)
		if row := w.row(t, into.ID); row.Approval != 1 || row.Category != tickets.OnHold {
			t.Errorf("a message opened it: %+v", row)
		}
		_, err = s.Change(t.Context(), anna(), into.ID, 0, tickets.Change{Spam: &spam})
		must(t, err)
		if w.row(t, into.ID).Approval != 0 || w.states(t, into.ID) != "moot" || w.timers(t) != "" {
			t.Errorf("spam: %s", w.states(t, into.ID))
		}
		rows := map[int64]tickets.Ticket{}
		events := w.log(t)
		for _, e := range events {
			rows[e.TicketID] = w.row(t, e.TicketID)
		}
		checkLog(t, t, w, rows, events)
	})
}

func TestAskedAgainAfterARefusal(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		must(t, s.BeginApproval(t.Context(), made.ID, one(forms.Stage{Approvers: address("a@desk.test")}), nil))
		unwanted(t, "while it waits", s.AskAgain(t.Context(), anna(), made.ID), tickets.Blocked, "error.approval.again")
		w.answer(t, s, "a@desk.test", false)
		must(t, s.AskAgain(t.Context(), anna(), made.ID))
		if row := w.row(t, made.ID); row.Approval != 1 || row.Category != tickets.OnHold {
			t.Errorf("row %+v", row)
		}
		w.answer(t, s, "a@desk.test", true) // the refusal before counts no more
		if row := w.row(t, made.ID); row.Approval != 0 || row.Category != tickets.New {
			t.Errorf("row %+v", row)
		}
	})
}

func TestOnlyAdministratorsPassApprovalsOn(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		must(t, s.BeginApproval(t.Context(), made.ID, one(forms.Stage{}), nil))
		id := w.questions(t, made.ID)[0].ID
		unwanted(t, "an agent", s.PassApproval(t.Context(), anna(), id, 12), tickets.Denied, "error.people.denied")
		unwanted(t, "to nobody", s.PassApproval(t.Context(), boris(), id, 99), tickets.Invalid, "error.approval.person")
		must(t, s.PassApproval(t.Context(), boris(), id, 12))
		next := w.questions(t, made.ID)[1]
		if row := w.row(t, made.ID); next.PersonID != 12 || row.Category != tickets.OnHold {
			t.Errorf("question %+v, row %+v", next, row)
		}
		unwanted(t, "what went on", s.PassApproval(t.Context(), boris(), id, 13), tickets.Blocked, "error.approval.ended")
		must(t, s.AnswerApproval(t.Context(), tickets.AsPerson(12), next.ID, true, "", "web"))
	})
}
