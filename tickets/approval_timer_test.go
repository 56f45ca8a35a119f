package tickets_test

import (
	"testing"
	"time"

	"okno/tickets"
	"okno/tickets/forms"
)

func TestRemindersAndDeadlines(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, _ tickets.Ticket) {
		for late, want := range map[forms.Late]struct {
			category tickets.Category
			states   string
			stage    int
		}{
			forms.LateRefuse:  {tickets.Closed, "agreed moot", 0},
			forms.LateApprove: {tickets.New, "agreed moot", 0},
			forms.LateAgents:  {tickets.New, "agreed moot waiting", 1},
			"":                {tickets.New, "agreed moot waiting", 1},
		} {
			made := asked(t, s)
			stage := forms.Stage{Approvers: address("a@desk.test", "b@desk.test"), RemindIn: 2, Deadline: 5, Late: late}
			must(t, s.BeginApproval(t.Context(), made.ID, one(stage), nil))
			w.answer(t, s, "a@desk.test", true)
			w.pass(2 * time.Hour)
			must(t, s.RemindApproval(t.Context(), made.ID))
			must(t, s.LateApproval(t.Context(), made.ID))
			if row := w.row(t, made.ID); row.Approval != 1 || w.count(t, made.ID, tickets.ApprovalReminded) != 1 {
				t.Errorf("before the deadline: %+v", row)
			}
			w.pass(3 * time.Hour)
			must(t, s.LateApproval(t.Context(), made.ID))
			must(t, s.LateApproval(t.Context(), made.ID))
			must(t, s.RemindApproval(t.Context(), made.ID))
			if row := w.row(t, made.ID); row.Category != want.category || w.states(t, made.ID) != want.states || row.Approval != want.stage {
				t.Errorf("late is %q: %s, %s, stage %d; want %+v", late, row.Category, w.states(t, made.ID), row.Approval, want)
			}
			if n := w.timers(t); n != "" {
				t.Errorf("late is %q: timers left: %s", late, n)
			}
		}
		must(t, s.RemindApproval(t.Context(), 12345)) // it is gone for good
	})
}

func TestTimersAreSetAndDropped(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		stage := forms.Stage{Approvers: address("a@desk.test"), RemindIn: 2, Deadline: 5}
		must(t, s.BeginApproval(t.Context(), made.ID, one(stage), nil))
		if got := w.timers(t); got != "approval:late approval:remind" {
			t.Errorf("timers %q", got)
		}
		must(t, s.Delete(t.Context(), boris(), made.ID))
		must(t, s.RemindApproval(t.Context(), made.ID))
		if n := w.count(t, made.ID, tickets.ApprovalReminded); n != 0 {
			t.Errorf("%d reminders about a deleted ticket", n)
		}
		w.pass(10 * time.Hour)
		must(t, s.Restore(t.Context(), boris(), made.ID))
		if got := w.timers(t); got != "approval:late approval:remind" {
			t.Errorf("timers after it is back: %q", got)
		}
		w.answer(t, s, "a@desk.test", true)
		if got := w.timers(t); got != "" {
			t.Errorf("timers after the answer: %q", got)
		}
	})
}
