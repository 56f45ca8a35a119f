package tickets_test

import (
	"slices"
	"testing"

	"okno/tickets"
	"okno/tickets/fields"
)

// field defines a field as an administrator does.
func field(t *testing.T, s *tickets.Service, f fields.Field) fields.Field {
	t.Helper()
	f, err := s.PutField(t.Context(), boris(), f)
	must(t, err)
	return f
}

func keysOf(list []fields.Field) []string {
	var out []string
	for _, f := range list {
		out = append(out, f.Key)
	}
	return out
}

func TestFieldsAreDefinedMovedAndArchived(t *testing.T) {
	everywhere(t, func(t *testing.T, _ *world, s *tickets.Service, _ tickets.Ticket) {
		room := field(t, s, fields.Field{Type: fields.Text, NameEN: "Room", NameRU: "Комната"})
		again := field(t, s, fields.Field{Type: fields.Text, NameEN: "Room", NameRU: "Кабинет", TeamID: 21})
		size := field(t, s, fields.Field{Type: fields.One, NameEN: "Size", NameRU: "Размер",
			Options: []fields.Option{{NameEN: "Big", NameRU: "Большой"}, {NameEN: "Small", NameRU: "Маленький"}}})
		if again.Key != "room_2" || size.Position != 3 {
			t.Errorf("a second field has the key %q, the third the place %d", again.Key, size.Position)
		}
		must(t, s.ArchiveField(t.Context(), boris(), again.ID, true))
		must(t, s.MoveField(t.Context(), boris(), size.ID, true))
		list, err := s.Fields(t.Context(), 21)
		if want := []string{"size", "room"}; err != nil || !slices.Equal(keysOf(list), want) {
			t.Errorf("asked %v, %v, want %v", keysOf(list), err, want)
		}
		must(t, s.ArchiveField(t.Context(), boris(), again.ID, false))
		if list, err = s.Fields(t.Context(), 0); err != nil || len(list) != 2 {
			t.Errorf("without a team: %v, %v", keysOf(list), err)
		}
		size.Type, size.Key, size.Options = fields.Text, "other", size.Options[:1]
		size = field(t, s, size)
		if size.Type != fields.One || size.Key != "size" || len(size.Options) != 2 || !size.Options[1].Archived {
			t.Errorf("a changed field is %+v", size)
		}
		room.NameRU = ""
		_, err = s.PutField(t.Context(), boris(), room)
		refused(t, err, "name_ru", "field.fault.name.empty")
		_, err = s.PutField(t.Context(), anna(), room)
		refused(t, err, "", "error.people.denied")
		room.TeamID = 99
		_, err = s.PutField(t.Context(), boris(), room)
		refused(t, err, "team", "error.team.unknown")
		refused(t, s.MoveField(t.Context(), boris(), 99, true), "", "error.field.missing")
		refused(t, s.ArchiveField(t.Context(), anna(), room.ID, true), "", "error.people.denied")
	})
}

func TestAnswersOfATicket(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		field(t, s, fields.Field{Type: fields.Number, NameEN: "Room", NameRU: "Комната"})
		field(t, s, fields.Field{Type: fields.Text, NameEN: "Badge", NameRU: "Пропуск", TeamID: 22})
		change := func(version int64, c tickets.Change) error {
			_, err := s.Change(t.Context(), anna(), made.ID, version, c)
			return err
		}
		answer := func(key, text string) tickets.Change {
			return tickets.Change{Fields: map[string]string{key: text}}
		}
		refused(t, change(0, answer("badge", "A1")), "fields.badge", "error.field.unknown")
		refused(t, change(0, answer("room", "twelve")), "fields.room", "field.fault.number")
		refused(t, change(0, answer("room", "012")), "fields.room", "error.field.form")
		must(t, change(made.Version, answer("room", "12")))
		must(t, change(made.Version, answer("badge", "")))
		team := int64(22)
		must(t, change(made.Version, tickets.Change{TeamID: &team, Fields: map[string]string{"badge": "A1"}}))
		if err := change(made.Version, answer("room", "13")); tickets.KindOf(err) != tickets.Conflict {
			t.Errorf("a change of what changed meanwhile: %v", err)
		}
		must(t, change(0, answer("room", "")))
		team = 21
		must(t, change(0, tickets.Change{TeamID: &team}))
		if row := w.row(t, made.ID); len(row.Fields) != 1 || row.Fields["badge"] != "A1" {
			t.Errorf("the answer to a question of another team is not kept: %v", row.Fields)
		}
	})
}

func TestRequiredFieldIsFilledBeforeSolving(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		field(t, s, fields.Field{Type: fields.Text, NameEN: "Cause", NameRU: "Причина", Required: true})
		solved, open, spam := int64(5), int64(2), true
		_, err := s.Change(t.Context(), anna(), made.ID, 0, tickets.Change{StatusID: &solved})
		refused(t, err, "fields.cause", "error.field.required")
		_, err = s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "done", Then: solved})
		refused(t, err, "fields.cause", "error.field.required")
		if row := w.row(t, made.ID); row.Version != made.Version {
			t.Error("a refusal left traces")
		}
		_, err = s.Change(t.Context(), anna(), made.ID, 0, tickets.Change{StatusID: &solved, Fields: map[string]string{"cause": "paper"}})
		must(t, err)
		for _, c := range []tickets.Change{{StatusID: &open}, {Fields: map[string]string{"cause": ""}}} {
			_, err = s.Change(t.Context(), anna(), made.ID, 0, c)
			must(t, err)
		}
		_, err = s.Change(t.Context(), tickets.System(), made.ID, 0, tickets.Change{StatusID: &solved})
		must(t, err)
		junk := asked(t, s)
		_, err = s.Change(t.Context(), anna(), junk.ID, 0, tickets.Change{StatusID: &solved, Spam: &spam})
		must(t, err)
	})
}

func TestTicketOpensWithAnswers(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, _ tickets.Ticket) {
		field(t, s, fields.Field{Type: fields.Date, NameEN: "Until", NameRU: "До", Required: true})
		n := tickets.NewTicket{Subject: "x", RequesterID: 11, Fields: map[string]string{"until": "2026-05-06", "none": ""},
			Outgoing: &tickets.NewMessage{Body: "x"}}
		opened, _, err := s.Create(t.Context(), anna(), n)
		must(t, err)
		if got := w.row(t, opened.ID).Fields; len(got) != 1 || got["until"] != "2026-05-06" {
			t.Errorf("answers %v", got)
		}
		n.Fields = nil
		n.Outgoing.Then = 5
		_, _, err = s.Create(t.Context(), anna(), n)
		refused(t, err, "fields.until", "error.field.required")
	})
}

func TestAnswersAreReadInALanguage(t *testing.T) {
	asked := []fields.Field{{Key: "cost", Type: fields.Money, Currency: "RUB"}, {Key: "room", Type: fields.Text}}
	got, err := tickets.Answers(asked, map[string]string{"cost": "1 500,5", "stray": "x"}, "ru")
	if err != nil || len(got) != 1 || got["cost"] != "1500.50 RUB" {
		t.Errorf("got %v, %v", got, err)
	}
	_, err = tickets.Answers(asked, map[string]string{"cost": "a lot"}, "en")
	refused(t, err, "fields.cost", "field.fault.currency")
}
