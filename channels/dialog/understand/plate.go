package understand

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"okno/tickets/fields"
)

var (
	// A Russian plate: А412МР77, on either keyboard, in either case, with blanks.
	platePattern = regexp.MustCompile(`(?i)[авекмнорстухabekmhopctyx][ \x{a0}-]?\d{3}[ \x{a0}-]?[авекмнорстухabekmhopctyx]{2}[ \x{a0}/-]?\d{2,3}`)
	// A British plate: AB12 CDE, in capitals.
	britishPattern = regexp.MustCompile(`[A-Z]{2}\d{2}[ \x{a0}]?[A-Z]{3}`)
	// Others are known by the word before, and by capitals.
	namedPlatePattern = regexp.MustCompile(`(?:(?i:гос\.? ?номер\p{L}*|номер\p{L}* (?:машины|авто\p{L}*|а/м)|number plate|licen[cs]e plate|plate(?: number)?|reg(?:istration)?(?: number)?))[ :№—–-]*(?:is )?([A-ZА-Я0-9]{1,5}(?:[ -]?[A-ZА-Я0-9]{1,5}){0,3})`)
)

func (r *reading) findPlates() {
	for _, at := range britishPattern.FindAllStringIndex(r.text, -1) {
		r.takePlate(at[0], at[1])
	}
	for _, at := range platePattern.FindAllStringIndex(r.text, -1) {
		if plate := r.text[at[0]:at[1]]; !inWords(plate) {
			r.takePlate(at[0], at[1])
		}
	}
	for _, at := range namedPlatePattern.FindAllStringSubmatchIndex(r.text, -1) {
		plate := r.text[at[2]:at[3]]
		if len([]rune(plate)) >= 5 && strings.ContainsFunc(plate, unicode.IsLetter) && strings.ContainsFunc(plate, unicode.IsDigit) {
			r.takePlate(at[2], at[3])
		}
	}
}

func (r *reading) takePlate(start, end int) {
	before, _ := utf8.DecodeLastRuneInString(r.text[:start])
	behind, _ := utf8.DecodeRuneInString(r.text[end:])
	if isAlphanumeric(before) || isAlphanumeric(behind) {
		return
	}
	if canonical, ok := canonicalOf(fields.Plate, r.text[start:end]); ok {
		r.takeBytes(start, end, thing{kind: fields.Plate, value: canonical})
	}
}

func isAlphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// inWords says that what looks like a plate may be words around numbers: "с 100
// на 200". A plate with blanks is written in capitals.
func inWords(plate string) bool {
	return strings.ContainsFunc(plate, unicode.IsSpace) && strings.ContainsFunc(plate, unicode.IsLower)
}
