package tickets_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// pass is a form with a condition, a list and files.
func pass(t *testing.T, s *tickets.Service) forms.RequestType {
	t.Helper()
	office(t, s)
	_, err := s.PutList(t.Context(), boris(), forms.List{Key: "gates", Name: forms.Text{RU: "Проходные"},
		Entries: []fields.Option{{Key: "north", NameEN: "North gate", NameRU: "Северная"}}})
	must(t, err)
	return offer(t, s, forms.RequestType{
		Key: "pass", Section: "house", Name: forms.Text{EN: "Pass", RU: "Пропуск"}, Subject: forms.Text{EN: "Pass: {who}", RU: "Пропуск: {who}"},
		TeamID: 21, Priority: 3, Tags: []string{"Pass"},
		Steps: []forms.Step{
			{Key: "who", Type: fields.Text, Label: forms.Text{EN: "Who comes?", RU: "Кто придёт?"}},
			{Key: "day", Type: fields.Date, Label: forms.Text{EN: "When?", RU: "Когда?"}, Check: forms.Check{Min: "today"}},
			{Key: "gate", Type: fields.Place, List: "gates", Label: forms.Text{EN: "Where?", RU: "Где?"}},
			{Key: "car", Type: fields.YesNo, Label: forms.Text{EN: "By car?", RU: "На машине?"}},
			{Key: "plate", Type: fields.Plate, Label: forms.Text{EN: "Plate", RU: "Номер"}, When: &forms.Condition{Step: "car", Is: forms.Equal, To: fields.Yes}},
			{Key: "photo", Type: fields.Files, Optional: true, Label: forms.Text{EN: "Photo", RU: "Фото"}, Check: forms.Check{Files: []string{"image/*"}}},
			{Key: "note", Type: fields.Long, Optional: true, Label: forms.Text{EN: "Note", RU: "Заметка"}},
		},
	})
}

func filled(f forms.RequestType) tickets.NewRequest {
	return tickets.NewRequest{
		RequesterID: 11, ChannelID: 5, Place: "chat", Language: "ru", Type: f.ID, Once: "form",
		Said: []string{"парковка *завтра*\nдля курьера"},
		Answers: forms.Answers{"who": "Иван_Петров *", "day": "2026-05-05", "gate": "north", "car": "no", "plate": "А412МР77", "photo": "1",
			"note": "1. Позвонить\n- и ждать"},
		Files: map[string][]tickets.File{"photo": {{Name: "лицо [1].png", Type: "image/png", Size: 3, Blob: "ab"}}, "plate": {{Name: "x"}}},
	}
}

func TestAFilledFormOpensATicket(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, _ tickets.Ticket) {
		f := pass(t, s)
		made, m, err := s.Request(t.Context(), tickets.AsPerson(11), filled(f))
		must(t, err)
		row := w.row(t, made.ID)
		if row.Subject != "Пропуск: Иван_Петров *" || row.TeamID != 21 || row.Priority != tickets.High || !slices.Equal(row.Tags, []string{"pass"}) ||
			row.TypeID != f.ID || row.TypeVersion != 1 || row.Place != "chat" || row.Category != tickets.New || row.WaitingSince.IsZero() {
			t.Errorf("row %+v", row)
		}
		want := "> парковка \\*завтра\\*\n> для курьера\n\n**Кто придёт?**\nИван_Петров \\*\n\n**Когда?**\n05.05.2026\n\n**Где?**\nСеверная\n\n" +
			"**На машине?**\nНет\n\n**Фото**\nлицо \\[1\\].png\n\n**Заметка**\n1\\. Позвонить\n\\- и ждать"
		if m.Body != want || !m.Markdown || len(m.Files) != 1 || m.Author != tickets.AsPerson(11) {
			t.Errorf("message %q\nwant    %q\n%+v", m.Body, want, m)
		}
		if !strings.HasPrefix(row.Snippet, "парковка *завтра* для курьера Кто придёт? Иван_Петров * Когда?") {
			t.Errorf("snippet %q", row.Snippet)
		}
		asked, answers, files, err := s.TicketAnswers(t.Context(), made.ID)
		if err != nil || asked.Key != "pass" || answers["plate"] != "" || len(answers) != 6 || len(files) != 1 || files["photo"][0].Blob != "ab" {
			t.Errorf("answers %v, files %v of %s, %v", answers, files, asked.Key, err)
		}
	})
}

