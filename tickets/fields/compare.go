package fields

import (
	"math/big"
	"strings"
)

// Compare orders two canonical texts of a number, an amount, a date, a time or
// a period (by its first day): -1, 0, 1. It is false where there is no order:
// another type, a text that is not canonical, two currencies.
func Compare(t Type, a, b string) (order int, ok bool) {
	switch t {
	case Number:
		return compareNumbers(a, b)
	case Money:
		amount, code, _ := strings.Cut(a, " ")
		other, in, _ := strings.Cut(b, " ")
		if code != in {
			return 0, false
		}
		return compareNumbers(amount, other)
	case Date, Time, Period:
		return compareMoments(t, a, b)
	}
	return 0, false
}

// compareNumbers loses no digit.
func compareNumbers(a, b string) (int, bool) {
	x, ok := exact(a)
	if !ok {
		return 0, false
	}
	y, ok := exact(b)
	if !ok {
		return 0, false
	}
	return x.Cmp(y), true
}

func exact(canonical string) (*big.Rat, bool) {
	if kept, err := parseNumber(canonical, ""); err != nil || kept == "" {
		return nil, false
	}
	return new(big.Rat).SetString(canonical)
}

// compareMoments relies on canonical texts standing in the order of time.
func compareMoments(t Type, a, b string) (int, bool) {
	for _, text := range []string{a, b} {
		if kept, err := Parse(Field{Type: t}, text, ""); err != nil || kept != text || text == "" {
			return 0, false
		}
	}
	return strings.Compare(a, b), true
}
