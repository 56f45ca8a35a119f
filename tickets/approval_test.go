package tickets_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// purchase has a stage of two, one of any, and one that only dear things need.
func purchase() forms.RequestType {
	return forms.RequestType{Key: "purchase", Stages: []forms.Stage{
		{Key: "lead", Name: forms.Text{EN: "Lead", RU: "Руководитель"}, Rule: forms.AllOf, Approvers: address("lead@desk.test", "second@desk.test")},
		{Key: "money", Name: forms.Text{EN: "Money"}, Rule: forms.AnyOf, Approvers: address("money@desk.test", "cash@desk.test"),
			When: &forms.Condition{Step: "price", Is: forms.Answered}},
		{Key: "boss", Rule: forms.AllOf, Approvers: address("boss@desk.test"), When: &forms.Condition{Step: "dear", Is: forms.Equal, To: "yes"}},
	}}
}

func address(list ...string) []forms.Approver {
	var out []forms.Approver
	for _, a := range list {
		out = append(out, forms.Approver{Kind: forms.ByAddress, Value: a})
	}
	return out
}

// one is a type with one stage.
func one(stage forms.Stage) forms.RequestType {
	if stage.Rule == "" {
		stage.Rule = forms.AllOf
	}
	return forms.RequestType{Stages: []forms.Stage{stage}}
}

// who answers the person behind an address.
func (w *world) who(t *testing.T, address string) int64 {
	t.Helper()
	p, err := w.IdentityOwner(t.Context(), "email", address)
	must(t, err)
	return p.ID
}

// asking answers the one question that waits for the person with an address.
func (w *world) asking(t *testing.T, address string) tickets.Approval {
	t.Helper()
	list, err := w.ApprovalsOf(t.Context(), w.who(t, address))
	must(t, err)
	if len(list) != 1 {
		t.Fatalf("%d questions wait for %s, want one", len(list), address)
	}
	return list[0]
}

// answer has the person with an address answer the question that waits for them.
func (w *world) answer(t *testing.T, s *tickets.Service, address string, agree bool) {
	t.Helper()
	a := w.asking(t, address)
	must(t, s.AnswerApproval(t.Context(), tickets.AsPerson(a.PersonID), a.ID, agree, "because", "web"))
}

// states are the states of all questions of a ticket, oldest first.
func (w *world) states(t *testing.T, ticket int64) string {
	t.Helper()
	var out []string
	for _, a := range w.questions(t, ticket) {
		out = append(out, string(a.State))
	}
	return strings.Join(out, " ")
}

// count is how many events of a type a ticket has.
func (w *world) count(t *testing.T, ticket int64, kind tickets.EventType) int {
	t.Helper()
	events, err := w.TicketEvents(t.Context(), ticket)
	must(t, err)
	return len(slices.DeleteFunc(events, func(e tickets.Event) bool { return e.Type != kind }))
}

func TestStagesFollowEachOther(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		must(t, s.BeginApproval(t.Context(), made.ID, purchase(), forms.Answers{"price": "10 RUB", "dear": "no"}))
		if row := w.row(t, made.ID); row.Approval != 1 || row.Category != tickets.OnHold {
			t.Errorf("the first stage: %+v", row)
		}
		w.answer(t, s, "lead@desk.test", true)
		if row := w.row(t, made.ID); row.Approval != 1 {
			t.Errorf("one of two has answered: stage %d", row.Approval)
		}
		w.answer(t, s, "second@desk.test", true)
		w.pass(time.Hour)
		w.answer(t, s, "cash@desk.test", true)
		row := w.row(t, made.ID)
		if row.Approval != 0 || row.Category != tickets.New || !row.WaitingSince.Equal(w.at()) {
			t.Errorf("after the last stage: %+v", row)
		}
		if got := w.states(t, made.ID); got != "agreed agreed moot agreed" {
			t.Errorf("questions %s", got)
		}
		if asked, answered := w.count(t, made.ID, tickets.ApprovalAsked), w.count(t, made.ID, tickets.ApprovalAnswered); asked != 2 || answered != 3 {
			t.Errorf("%d times asked, %d answers", asked, answered)
		}
	})
}

