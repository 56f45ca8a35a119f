package e2e

import (
	"strconv"
	"testing"

	"okno/server/browsertest"
	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// TestEditorLook looks at every page where requests are set up.
func TestEditorLook(t *testing.T) {
	s := staffed(t)
	at := s.guestPass()
	e := eye{browsertest.Start(t).Tab(s.url, browsertest.Look{}), t, "en"}
	s.signIn(e.tab, adminEmail, adminPassword, "/")
	s.lookAtEditor(e, at)
	s.speak("ru")
	e.language = "ru"
	s.lookAtEditor(e, at)
}

func (s *stage) lookAtEditor(e eye, at string) {
	for _, page := range []struct{ name, path string }{
		{"types", "/settings/requests"}, {"type-new", "/settings/requests/new"}, {"menu", "/settings/requests/menu"},
		{"lists", "/settings/requests/lists"}, {"list", "/settings/requests/lists/sites"}, {"list-new", "/settings/requests/lists/new"},
		{"form-settings", at}, {"form-step", at + "/steps/plate"}, {"form-options", at + "/steps/office"}, {"form-stage", at + "/stages/guard"},
		{"form-add", at + "/add"}, {"form-history", at + "/history"},
	} {
		e.tab.Open(s.url + page.path)
		e.look(page.name)
	}
}

// guestPass keeps a draft with a bit of everything, after a version was
// published, and answers where it is edited.
func (s *stage) guestPass() string {
	s.t.Helper()
	ctx, service, by := s.t.Context(), s.srv.Rooms.Tickets, tickets.AsAgent(s.admin)
	menu, err := service.Menu(ctx)
	s.ok(err)
	menu.Sections = append(menu.Sections, forms.Section{Key: "visits", Icon: "🚪", Name: forms.Text{EN: "Visits", RU: "Визиты"}})
	menu.Topics = append(menu.Topics, forms.Topic{Key: "house", Name: forms.Text{EN: "The house", RU: "Здание"}},
		forms.Topic{Key: "doors", Parent: "house", Name: forms.Text{EN: "Doors", RU: "Двери"}})
	_, err = service.PutMenu(ctx, by, menu)
	s.ok(err)
	_, err = service.PutList(ctx, by, forms.List{Key: "sites", Name: forms.Text{EN: "Our offices", RU: "Наши офисы"}, Entries: []fields.Option{
		{NameEN: "Garden street", NameRU: "Садовая"}, {NameEN: "Roastery", NameRU: "Обжарка"},
	}})
	s.ok(err)
	d, err := service.SaveRequestDraft(ctx, by, pass(), 0)
	s.ok(err)
	_, err = service.Publish(ctx, by, d.Type.ID)
	s.ok(err)
	d, err = service.RequestDraft(ctx, by, d.Type.ID)
	s.ok(err)
	d.Type.Steps[1].Check.Max, d.Type.Stages[0].Approvers[0].Value = "2020-01-01", "guard"
	_, err = service.SaveRequestDraft(ctx, by, d.Type, d.Revision)
	s.ok(err)
	return "/settings/requests/" + strconv.FormatInt(d.Type.ID, 10)
}

func pass() forms.RequestType {
	return forms.RequestType{
		Name: forms.Text{EN: "Guest to the office", RU: "Гость в офис"}, About: forms.Text{EN: "For those who come to visit", RU: "Для тех, кто придёт в гости"},
		Icon: "🎫", Section: "visits", Topic: "doors", Tags: []string{"pass"},
		Steps: []forms.Step{
			{Key: "guest", Type: fields.Text, Label: forms.Text{EN: "Who is coming?", RU: "Кто придёт?"}},
			{Key: "day", Type: fields.Date, Label: forms.Text{EN: "When?", RU: "Когда ждать?"}, Check: forms.Check{Min: "today"}},
			{Key: "car", Type: fields.YesNo, Label: forms.Text{EN: "Will there be a car?", RU: "Есть машина?"}},
			{
				Key: "plate", Type: fields.Plate, Label: forms.Text{EN: "What is the car plate?", RU: "Номер машины гостя?"},
				Help: forms.Text{EN: "For example, A412MP 77", RU: "Например, а412мр 77"},
				When: &forms.Condition{Any: []forms.Condition{
					{All: []forms.Condition{{Step: "car", Is: forms.Equal, To: fields.Yes}, {Step: "day", Is: forms.Answered}}},
					{Step: "guest", Is: forms.Empty},
				}},
			},
			{Key: "office", Type: fields.One, Label: forms.Text{EN: "Which office?", RU: "В какой офис?"}, Options: []fields.Option{
				{Key: "garden", NameEN: "Garden street", NameRU: "Садовая"}, {Key: "roastery", NameEN: "Roastery", NameRU: "Обжарка"},
			}},
		},
		Stages: []forms.Stage{{
			Key: "guard", Name: forms.Text{EN: "The guard agrees", RU: "Согласует охрана"}, Rule: forms.AnyOf, Late: forms.LateAgents, Deadline: 2, RemindIn: 1,
			Approvers: []forms.Approver{{Kind: forms.ByAddress, Value: "guard@example.test"}, {Kind: forms.ByManager}},
		}},
	}
}
