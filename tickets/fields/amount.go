package fields

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// The longest amounts, in digits before and after the point.
const (
	mostWhole    = 15
	mostDecimals = 6
	cents        = 2
)

// grouped is an English number with commas between thousands.
var grouped = regexp.MustCompile(`^\d{1,3}(,\d{3})+(\.\d*)?$`)

// parseNumber reads 1 234,5 and 1234.5 in both languages; 1,234 is a thousand
// in English and a little more than one in Russian.
func parseNumber(typed, language string) (string, error) {
	whole, decimals, negative, ok := digitsOf(typed, language)
	if !ok || len(decimals) > mostDecimals {
		return "", fault("field.fault.number")
	}
	if decimals != "" {
		whole += "." + decimals
	}
	return signed(whole, negative), nil
}

// digitsOf takes a number apart. Zeros that say nothing are gone.
func digitsOf(typed, language string) (whole, decimals string, negative, ok bool) {
	text := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, typed)
	for _, minus := range []string{"-", "−", "–"} {
		if rest, found := strings.CutPrefix(text, minus); found {
			text, negative = rest, true
			break
		}
	}
	whole, decimals, point := strings.Cut(pointed(text, language), ".")
	ok = onlyDigits(whole) && (!point || onlyDigits(decimals))
	whole = strings.TrimLeft(whole, "0")
	decimals = strings.TrimRight(decimals, "0")
	if ok = ok && len(whole) <= mostWhole; whole == "" {
		whole = "0"
	}
	return whole, decimals, negative && whole+decimals != "0", ok
}

// pointed is a number with a point before its decimals and nothing between its
// thousands. A comma that cannot be read stays and is refused.
func pointed(text, language string) string {
	switch {
	case language == "en" && grouped.MatchString(text):
		return strings.ReplaceAll(text, ",", "")
	case language != "" && strings.Count(text, ",") == 1 && !strings.Contains(text, "."):
		return strings.Replace(text, ",", ".", 1)
	}
	return text
}

func signed(amount string, negative bool) string {
	if negative {
		return "-" + amount
	}
	return amount
}

// Currency is a kind of money: its ISO 4217 code and the sign people write.
type Currency struct{ Code, Sign string }

// Currencies answers the currencies an amount can be in.
func Currencies() []Currency {
	return []Currency{
		{"EUR", "€"}, {"USD", "$"}, {"GBP", "£"}, {"RUB", "₽"}, {"KZT", "₸"}, {"BYN", "Br"}, {"UAH", "₴"},
		{"AMD", "֏"}, {"GEL", "₾"}, {"UZS", ""}, {"KGS", ""}, {"RSD", ""}, {"TRY", "₺"}, {"PLN", "zł"}, {"CZK", "Kč"},
		{"CHF", ""}, {"CNY", "¥"}, {"INR", "₹"}, {"AED", ""}, {"ILS", "₪"},
	}
}

// currency finds a currency by its code or its sign.
func currency(name string) (Currency, bool) {
	all := Currencies()
	i := slices.IndexFunc(all, func(c Currency) bool {
		return strings.EqualFold(c.Code, name) || c.Sign != "" && strings.EqualFold(c.Sign, name)
	})
	if i < 0 {
		return Currency{}, false
	}
	return all[i], true
}

// parseMoney reads an amount with a sign or a code before or after it, or with
// none in the currency of the field.
func parseMoney(f Field, typed, language string) (string, error) {
	amount, unit := apart(typed)
	if unit == "" {
		unit = f.Currency
	}
	in, known := currency(unit)
	if !known {
		return "", fault("field.fault.currency", "currency", unit)
	}
	whole, decimals, negative, ok := digitsOf(amount, language)
	if !ok || len(decimals) > cents {
		return "", fault("field.fault.money")
	}
	decimals = (decimals + "00")[:cents]
	return signed(whole+"."+decimals, negative) + " " + in.Code, nil
}

// apart divides an amount from the currency written around it.
func apart(typed string) (amount, unit string) {
	isAmount := func(r rune) bool {
		return unicode.IsDigit(r) || unicode.IsSpace(r) || strings.ContainsRune(".,'’-−–", r)
	}
	var digits, words strings.Builder
	for _, r := range typed {
		if isAmount(r) {
			digits.WriteRune(r)
			continue
		}
		words.WriteRune(r)
	}
	return strings.TrimSpace(digits.String()), words.String()
}
