package edit_test

import (
	"errors"
	"fmt"
	"testing"

	"okno/tickets/fields"
	"okno/tickets/forms/edit"
)

func TestTablesOfManySpreadsheets(t *testing.T) {
	for text, want := range map[string]string{
		"Garden street,Садовая\nRoastery,Обжарка\n": "[Garden street/Садовая Roastery/Обжарка]",
		"\ufeffkey;en;ru\r\ngarden;Garden;Сад\r\n":  "[garden:Garden/Сад]",
		"Garden\tСад\nPark\tПарк":                   "[Garden/Сад Park/Парк]",
		"Garden\n\n  \nPark":                        "[Garden/Garden Park/Park]",
		"\"Garden, back\",\"Сад, \"\"задний\"\"\"":  "[Garden, back/Сад, \"задний\"]",
		"Название;Name\n;Сад":                       "[Сад/Сад]",
		"\"broken":                                  "[broken/broken]",
	} {
		entries, err := edit.ReadTable(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if got := fmt.Sprint(named(entries)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"", "\n\n", "en,ru"} {
		if _, err := edit.ReadTable(text); !errors.Is(err, edit.ErrEmptyTable) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func named(entries []fields.Option) []string {
	var all []string
	for _, o := range entries {
		text := o.NameEN + "/" + o.NameRU
		if o.Key != "" {
			text = o.Key + ":" + text
		}
		all = append(all, text)
	}
	return all
}

// TestATableTakesThePlaceOfAList says what it adds, renames and takes away; what
// is gone is kept for old tickets.
func TestATableTakesThePlaceOfAList(t *testing.T) {
	before := []fields.Option{
		{Key: "a", NameEN: "Attic", NameRU: "Чердак"}, {Key: "b", NameEN: "Barn", NameRU: "Амбар"},
		{Key: "c", NameEN: "Cellar", NameRU: "Подвал"}, {Key: "d", NameEN: "Den", NameRU: "Логово", Archived: true},
	}
	table, err := edit.ReadTable("Barn,Сарай\nAttic,Чердак\nYard,Двор")
	if err != nil {
		t.Fatal(err)
	}
	l := edit.Load(before, table)
	if got := fmt.Sprint(named(l.Entries)); got != "[b:Barn/Сарай a:Attic/Чердак Yard/Двор c:Cellar/Подвал d:Den/Логово]" {
		t.Errorf("entries %s", got)
	}
	if len(l.Added) != 1 || len(l.Renamed) != 1 || len(l.Gone) != 1 || l.Same != 1 || !l.Entries[3].Archived {
		t.Errorf("%+v", l)
	}
	again, err := edit.ReadTable(edit.WriteTable(l.Entries))
	if err != nil || fmt.Sprint(named(again)) != "[b:Barn/Сарай a:Attic/Чердак :Yard/Двор]" && fmt.Sprint(named(again)) != "[b:Barn/Сарай a:Attic/Чердак Yard/Двор]" {
		t.Errorf("written and read: %v, %v", named(again), err)
	}
}
