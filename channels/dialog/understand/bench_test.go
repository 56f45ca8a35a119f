package understand_test

import (
	"strings"
	"testing"

	"okno/channels/dialog/understand"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// BenchmarkValues fills a form of ten steps, one with a list of 200 entries, from
// a message as people write them and from one as long as they get.
func BenchmarkValues(b *testing.B) {
	form := steps(
		step("a", fields.Date), step("b", fields.Time), step("c", fields.Phone), step("d", fields.Plate), step("e", fields.Money), step("f", fields.Email),
		step("g", fields.Number), step("h", fields.Text), forms.Step{Key: "i", Type: fields.Many, Options: equipment()}, forms.Step{Key: "j", Type: fields.Place, List: "l"},
	)
	var entries []fields.Option
	for i := range 200 {
		entries = append(entries, option(strings.Repeat("k", i+1), "Shop in the street number "+strings.Repeat("x", i%9), "Магазин на улице номер "+strings.Repeat("я", i%9)))
	}
	short := "Здравствуйте, нужна парковка для курьера завтра в 15:00, машина А412МР77, телефон +7 999 123-45-67. Спасибо"
	for name, text := range map[string]string{"short": short, "long": strings.Repeat(short+" ", 40)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				understand.Values(form, []forms.List{{Key: "l", Entries: entries}}, text, "ru", now())
			}
		})
	}
}