func TestOneFilledFormOpensOneTicket(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, _ tickets.Ticket) {
		f := pass(t, s)
		first, _, err := s.Request(t.Context(), tickets.AsPerson(11), filled(f))
		must(t, err)
		again, _, err := s.Request(t.Context(), tickets.AsPerson(11), filled(f))
		if err != nil || again.ID != first.ID || len(w.said(t, first.ID)) != 1 {
			t.Errorf("%v: ticket %d, then %d", err, first.Number, again.Number)
		}
	})
}

func TestAnswersOfFormsAreChecked(t *testing.T) {
	everywhere(t, func(t *testing.T, _ *world, s *tickets.Service, _ tickets.Ticket) {
		f := pass(t, s)
		for _, c := range []struct {
			step, answer, fault string
		}{
			{"day", "2026-05-03", "form.fault.least.date"}, {"day", "05.05.2026", "form.fault.canonical"},
			{"gate", "south", "field.fault.option"}, {"car", "yes", "form.fault.needed"}, {"photo", "2", "field.fault.files"},
		} {
			n := filled(f)
			n.Answers[c.step] = c.answer
			delete(n.Answers, "plate")
			_, _, err := s.Request(t.Context(), tickets.AsPerson(11), n)
			step := c.step
			if step == "car" {
				step = "plate"
			}
			refused(t, err, "answers."+step, c.fault)
		}
		n := filled(f)
		n.Files["photo"][0].Type = "text/html"
		_, _, err := s.Request(t.Context(), tickets.AsPerson(11), n)
		refused(t, err, "answers.photo", "form.fault.file.type")
	})
}

func TestTodayIsADayWhereSomebodyIs(t *testing.T) {
	_, s, _ := desk(t, "memory") // 4 May, 09:00 UTC
	n := filled(pass(t, s))
	n.Answers["day"] = "2026-05-04"
	n.At = time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC).In(time.FixedZone("", 15*3600)) // 5 May there
	_, _, err := s.Request(t.Context(), tickets.AsPerson(11), n)
	refused(t, err, "answers.day", "form.fault.least.date")
}

func TestWhoMayAskForWhat(t *testing.T) {
	everywhere(t, func(t *testing.T, _ *world, s *tickets.Service, _ tickets.Ticket) {
		office(t, s)
		inner := form("inner", "it")
		inner.Audience = forms.Agents
		inner = offer(t, s, inner)
		secret := form("secret", "it")
		secret.Audience = forms.Nobody
		secret = offer(t, s, secret)
		ask := func(by tickets.Actor, person, kind int64) error {
			_, _, err := s.Request(t.Context(), by, tickets.NewRequest{RequesterID: person, Type: kind, Answers: forms.Answers{"what": "x"}})
			return err
		}
		refused(t, ask(tickets.AsPerson(12), 12, inner.ID), "", "error.request.denied")
		refused(t, ask(tickets.AsPerson(12), 11, inner.ID), "", "error.denied.agents")
		refused(t, ask(tickets.AsPerson(12), 12, 99), "", "error.request.missing")
		must(t, ask(tickets.AsPerson(11), 11, inner.ID))
		must(t, ask(anna(), 12, inner.ID))
		must(t, ask(tickets.AsPerson(12), 12, secret.ID))
	})
}

