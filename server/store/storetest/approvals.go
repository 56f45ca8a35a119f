package storetest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"okno/server/store"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// testApprovals keeps the stages of a ticket and its questions, and finds those
// that wait for a person in tickets that are there.
func testApprovals(t *testing.T, s *store.Store) {
	asker, boss := person(t, s, "Ира").ID, person(t, s, "Олег").ID
	here, gone := ticket(t, s, asker, nil), ticket(t, s, asker, func(tk *tickets.Ticket) { tk.DeletedAt = s.Now(t.Context()) })
	now := s.Now(t.Context())
	c := tickets.Chain{TicketID: here.ID, Stage: 1, Round: 2, State: tickets.ChainWaiting, BegunAt: now, DueAt: now.Add(time.Hour),
		Stages: []forms.Stage{{Key: "lead", Name: forms.Text{RU: "Руководитель"}, Approvers: []forms.Approver{{Kind: forms.ByManager}}}}}
	if _, err := s.ApprovalChain(t.Context(), here.ID); !errors.Is(err, people.ErrMissing) {
		t.Errorf("no chain yet: %v", err)
	}
	must(t, s.PutApprovalChain(t.Context(), c))
	c.Stage, c.Round, c.Agents, c.State, c.DueAt = 2, 3, true, tickets.ChainRefused, time.Time{}
	must(t, s.PutApprovalChain(t.Context(), c))
	if got, err := s.ApprovalChain(t.Context(), here.ID); err != nil || !reflect.DeepEqual(got, c) {
		t.Errorf("chain %+v, %v; want %+v", got, err, c)
	}
	first := approvalOf(t, s, here.ID, boss)
	second := approvalOf(t, s, here.ID, boss)
	approvalOf(t, s, gone.ID, boss)
	approvalOf(t, s, here.ID, asker)
	first.State, first.Comment, first.Via, first.AgentID, first.AnsweredAt = tickets.ApprovalAgreed, "да", "web", 7, now
	must(t, s.PutApproval(t.Context(), first))
	if got, err := s.Approval(t.Context(), first.ID); err != nil || got != first {
		t.Errorf("question %+v, %v; want %+v", got, err, first)
	}
	if list, err := s.ApprovalsOf(t.Context(), boss); err != nil || len(list) != 1 || list[0] != second {
		t.Errorf("what waits: %+v, %v", list, err)
	}
	if list, err := s.Approvals(t.Context(), here.ID); err != nil || len(list) != 3 || list[0] != first {
		t.Errorf("of the ticket: %+v, %v", list, err)
	}
}

// approvalOf stores a question that waits.
func approvalOf(t *testing.T, s *store.Store, ticket, person int64) tickets.Approval {
	t.Helper()
	a := tickets.Approval{ID: s.NewID(), TicketID: ticket, Stage: 1, Round: 1, PersonID: person, DeputyFor: 5,
		State: tickets.ApprovalWaiting, AskedAt: s.Now(t.Context())}
	must(t, s.PutApproval(t.Context(), a))
	return a
}

func testDeputies(t *testing.T, s *store.Store) {
	away, here := person(t, s, "Ира").ID, person(t, s, "Олег").ID
	now := s.Now(t.Context())
	d := tickets.Deputy{PersonID: away, DeputyID: here, From: now, Until: now.Add(time.Hour)}
	for range 2 {
		must(t, s.PutDeputy(t.Context(), d))
		if got, err := s.Deputy(t.Context(), away); err != nil || got != d {
			t.Errorf("deputy %+v, %v", got, err)
		}
		d.Until = now.Add(2 * time.Hour)
	}
	for range 2 {
		must(t, s.DeleteDeputy(t.Context(), away))
		if _, err := s.Deputy(t.Context(), away); !errors.Is(err, people.ErrMissing) {
			t.Errorf("still there: %v", err)
		}
	}
}