func TestNoStageNoApproval(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		never := &forms.Condition{Step: "dear", Is: forms.Equal, To: "yes"}
		must(t, s.BeginApproval(t.Context(), made.ID, one(forms.Stage{Approvers: address("a@desk.test"), When: never}), forms.Answers{}))
		if row := w.row(t, made.ID); row.Approval != 0 || row.Category != tickets.New {
			t.Errorf("row %+v", row)
		}
	})
}

func TestRefusalClosesAndTellsWhy(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, _ *tickets.Service, made tickets.Ticket) {
		s := tickets.NewService(w, tickets.Options{Say: func(language string, x tickets.Sentence) string {
			return language + " " + x.Key + " " + x.Args["name"] + " " + x.Args["reason"]
		}})
		must(t, w.UpdatePerson(t.Context(), people.Person{ID: 11, Name: "Person", Language: "ru"}))
		must(t, s.BeginApproval(t.Context(), made.ID, purchase(), forms.Answers{}))
		w.answer(t, s, "second@desk.test", false)
		said := w.said(t, made.ID)
		last := said[len(said)-1]
		if last.Kind != tickets.Reply || last.Author != tickets.System() || last.Body != "ru approval.told.refused second@desk.test because" {
			t.Errorf("said %+v", last)
		}
		if last.Delivery.State != tickets.DeliveryQueued || last.Delivery.SendAt.After(w.at()) {
			t.Errorf("delivery %+v", last.Delivery)
		}
		if row := w.row(t, made.ID); row.Approval != 0 || row.Category != tickets.Closed || row.SolvedAt.IsZero() {
			t.Errorf("row %+v", row)
		}
		if got := w.states(t, made.ID); got != "moot refused" {
			t.Errorf("questions %s", got)
		}
	})
}

func TestAnswersThatNobodyWaitsFor(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		must(t, s.BeginApproval(t.Context(), made.ID, one(forms.Stage{Rule: forms.AnyOf, Approvers: address("a@desk.test", "b@desk.test")}), nil))
		a, b := w.asking(t, "a@desk.test"), w.asking(t, "b@desk.test")
		answer := func(person, id int64) error {
			return s.AnswerApproval(t.Context(), tickets.AsPerson(person), id, true, "", "web")
		}
		unwanted(t, "a question there never was", answer(11, 1), tickets.Missing, "error.approval.missing")
		unwanted(t, "somebody who was not asked", answer(13, a.ID), tickets.Denied, "error.approval.foreign")
		unwanted(t, "an agent who was not asked", s.AnswerApproval(t.Context(), anna(), a.ID, true, "", "web"), tickets.Denied, "error.approval.foreign")
		unwanted(t, "without a reason", s.AnswerApproval(t.Context(), tickets.AsPerson(a.PersonID), a.ID, false, " ", "web"), tickets.Invalid, "error.approval.reason")
		long := strings.Repeat("я", 2001)
		unwanted(t, "too long", s.AnswerApproval(t.Context(), tickets.AsPerson(a.PersonID), a.ID, true, long, "web"), tickets.Invalid, "error.approval.comment.long")
		must(t, s.Delete(t.Context(), boris(), made.ID))
		unwanted(t, "deleted", answer(a.PersonID, a.ID), tickets.Blocked, "error.approval.deleted")
		must(t, s.Restore(t.Context(), boris(), made.ID))
		must(t, answer(a.PersonID, a.ID))
		unwanted(t, "twice", answer(a.PersonID, a.ID), tickets.Blocked, "error.approval.answered")
		unwanted(t, "after the stage", answer(b.PersonID, b.ID), tickets.Blocked, "error.approval.ended")
		refuse(t, w, s, asked(t, s))
	})
}