func TestAFormThatWasArchivedCanBeEnded(t *testing.T) {
	everywhere(t, func(t *testing.T, _ *world, s *tickets.Service, _ tickets.Ticket) {
		f := pass(t, s)
		changed := f
		changed.Steps = changed.Steps[:1]
		_, err := s.SaveRequestDraft(t.Context(), boris(), changed, 0)
		must(t, err)
		_, err = s.Publish(t.Context(), boris(), f.ID)
		must(t, err)
		must(t, s.ArchiveRequestType(t.Context(), boris(), f.ID, true))
		n := filled(f)
		n.Version = 1
		made, _, err := s.Request(t.Context(), tickets.AsPerson(11), n)
		must(t, err)
		asked, answers, _, err := s.TicketAnswers(t.Context(), made.ID)
		if err != nil || asked.Version != 1 || len(asked.Steps) != 7 || answers["gate"] != "north" {
			t.Errorf("made with %+v, %v, %v", asked, answers, err)
		}
	})
}

func TestSomebodyWhoAsksForAPersonGetsATicket(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, _ tickets.Ticket) {
		f := pass(t, s)
		n := tickets.NewRequest{RequesterID: 11, TeamID: 22, Language: "en", Type: f.ID, Unfinished: true,
			Said: []string{"parking", "operator"}, Answers: forms.Answers{"who": "Ivan"}}
		made, m, err := s.Request(t.Context(), tickets.AsPerson(11), n)
		if err != nil || m.Body != "> parking\n>\n> operator\n\n**Who comes?**\nIvan" || made.Category != tickets.New || made.TypeID != f.ID {
			t.Errorf("%+v, %q, %v", made, m.Body, err)
		}
		n = tickets.NewRequest{RequesterID: 11, TeamID: 22, Unfinished: true, Said: []string{"I need somebody"}}
		made, _, err = s.Request(t.Context(), tickets.AsPerson(11), n)
		if err != nil || made.Subject != "I need somebody" || made.TeamID != 22 || made.TypeID != 0 {
			t.Errorf("without a form: %+v, %v", made, err)
		}
		if _, _, _, err := s.TicketAnswers(t.Context(), made.ID); tickets.KindOf(err) != tickets.Missing {
			t.Errorf("answers of a ticket without a form: %v", err)
		}
	})
}

func TestAMergedTicketKeepsItsAnswers(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, other tickets.Ticket) {
		made, _, err := s.Request(t.Context(), tickets.AsPerson(11), filled(pass(t, s)))
		must(t, err)
		_, err = s.Merge(t.Context(), anna(), made.ID, other.ID)
		must(t, err)
		if _, answers, _, err := s.TicketAnswers(t.Context(), made.ID); err != nil || answers["gate"] != "north" {
			t.Errorf("answers %v, %v", answers, err)
		}
		if home := w.row(t, other.ID); home.TypeID != 0 {
			t.Errorf("the other became %+v", home)
		}
		if row := w.row(t, made.ID); row.TypeID != made.TypeID {
			t.Errorf("merged %+v", row)
		}
	})
}

// TestFormEventsStayAsTheyAre is TestEventsStayAsTheyAre for what forms add.
func TestFormEventsStayAsTheyAre(t *testing.T) {
	w, s, _ := desk(t, "memory")
	made, _, err := s.Request(t.Context(), tickets.AsPerson(11), filled(pass(t, s)))
	must(t, err)
	solved := int64(5)
	_, err = s.Change(t.Context(), anna(), made.ID, 0, tickets.Change{StatusID: &solved})
	must(t, err)
	must(t, s.Rate(t.Context(), tickets.AsPerson(11), made.ID, 4, ""))
	must(t, s.Rate(t.Context(), tickets.AsPerson(11), made.ID, 5, "Быстро"))
	must(t, s.Reopen(t.Context(), tickets.AsPerson(11), made.ID))
	last := map[tickets.EventType][]byte{}
	events, err := w.TicketEvents(t.Context(), made.ID)
	must(t, err)
	for _, e := range events {
		raw, err := json.MarshalIndent(e, "", "  ")
		must(t, err)
		last[e.Type] = append(raw, '\n')
	}
	golden(t, "ticket.created.form", last[tickets.TicketCreated])
	golden(t, "ticket.rated", last[tickets.TicketRated])
	golden(t, "ticket.reopened", last[tickets.TicketReopened])
}
