package tickets_test

import (
	"slices"
	"testing"
	"time"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

func TestApproversAreFound(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, _ tickets.Ticket) {
		staff(t, w)
		for name, c := range map[string]struct {
			approvers []forms.Approver
			want      []int64
		}{
			"manager":            {[]forms.Approver{{Kind: forms.ByManager}}, []int64{12}},
			"role":               {[]forms.Approver{{Kind: forms.ByRole, Value: "administrator"}}, []int64{14}},
			"team":               {[]forms.Approver{{Kind: forms.ByTeam, Value: " first LINE"}}, []int64{13, 14}},
			"step":               {[]forms.Approver{{Kind: forms.ByStep, Value: "boss"}}, []int64{15}},
			"step skipped":       {[]forms.Approver{{Kind: forms.ByStep, Value: "skipped"}}, []int64{0}},
			"no address":         {[]forms.Approver{{Kind: forms.ByAddress, Value: "nobody"}}, []int64{0}},
			"each once":          {[]forms.Approver{{Kind: forms.ByRole, Value: "administrator"}, {Kind: forms.ByTeam, Value: "First line"}}, []int64{14, 13}},
			"the one who asks":   {[]forms.Approver{{Kind: forms.ByAddress, Value: "asker@desk.test"}, {Kind: forms.ByManager}}, []int64{12}},
			"nobody else":        {address("Asker@desk.test"), []int64{11}},
			"blocked and absent": {[]forms.Approver{{Kind: forms.ByAddress, Value: "blocked@desk.test"}}, []int64{0}},
		} {
			made := asked(t, s)
			must(t, s.BeginApproval(t.Context(), made.ID, one(forms.Stage{Approvers: c.approvers}), forms.Answers{"boss": fields.PersonText(15, "Ира")}))
			var got []int64
			for _, a := range w.questions(t, made.ID) {
				got = append(got, a.PersonID)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: asked %v, want %v", name, got, c.want)
			}
		}
	})
}

// staff makes agents of the persons 13 and 14, who are the first line with one
// who left; 12 the manager of 11; and knows two addresses.
func staff(t *testing.T, w *world) {
	t.Helper()
	must(t, w.UpdatePerson(t.Context(), people.Person{ID: 11, Name: "Person", ManagerID: 12}))
	must(t, w.InsertAgent(t.Context(), people.Agent{ID: 4, PersonID: 13, Name: "Dora", Email: "dora", Role: people.Answerer}))
	must(t, w.InsertAgent(t.Context(), people.Agent{ID: 5, PersonID: 14, Name: "Egor", Email: "egor", Role: people.Administrator}))
	must(t, w.UpdateTeam(t.Context(), people.Team{ID: 21, Name: "First line", Members: []int64{3, 4, 5}}))
	must(t, w.PutIdentity(t.Context(), people.Identity{PersonID: 11, Network: "email", Address: "asker@desk.test"}))
	must(t, w.InsertPerson(t.Context(), people.Person{ID: 16, Name: "Gone", Blocked: true}))
	must(t, w.PutIdentity(t.Context(), people.Identity{PersonID: 16, Network: "email", Address: "blocked@desk.test"}))
}

func TestDeputiesAnswerForThoseAway(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		away := func(person, deputy int64) {
			t.Helper()
			must(t, s.SetDeputy(t.Context(), tickets.AsPerson(person), person, deputy, w.at(), w.at().Add(time.Hour)))
		}
		stage := forms.Stage{Approvers: address("a@desk.test", "b@desk.test")}
		must(t, s.BeginApproval(t.Context(), made.ID, one(stage), nil))
		a, b := w.who(t, "a@desk.test"), w.who(t, "b@desk.test")
		away(a, 12) // asked already: the question goes on at once
		away(12, 13)
		if got := w.states(t, made.ID); got != "passed waiting passed waiting" {
			t.Errorf("questions %s", got)
		}
		last := w.questions(t, made.ID)[3]
		if last.PersonID != 13 || last.DeputyFor != 12 {
			t.Errorf("the deputy's deputy: %+v", last)
		}
		away(b, 13) // who is asked already, and answers for both
		must(t, s.AnswerApproval(t.Context(), tickets.AsPerson(13), last.ID, true, "", "web"))
		if row := w.row(t, made.ID); row.Approval != 0 || row.Category != tickets.New {
			t.Errorf("row %+v", row)
		}
	})
}

func TestNobodyStandsInWhoCannot(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		set := func(person, deputy int64) {
			t.Helper()
			must(t, s.SetDeputy(t.Context(), boris(), person, deputy, w.at(), w.at().Add(time.Hour)))
		}
		set(12, 11) // the one who asks
		set(13, 14) // a circle
		set(14, 13) //
		set(15, 12) // whose deputy is the one who asks
		people := forms.Answers{"a": "12", "b": "13", "c": "15"}
		steps := []forms.Approver{{Kind: forms.ByStep, Value: "a"}, {Kind: forms.ByStep, Value: "b"}, {Kind: forms.ByStep, Value: "c"}}
		must(t, s.BeginApproval(t.Context(), made.ID, one(forms.Stage{Approvers: steps}), people))
		if got := w.states(t, made.ID); got != "waiting waiting waiting" {
			t.Errorf("questions %s", got)
		}
		w.pass(2 * time.Hour)
		next := asked(t, s)
		must(t, s.SetDeputy(t.Context(), boris(), 15, 14, w.at().Add(time.Minute), w.at().Add(time.Hour)))
		must(t, s.BeginApproval(t.Context(), next.ID, one(forms.Stage{Approvers: steps[2:], RemindIn: 1}), people))
		w.pass(30 * time.Minute)
		must(t, s.RemindApproval(t.Context(), next.ID))
		if got := w.states(t, next.ID); got != "passed waiting" {
			t.Errorf("whoever left later: %s", got)
		}
	})
}

func TestDeputiesAreChecked(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, _ tickets.Ticket) {
		set := func(by tickets.Actor, deputy int64, from, until time.Duration) error {
			return s.SetDeputy(t.Context(), by, 12, deputy, w.at().Add(from), w.at().Add(until))
		}
		own := tickets.AsPerson(12)
		unwanted(t, "oneself", set(own, 12, 0, time.Hour), tickets.Invalid, "error.deputy.self")
		unwanted(t, "nobody", set(own, 99, 0, time.Hour), tickets.Invalid, "error.deputy.unknown")
		unwanted(t, "backwards", set(own, 13, time.Hour, time.Minute), tickets.Invalid, "error.deputy.order")
		unwanted(t, "over", set(own, 13, -2*time.Hour, -time.Hour), tickets.Invalid, "error.deputy.past")
		unwanted(t, "for others", set(tickets.AsPerson(13), 13, 0, time.Hour), tickets.Denied, "error.deputy.foreign")
		unwanted(t, "agents for others", set(anna(), 13, 0, time.Hour), tickets.Denied, "error.deputy.foreign")
		must(t, set(own, 13, 0, time.Hour))
		if d, ok, err := s.Deputy(t.Context(), 12); !ok || err != nil || d.DeputyID != 13 || !d.Away(w.at()) || d.Away(w.at().Add(time.Hour)) {
			t.Errorf("deputy %+v, %v, %v", d, ok, err)
		}
		must(t, set(boris(), 0, 0, 0))
		if _, ok, err := s.Deputy(t.Context(), 12); ok || err != nil {
			t.Errorf("still there: %v, %v", ok, err)
		}
	})
}
