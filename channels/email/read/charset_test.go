package read

import (
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// TestGuessesRussian gives every charset to every text, without a label.
func TestGuessesRussian(t *testing.T) {
	texts := []string{
		"Привет", "Здравствуйте", "Не работает принтер", "СРОЧНО", "Пропал доступ к почте", "Иван Петров", "Ольга",
		"Добрый день! Прошу выдать новый пропуск.", "Счёт № 12 от 3 марта", "ОШИБКА ПРИ ВХОДЕ В СИСТЕМУ", "Re: Заявка принята",
		"Цех № 5, щит электрический — не включается", "Съёмный диск", "Объявление об эвакуации", "VPN не подключается после обновления Windows",
		"Жду ответа", "Отпуск", "Фёдор Щукин", "заявка", "спасибо", "помогите пожалуйста",
	}
	for name, enc := range map[string]*charmap.Charmap{
		"windows-1251": charmap.Windows1251, "koi8-r": charmap.KOI8R, "cp866": charmap.CodePage866, "iso-8859-5": charmap.ISO8859_5,
	} {
		for _, text := range texts {
			data, err := enc.NewEncoder().Bytes([]byte(text))
			if err != nil {
				continue // a sign this charset does not have
			}
			if got, guessed := decodeCharset(data, ""); got != text || !guessed {
				t.Errorf("%s: %q is read as %q", name, text, got)
			}
		}
	}
}

func TestGuessesOthers(t *testing.T) {
	for _, c := range []struct{ data, label, want string }{
		{"caf\xe9", "", "café"},
		{"Gr\xfc\xdfe aus M\xfcnchen", "", "Grüße aus München"},
		{"na\xefve \x93quoted\x94", "", "naïve “quoted”"},
		{"\xff\xfeA\x00\x11\x04", "", "\ufeffAБ"},
		{"Привет", "windows-1251x", "Привет"},
		{"\xcf\xf0\xe8\xe2\xe5\xf2", "win-1251", "Привет"},
		{"Привет", "iso-8859-1", "Привет"},
		{"caf\xc3\xa9", "iso-8859-1", "cafÃ©"},
		{"+BB8EQAQ4-", "utf-7", "+BB8EQAQ4-"},
		{"\x1b$B$\"\x1b(B", "iso-2022-jp", "あ"},
	} {
		if got, _ := decodeCharset([]byte(c.data), c.label); got != c.want && "\ufeff"+got != c.want {
			t.Errorf("%q as %q is read as %q, not %q", c.data, c.label, got, c.want)
		}
	}
}
