package dialog_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"okno/channels/dialog"
	"okno/channels/dialog/dialogtest"
	"okno/tickets/forms"
)

// large is a world of a thousand request types.
func large() dialog.World {
	w := dialog.World{Catalog: catalog(), Desk: "Okno"}
	x := w.Catalog.Types[2]
	w.Catalog.Types = nil
	for i := range 1000 {
		x.ID, x.Version, x.Key = int64(i+1), 1, fmt.Sprintf("form_%d", i)
		x.Name = forms.Text{EN: fmt.Sprintf("Form %d", i), RU: fmt.Sprintf("Форма %d", i)}
		w.Catalog.Types = append(w.Catalog.Types, x)
	}
	w.Begun = &w.Catalog.Types[999]
	return w
}

// filling is the state of somebody in the middle of the last form, who answered
// at length and was not always understood.
func filling(t testing.TB, w dialog.World, say dialog.Words) (dialog.State, dialog.Turn) {
	turn := dialog.Turn{Language: "ru", Buttons: true, Now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	s := dialog.State{}
	for _, text := range []string{
		"", "Пропуск для нашего постоянного поставщика бумаги", "Приедет в первой половине дня, нужна помощь с разгрузкой\nи тележка",
		"не знаю сколько", "12,5", "не больше ста тысяч, а лучше меньше", "1500", "завтра", "в три часа", "да", "Warehouse",
	} {
		turn.Button, turn.Text = "", text
		if text == "" {
			turn.Button = "type:rr" // 999 + 1
		}
		turn.Now = turn.Now.Add(time.Minute)
		s = dialog.Step(s, turn, w, say).State
	}
	if s.Filling == nil || s.Filling.Asked != "many" {
		t.Fatalf("stands at %+v", s.Filling)
	}
	return s, turn
}

func TestPeopleInTheMiddleOfFormsAreSmall(t *testing.T) {
	s, _ := filling(t, large(), dialogtest.Words(t))
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes", len(raw))
	if len(raw) > 10_000 {
		t.Errorf("a person in the middle of a form costs %d bytes", len(raw))
	}
}

// BenchmarkStep is one answer, one page of a section and one free text, with a
// thousand request types.
func BenchmarkStep(b *testing.B) {
	w, say := large(), dialogtest.Words(b)
	s, turn := filling(b, w, say)
	for _, c := range []struct {
		name  string
		state dialog.State
		text  string
	}{
		{"answer", s, "mail, chat"},
		{"refusal", s, "чепуха"},
		{"menu", s, "меню"},
		{"offer", dialog.State{}, "парковка для курьера завтра в 15:00, машина а412мр77, телефон +7 999 123-45-67"},
	} {
		b.Run(c.name, func(b *testing.B) {
			turn.Text, w.Matches = c.text, []dialog.Match{{Type: 1000, Score: 0.9}, {Type: 500, Score: 0.8}}
			for b.Loop() {
				dialog.Step(c.state, turn, w, say)
			}
		})
	}
}
