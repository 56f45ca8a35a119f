package web_test

import (
	"strings"

	"okno/server/web"
	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// formMatrix has the rows of the routes of forms and approvals.
func (v *vault) formMatrix() map[string]right {
	const agent, admin = "agent", "administrator"
	form, made := v.requested()
	question := v.question(made)
	at, ticket := "/settings/requests/"+id(form.ID), "/tickets/"+id(made.Number)
	link, asked := web.ApprovalPath(marks{}, question.ID), ticket+"/approvals/"+id(question.ID)
	ghosts := func(below string) []string {
		return []string{"/settings/requests/77" + below, "/settings/requests/x" + below, "/settings/requests/-1" + below}
	}
	paper := v.paper(made)
	rows := map[string]right{
		"POST /settings/requests/import":                 {admin, "/settings/requests/import", nil},
		"GET /settings/requests/lists":                   {admin, "/settings/requests/lists", nil},
		"GET /settings/requests/lists/:key/file":         {admin, "/settings/requests/lists/towns/file", []string{"/settings/requests/lists/none/file"}},
		"GET /settings/requests/:id/file":                {admin, at + "/file", ghosts("/file")},
		"POST /settings/absence":                         {agent, "/settings/absence", nil},
		"POST /tickets/:number/approvals":                {agent, ticket + "/approvals", []string{"/tickets/77/approvals", "/tickets/x/approvals"}},
		"POST /tickets/:number/approvals/:approval":      {agent, asked, []string{"/tickets/1/approvals/" + id(question.ID), ticket + "/approvals/77"}},
		"POST /tickets/:number/approvals/:approval/pass": {agent, asked + "/pass", []string{"/tickets/1/approvals/" + id(question.ID) + "/pass"}},
		"GET /files/:number/answer/:blob/*name": {agent, "/files/" + id(made.Number) + "/answer/" + paper + "/plan.txt", []string{
			"/files/1/answer/" + paper + "/plan.txt", "/files/" + id(made.Number) + "/answer/" + v.theirs + "/theirs",
		}},
		"GET /approve/:id/:mark":       {"anyone", link, []string{link + "x", "/approve/77/approval"}},
		"POST /approve/:id/:mark":      {"anyone", link, []string{link + "x", "/approve/77/approval"}},
		"POST /approve/:id/:mark/away": {"anyone", link + "/away", []string{link + "x/away"}},
	}
	for _, method := range []string{"GET ", "POST "} {
		for _, path := range []string{"", "/new", "/menu"} {
			rows[method+"/settings/requests"+path] = right{admin, "/settings/requests" + path, nil}
		}
		rows[method+"/settings/requests/lists/:key"] = right{admin, "/settings/requests/lists/towns", []string{"/settings/requests/lists/none"}}
		rows[method+"/settings/requests/:id/steps/:step"] = right{admin, at + "/steps/why", append(ghosts("/steps/why"), at+"/steps/none")}
		rows[method+"/settings/requests/:id/stages/:stage"] = right{admin, at + "/stages/boss", append(ghosts("/stages/boss"), at+"/stages/none")}
		for _, below := range []string{"", "/add", "/arrange", "/publish", "/history"} {
			rows[method+"/settings/requests/:id"+below] = right{admin, at + below, ghosts(below)}
		}
	}
	for _, below := range []string{"/arrange", "/publish"} { // a reload leads to the draft, there or not
		rows["GET /settings/requests/:id"+below] = right{admin, at + below, nil}
	}
	return rows
}

// requested is a form with a stage of approval, and a ticket of it.
func (v *vault) requested() (forms.RequestType, tickets.Ticket) {
	v.t.Helper()
	v.menu()
	ctx, by := v.t.Context(), tickets.AsAgent(v.admin)
	_, err := v.cases.PutList(ctx, by, forms.List{Key: "towns", Name: forms.Text{EN: "Towns"}, Entries: []fields.Option{{NameEN: "Riga"}}})
	must(v.t, err)
	d, err := v.cases.SaveRequestDraft(ctx, by, forms.RequestType{
		Name: forms.Text{EN: "Laptop"}, Section: "office",
		Steps: []forms.Step{
			{Key: "why", Type: fields.Text, Label: forms.Text{EN: "What for?"}}, {Key: "plan", Type: fields.Files, Label: forms.Text{EN: "The plan?"}},
		},
		Stages: []forms.Stage{{Key: "boss", Name: forms.Text{EN: "Boss"}, Rule: forms.AnyOf, Approvers: []forms.Approver{{Kind: forms.ByAddress, Value: "boss@example.test"}}}},
	}, 0)
	must(v.t, err)
	form, err := v.cases.Publish(ctx, by, d.Type.ID)
	must(v.t, err)
	p, err := v.people.Known(ctx, "email", "one@example.test", "one", "en")
	must(v.t, err)
	made, _, err := v.cases.Request(ctx, tickets.AsPerson(p.ID), tickets.NewRequest{
		RequesterID: p.ID, Language: "en", Type: form.ID, Answers: forms.Answers{"why": "To work", "plan": "1"}, At: v.now,
		Files: map[string][]tickets.File{"plan": {{Name: "plan.txt", Type: "text/plain", Size: 4, Blob: v.blob("plan")}}},
	})
	must(v.t, err)
	return form, made
}

// question is what the approver of a ticket was asked.
func (v *vault) question(t tickets.Ticket) tickets.Approval {
	v.t.Helper()
	list, err := v.cases.Approvals(v.t.Context(), t.ID)
	must(v.t, err)
	if len(list) != 1 {
		v.t.Fatalf("%d questions", len(list))
	}
	return list[0]
}

// paper is the file a ticket's form was filled with.
func (v *vault) paper(t tickets.Ticket) string {
	v.t.Helper()
	_, _, files, err := v.cases.TicketAnswers(v.t.Context(), t.ID)
	must(v.t, err)
	return strings.TrimSpace(files["plan"][0].Blob)
}
