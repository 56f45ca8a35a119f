package understand_test

import (
	"slices"
	"testing"

	"okno/channels/dialog/understand"
)

func TestPeople(t *testing.T) {
	for text, want := range map[string][]string{
		"Доступ для Ивана Петрова, пожалуйста":   {"Иван", "Петров"},
		"согласует Мария Сидорова":               {"Мари", "Сидоров"},
		"Анне Салтыковой нужен ноутбук":          {"Анн", "Салтыков"},
		"Please give Ann Smith access":           {"Ann", "Smith"},
		"пропуск для Anna-Maria Schulz":          {"Anna-Maria", "Schulz"},
		"спросите ann@example.org или @petrov_i": {"ann@example.org", "petrov_i"},
		"Завтра в пятницу, в Ноябре, VPN и 1С":   nil,
		"принтер сломался":                       nil,
		"Нужен доступ. Спасибо":                  nil,
		"":         nil,
		"Аа Бб Вв": nil,
		"Аня, Боря, Вася, Гена, Дима, Ева, Жан, Зоя, Ия, Коля": {"Аня", "Бор", "Вас", "Ген", "Дим", "Ева", "Жан", "Зоя"},
	} {
		if got := understand.People(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
