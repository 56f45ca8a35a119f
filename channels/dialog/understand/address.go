package understand

import (
	"regexp"
	"strings"

	"okno/tickets/fields"
)

var (
	emailPattern = regexp.MustCompile(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`)
	linkPattern  = regexp.MustCompile(`(?i)(?:https?://|www\.)\S+`)
	// versions have two dots or more, or a word before that no date has.
	versionPattern = regexp.MustCompile(`\d+(?:\.\d+){2,}`)
)

// findAddresses reads e-mail addresses, and reads over links.
func (r *reading) findAddresses() {
	for _, at := range linkPattern.FindAllStringIndex(r.text, -1) {
		r.takeBytes(at[0], at[1], thing{})
	}
	for _, at := range emailPattern.FindAllStringIndex(r.text, -1) {
		if canonical, ok := canonicalOf(fields.Email, strings.Trim(r.text[at[0]:at[1]], ".-")); ok {
			r.takeBytes(at[0], at[1], thing{kind: fields.Email, value: canonical})
		}
	}
}

// canonicalOf is what package fields makes of something that was found.
func canonicalOf(kind fields.Type, typed string) (string, bool) {
	canonical, err := fields.Parse(fields.Field{Type: kind}, typed, "")
	return canonical, err == nil && canonical != ""
}

// passVersions reads over versions and network addresses: 1.2.3, 10.0.0.1.
func (r *reading) passVersions() {
	for _, at := range versionPattern.FindAllStringIndex(r.text, -1) {
		if _, isDate := canonicalOf(fields.Date, r.text[at[0]:at[1]]); !isDate {
			r.takeBytes(at[0], at[1], thing{})
		}
	}
}

// passLabels reads over numbers that name something: room 305, этаж 3, № 15,
// версия 5.10.
func (r *reading) passLabels() {
	for i := range r.tokens {
		if !isLabel(r.at(i).text) {
			continue
		}
		next := i + 1
		for r.is(next, ".", "№", "#", "n", ":", "no") {
			next++
		}
		for next < len(r.tokens) && r.at(next).number >= 0 {
			r.passLoosely(next)
			if next++; r.is(next, ".", "-", "/") && r.joined(next-1, 3) && r.at(next+1).number >= 0 {
				r.pass(next, 1)
				next++
			}
		}
	}
}

func isLabel(word string) bool {
	switch word {
	case "кабинет", "кабинета", "кабинете", "каб", "комната", "комнате", "комнату", "комн", "ком", "офис", "офисе", "офиса", "оф",
		"этаж", "этаже", "этажа", "дом", "доме", "дома", "кв", "квартира", "корпус", "корпусе", "корп", "стр", "строение",
		"переговорка", "переговорной", "переговорная", "переговорке", "склад", "складе", "магазин", "магазине", "подъезд",
		"улица", "ул", "№", "#", "инв", "артикул", "арт", "инн", "огрн", "кпп", "счет", "заказ", "заявка", "заявке", "заявки",
		"версия", "версии", "версию", "верс", "модель", "порт", "windows", "python", "ubuntu", "office", "java", "ios", "android",
		"room", "floor", "suite", "building", "apt", "apartment", "store", "shop", "desk", "gate", "door",
		"version", "release", "model", "port", "ticket", "order", "invoice", "v", "ver", "id":
		return true
	}
	return false
}
