package tickets

import (
	"context"
	"errors"
	"maps"
	"slices"

	"okno/tickets/fields"
)

// answerField names a custom field in errors: "fields.KEY".
func answerField(key string) string { return "fields." + key }

// keyOf is the field a fields.changed event is about, "" for other events.
func keyOf(e Event) string {
	if e.Type != FieldsChanged {
		return ""
	}
	var d ChangeData
	if err := read(e, func(x ChangeData) error { d = x; return nil }); err != nil {
		return ""
	}
	return d.Key
}

// answers are the answers of a new ticket without the empty ones.
func answers(given map[string]string) map[string]string {
	kept := map[string]string{}
	for key, answer := range given {
		if answer != "" {
			kept[key] = answer
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return kept
}

// answered is a copy of the answers with one changed; "" takes it out.
func answered(given map[string]string, key, answer string) map[string]string {
	next := map[string]string{}
	maps.Copy(next, given)
	next[key] = answer
	return answers(next)
}

// changingFields decides one event for each answer that becomes another.
func changingFields(was, wanted map[string]string) []fact {
	var facts []fact
	for _, key := range slices.Sorted(maps.Keys(wanted)) {
		if wanted[key] != was[key] {
			facts = append(facts, fact{FieldsChanged, ChangeData{From: was[key], To: wanted[key], Key: key}})
		}
	}
	return facts
}

// checkAnswers checks that the fields of a change are asked on tickets of the
// team the ticket is going to have, and that the answers are canonical. An
// answer that is there may always be cleared.
func (s *Service) checkAnswers(ctx context.Context, t Ticket, c Change) error {
	if len(c.Fields) == 0 {
		return nil
	}
	team := t.TeamID
	if c.TeamID != nil {
		team = *c.TeamID
	}
	asked, err := s.Fields(ctx, team)
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(c.Fields)) {
		if err := checkAnswer(asked, key, c.Fields[key]); err != nil {
			return err
		}
	}
	return nil
}

func checkAnswer(asked []fields.Field, key, answer string) error {
	i := slices.IndexFunc(asked, func(f fields.Field) bool { return f.Key == key })
	switch {
	case answer == "":
		return nil
	case i < 0:
		return NewError(Invalid, answerField(key), "error.field.unknown", "key", key)
	}
	if kept, err := fields.Parse(asked[i], answer, ""); err != nil || kept != answer {
		return refusedAnswer(asked[i], err)
	}
	return nil
}

// refusedAnswer is the fault of an answer as a refusal.
func refusedAnswer(f fields.Field, err error) error {
	e := NewError(Invalid, answerField(f.Key), "error.field.form", "key", f.Key)
	var fault *fields.Fault
	if errors.As(err, &fault) {
		e.Message, e.Args, e.Err = fault.Message, fault.Args, err
	}
	return e
}

// Answers reads what an agent typed into fields, by key, in their language, as
// the canonical texts a Change takes. The refusal names the field, "fields.KEY".
func Answers(asked []fields.Field, typed map[string]string, language string) (map[string]string, error) {
	out := map[string]string{}
	for _, f := range asked {
		text, ok := typed[f.Key]
		if !ok {
			continue
		}
		answer, err := fields.Parse(f, text, language)
		if err != nil {
			return nil, refusedAnswer(f, err)
		}
		out[f.Key] = answer
	}
	return out, nil
}

// filled refuses an agent who ends the work on a ticket while a required field
// has no answer. The desk itself may end it, and spam needs no answers.
func (s *Service) filled(ctx context.Context, by Actor, w *work) error {
	ends := w.was.Category.Active() && !w.now.Category.Active()
	if by.Kind != ByAgent || !ends || w.now.Spam {
		return nil
	}
	asked, err := s.Fields(ctx, w.now.TeamID)
	if err != nil {
		return err
	}
	for _, f := range asked {
		if f.Required && w.now.Fields[f.Key] == "" {
			return NewError(Invalid, answerField(f.Key), "error.field.required", "en", f.NameEN, "ru", f.NameRU)
		}
	}
	return nil
}