// refuse closes a ticket while it waits.
func refuse(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
	t.Helper()
	must(t, s.BeginApproval(t.Context(), made.ID, one(forms.Stage{Approvers: address("c@desk.test")}), nil))
	c, closed := w.asking(t, "c@desk.test"), int64(6)
	_, err := s.Change(t.Context(), anna(), made.ID, 0, tickets.Change{StatusID: &closed})
	must(t, err)
	err = s.AnswerApproval(t.Context(), tickets.AsPerson(c.PersonID), c.ID, true, "", "web")
	unwanted(t, "closed by hand", err, tickets.Blocked, "error.approval.closed")
}

func unwanted(t *testing.T, what string, err error, kind tickets.Kind, key string) {
	t.Helper()
	var e *tickets.Error
	if !errors.As(err, &e) || e.Kind != kind || e.Message != key {
		t.Errorf("%s: %v, want %s %s", what, err, kind, key)
	}
}

func TestStageThatFindsNobody(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		stage := forms.Stage{Approvers: []forms.Approver{{Kind: forms.ByManager}, {Kind: forms.ByTeam, Value: "No such team"}}, RemindIn: 1, Deadline: 1}
		must(t, s.BeginApproval(t.Context(), made.ID, one(stage), nil))
		row, list := w.row(t, made.ID), w.questions(t, made.ID)
		if row.Approval != 1 || row.Category != tickets.New || len(list) != 1 || list[0].PersonID != 0 {
			t.Fatalf("row %+v, questions %+v", row, list)
		}
		if n := w.timers(t); n != "" {
			t.Errorf("agents have timers: %s", n)
		}
		err := s.AnswerApproval(t.Context(), tickets.AsPerson(12), list[0].ID, true, "", "web")
		unwanted(t, "no agent", err, tickets.Denied, "error.approval.foreign")
		must(t, s.AnswerApproval(t.Context(), anna(), list[0].ID, true, "", "web"))
		answered := w.questions(t, made.ID)[0]
		if row = w.row(t, made.ID); row.Approval != 0 || answered.AgentID != 1 || answered.State != tickets.ApprovalAgreed {
			t.Errorf("row %+v, answer %+v", row, answered)
		}
	})
}

func TestNoAgentDecidesAboutTheirOwnRequest(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		must(t, s.BeginApproval(t.Context(), made.ID, one(forms.Stage{}), nil))
		id := w.questions(t, made.ID)[0].ID
		must(t, w.InsertAgent(t.Context(), people.Agent{ID: 4, PersonID: 12, Name: "Dora", Email: "dora"}))
		unwanted(t, "one's own", s.AnswerApproval(t.Context(), anna(), id, true, "", "web"), tickets.Denied, "error.approval.own")
		dora := tickets.Actor{Kind: tickets.ByAgent, ID: 4, Role: people.Answerer}
		must(t, s.AnswerApproval(t.Context(), dora, id, true, "", "web"))
	})
}

// questions are all questions about a ticket, oldest first.
func (w *world) questions(t *testing.T, ticket int64) []tickets.Approval {
	t.Helper()
	list, err := w.Approvals(t.Context(), ticket)
	must(t, err)
	return list
}

// timers are the kinds of all timers there are; it ends them.
func (w *world) timers(t *testing.T) string {
	t.Helper()
	now := w.at()
	w.pass(1000 * time.Hour)
	claimed, err := w.Jobs().Claim(t.Context(), "test", w.at().Add(time.Second), 10)
	must(t, err)
	w.ms.Store(now.UnixMilli())
	var kinds []string
	for _, c := range claimed {
		kinds = append(kinds, c.Kind)
		must(t, w.FinishJob(t.Context(), "test", c.ID))
	}
	slices.Sort(kinds)
	return strings.Join(kinds, " ")
}
