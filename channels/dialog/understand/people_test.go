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

func TestWhom(t *testing.T) {
	names := []string{"Иван Петров", "Анна Петрова", "Ann Smith", "Анна Ивановна Салтыкова"}
	for text, want := range map[string]string{
		"Доступ для Ивана Петрова":      "Иван Петров",
		"Петровой Анне нужен ноутбук":   "Анна Петрова",
		"access for Ann Smith please":   "Ann Smith",
		"анне салтыковой":               "Анна Ивановна Салтыкова",
		"для Ивана":                     "",
		"Петров":                        "",
		"для Ивана Петрова и Ann Smith": "",
		"ann@example.org":               "",
		"":                              "",
	} {
		i, ok := understand.Whom(text, names)
		if ok != (want != "") || ok && names[i] != want {
			t.Errorf("%q: %d, %v, want %q", text, i, ok, want)
		}
	}
	if _, ok := understand.Whom("access for ann@example.org", []string{"Ann Smith"}); !ok {
		t.Error("whoever was found by an address alone is not meant")
	}
	if _, ok := understand.Whom("Access for Bob", []string{"Bob Brown"}); ok {
		t.Error("a first name alone means somebody")
	}
}
