package fields

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The letters that both alphabets have by their looks; Russian plates use these
// and no others (GOST R 50577).
const (
	cyrillicTwins = "АВЕКМНОРСТУХ"
	latinTwins    = "ABEKMHOPCTYX"
)

// The shortest and longest plates, in characters without blanks.
const (
	shortestPlate = 3
	longestPlate  = 12
)

// Russian plates in groups, the region last.
var (
	carPlate        = regexp.MustCompile(`^([` + cyrillicTwins + `])(\d{3})([` + cyrillicTwins + `]{2})(\d{2,3})$`)
	trailerPlate    = regexp.MustCompile(`^([` + cyrillicTwins + `]{2})(\d{4})(\d{2,3})$`)
	motorcyclePlate = regexp.MustCompile(`^(\d{4})([` + cyrillicTwins + `]{2})(\d{2,3})$`)
	busPlate        = regexp.MustCompile(`^([` + cyrillicTwins + `]{2})(\d{3})(\d{2})$`)
)

// parsePlate keeps letters and digits in upper case. A Russian plate is kept in
// Cyrillic and any other in Latin where all its letters have a twin there, so
// that it does not matter which keyboard it was typed on.
func parsePlate(typed string) (string, error) {
	text := strings.Map(plateRune, strings.ToUpper(typed))
	if cyrillic := twins(strings.TrimSuffix(text, "RUS"), latinTwins, cyrillicTwins); groupsOf(cyrillic) != nil {
		return cyrillic, nil
	}
	length := utf8.RuneCountInString(text)
	if length < shortestPlate || length > longestPlate || !strings.ContainsAny(text, "0123456789") || !isPlate(text) {
		return "", fault("field.fault.plate")
	}
	if latin := twins(text, cyrillicTwins, latinTwins); !strings.ContainsFunc(latin, isCyrillic) {
		return latin, nil
	}
	return twins(text, latinTwins, cyrillicTwins), nil
}

// plateRune drops what people put between the parts of a plate.
func plateRune(r rune) rune {
	if unicode.IsSpace(r) || strings.ContainsRune("-–‑.·•/", r) {
		return -1
	}
	return r
}

func isPlate(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && (r < '0' || r > '9') })
}

func isCyrillic(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }

// twins replaces letters by those of the other alphabet that look the same.
func twins(text, from, to string) string {
	other := []rune(to)
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune(from, r); i >= 0 {
			return other[utf8.RuneCountInString(from[:i])]
		}
		return r
	}, text)
}

// groupsOf are the parts of a Russian plate, nil of any other.
func groupsOf(plate string) []string {
	for _, r := range []*regexp.Regexp{carPlate, trailerPlate, motorcyclePlate, busPlate} {
		if m := r.FindStringSubmatch(plate); m != nil {
			return m[1:]
		}
	}
	return nil
}

func showPlate(canonical string) string {
	if groups := groupsOf(canonical); groups != nil {
		return strings.Join(groups, glue)
	}
	return canonical
}
