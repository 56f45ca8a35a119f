package web

import (
	"net/url"
	"strconv"
	"testing"
	"time"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// testSigner signs by saying the purpose.
type testSigner struct{}

func (testSigner) Sign(purpose string, id int64) string { return purpose + strconv.FormatInt(id, 36) }
func (s testSigner) Verify(purpose string, id int64, mark string) bool {
	return mark == s.Sign(purpose, id)
}

// approved is a ticket of a form whose stages ask these addresses, one each.
func (r *rig) approved(addresses ...string) tickets.Ticket {
	r.t.Helper()
	both := func(word string) forms.Text { return forms.Text{EN: word, RU: word} }
	f := forms.RequestType{Section: "it", Name: both("Laptop"), Steps: []forms.Step{{Key: "why", Type: "text", Label: both("What for?")}}}
	for i, a := range addresses {
		f.Stages = append(f.Stages, forms.Stage{Key: "s" + strconv.Itoa(i), Name: both("Money"), Rule: forms.AllOf, Deadline: 5, Late: forms.LateAgents,
			Approvers: []forms.Approver{{Kind: forms.ByAddress, Value: a}}})
	}
	ctx, by := r.t.Context(), tickets.System()
	menu, err := r.service.Menu(ctx)
	orFail(r.t, err)
	menu.Sections = []forms.Section{{Key: "it", Name: both("IT")}}
	_, err = r.service.PutMenu(ctx, by, menu)
	orFail(r.t, err)
	d, err := r.service.SaveRequestDraft(ctx, by, f, 0)
	orFail(r.t, err)
	_, err = r.service.Publish(ctx, by, d.Type.ID)
	orFail(r.t, err)
	p := people.Person{ID: r.db.NewID(), Name: "Olga Sinitsyna", CreatedAt: time.Now()}
	orFail(r.t, r.db.InsertPerson(ctx, p))
	made, _, err := r.service.Request(ctx, tickets.AsPerson(p.ID), tickets.NewRequest{
		RequesterID: p.ID, ChannelID: r.box.ID, Language: "en", Type: d.Type.ID, Answers: forms.Answers{"why": "To <b>work</b>"}, At: time.Now(),
	})
	orFail(r.t, err)
	return made
}

// waiting is the last question about a ticket.
func (r *rig) waiting(t tickets.Ticket) tickets.Approval {
	r.t.Helper()
	list, err := r.service.Approvals(r.t.Context(), t.ID)
	orFail(r.t, err)
	return list[len(list)-1]
}

func TestApprovalByLink(t *testing.T) {
	r := newRig(t)
	r.cookies = nil // whoever approves has no account
	made := r.approved("money@desk.test", "boss@desk.test")
	first := r.waiting(made)
	page := ApprovalPath(testSigner{}, first.ID)
	for range 2 { // opening it answers nothing
		has(t, r.get(page), 200, []string{"Olga Sinitsyna asks for your approval", "To &lt;b&gt;work", "1 of 2 · Money", `action="` + page + `"`}, []string{"<b>work"})
	}
	has(t, r.post(page, url.Values{"answer": {"refuse"}, "comment": {" "}}), 422, []string{"Write why you refuse"}, nil)
	has(t, r.post(page, url.Values{"answer": {"agree"}, "comment": {"Fine"}}), 200, []string{"You agreed"}, nil)
	has(t, r.get(page), 200, []string{"You have answered already"}, []string{"To &lt;b&gt;", "<form class=\"stack\""})
	has(t, r.post(page, url.Values{"answer": {"refuse"}, "comment": {"No"}}), 409, []string{"You have answered already"}, nil)
	second := r.waiting(made)
	page = ApprovalPath(testSigner{}, second.ID)
	has(t, r.post(page, url.Values{"answer": {"refuse"}, "comment": {"Too dear"}}), 200, []string{"You refused"}, nil)
	if row, err := r.db.Ticket(t.Context(), made.ID); err != nil || row.Category != tickets.Closed {
		t.Errorf("row %+v, %v", row, err)
	}
}

func TestLinksThatAreGoodForNothing(t *testing.T) {
	r := newRig(t)
	made := r.approved("money@desk.test")
	q := r.waiting(made)
	page, closed := ApprovalPath(testSigner{}, q.ID), int64(6)
	has(t, r.get(page+"x"), 404, []string{"This link is not complete"}, []string{"Olga"})
	has(t, r.get("/approve/7/"+testSigner{}.Sign(approvalPurpose, 7)), 404, []string{"This link is not complete"}, nil)
	old := q
	old.ID, old.AskedAt = r.db.NewID(), time.Now().Add(-linkLasts-time.Hour)
	orFail(t, r.db.PutApproval(t.Context(), old))
	has(t, r.get(ApprovalPath(testSigner{}, old.ID)), 200, []string{"This link has expired"}, []string{"To &lt;"})
	_, err := r.service.Change(t.Context(), tickets.AsAgent(r.agent), made.ID, 0, tickets.Change{StatusID: &closed})
	orFail(t, err)
	has(t, r.get(page), 200, []string{"Your answer is no longer needed", "closed already"}, []string{"To &lt;"})
	has(t, r.post(page, url.Values{"answer": {"agree"}}), 409, []string{"closed already"}, nil)
}

func TestApprovalOnTheTicket(t *testing.T) {
	r := newRig(t)
	made := r.approved("money@desk.test", "anna@example.org")
	q := r.waiting(made)
	page := at(made, "/approvals/"+strconv.FormatInt(q.ID, 10))
	has(t, r.get(at(made, "")), 200, []string{"1 of 2 · Money", "money@desk.test", "has not answered", "asked for approval at stage 1 of 2: money@desk.test", page + "/pass"}, []string{`action="` + page + `"`})
	has(t, r.post(page+"/pass", url.Values{"person": {"nobody@desk.test"}}), 422, []string{"Nobody is known by this address"}, nil)
	if res := r.post(page+"/pass", url.Values{"person": {"anna@example.org"}}); res.Code != 303 {
		t.Fatalf("pass: %d %s", res.Code, res.Body)
	}
	q = r.waiting(made)
	page = at(made, "/approvals/"+strconv.FormatInt(q.ID, 10))
	has(t, r.get(at(made, "")), 200, []string{`action="` + page + `"`, "passed the question on to Anna Lebedeva", "for money@desk.test"}, nil)
	has(t, r.post(page, url.Values{"answer": {"refuse"}}), 422, []string{"Write why you refuse"}, nil)
	if res := r.post(page, url.Values{"answer": {"agree"}, "comment": {"Cheap enough"}}); res.Code != 303 {
		t.Fatalf("answer: %d %s", res.Code, res.Body)
	}
	q = r.waiting(made)
	page = at(made, "/approvals/"+strconv.FormatInt(q.ID, 10))
	if res := r.post(page, url.Values{"answer": {"refuse"}, "comment": {"No money"}}); res.Code != 303 {
		t.Fatalf("answer: %d %s", res.Code, res.Body)
	}
	has(t, r.get(at(made, "")), 200, []string{"Cheap enough", "refused: “No money”", "stage 2 of 2 refused", "Ask again"}, []string{`name="answer"`})
	if res := r.post(at(made, "/approvals"), url.Values{}); res.Code != 303 {
		t.Fatalf("again: %d %s", res.Code, res.Body)
	}
	has(t, r.get(at(made, "")), 200, []string{`name="answer"`}, []string{"Ask again"})
}

func TestAbsence(t *testing.T) {
	r := newRig(t)
	made := r.approved("money@desk.test")
	page := ApprovalPath(testSigner{}, r.waiting(made).ID)
	today, later := time.Now().UTC().Format(time.DateOnly), time.Now().UTC().AddDate(0, 0, 3).Format(time.DateOnly)
	form := url.Values{"from": {today}, "until": {later}, "deputy": {"nobody@desk.test"}, "do": {"save"}}
	has(t, r.post(page+"/away", form), 422, []string{"Nobody is known by this address", `value="nobody@desk.test"`}, nil)
	form.Set("deputy", "Anna@example.org")
	if res := r.post(page+"/away", form); res.Code != 303 {
		t.Fatalf("away: %d %s", res.Code, res.Body)
	}
	has(t, r.get(page), 200, []string{"Your answer is no longer needed", "went on to somebody else"}, nil)
	if q := r.waiting(made); q.PersonID != r.agent.PersonID {
		t.Errorf("the question went on to %d", q.PersonID)
	}
	form.Set("deputy", "money@desk.test")
	has(t, r.post("/settings/absence", url.Values{"from": {""}, "do": {"save"}}), 422, []string{"Choose a day"}, nil)
	if res := r.post("/settings/absence", form); res.Code != 303 {
		t.Fatalf("profile: %d %s", res.Code, res.Body)
	}
	has(t, r.get("/settings/profile?away=1"), 200, []string{"money@desk.test answers for you", "goes on to your deputy"}, nil)
	if res := r.post("/settings/absence", url.Values{"do": {"end"}}); res.Code != 303 {
		t.Fatalf("back: %d %s", res.Code, res.Body)
	}
	has(t, r.get("/settings/profile?away=1"), 200, []string{"You answer yourself again"}, []string{"answers for you"})
}
