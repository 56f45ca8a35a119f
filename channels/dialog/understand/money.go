package understand

import (
	"math/big"
	"regexp"
	"strings"

	"okno/tickets/fields"
)

// An amount: a sign or a code before, a number, thousands or millions, a sign, a
// code or a word behind. One of sign, code and word must be there.
var moneyPattern = regexp.MustCompile(`(?i)(` + currencyMarks + `)?[ \x{a0}]?` +
	`(\d{1,3}(?:[ \x{a0},]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)[ \x{a0}]?` +
	`(тыс(?:яч\p{L}*)?\.?|млн\.?|миллион\p{L}*|thousand|million|mln|k|к)?[ \x{a0}]?` +
	`(руб(?:л\p{L}*)?|р|долл(?:ар\p{L}*)?|евро|тенге|dollars?|euros?|bucks|pounds?|roubles?|rubles?|` + currencyMarks + `)?`)

const currencyMarks = `[$€£₽₸]|usd|eur|rub|gbp|kzt|byn`

// findMoney reads amounts. Those that only say thousands are kept without a
// currency, for a question that has one.
func (r *reading) findMoney() {
	for _, at := range moneyPattern.FindAllStringSubmatchIndex(r.text, -1) {
		part := func(n int) string {
			if at[2*n] < 0 {
				return ""
			}
			return strings.ToLower(r.text[at[2*n]:at[2*n+1]])
		}
		code := currencyOf(part(1) + part(4))
		if code == "" {
			continue
		}
		if canonical, ok := canonicalOf(fields.Money, amount(part(2), part(3))+" "+code); ok {
			r.takeBytes(at[0], at[1], thing{kind: fields.Money, value: canonical})
		}
	}
}

// amount is a number as written, times what stands behind it.
func amount(written, times string) string {
	written = strings.NewReplacer(" ", "", "\u00a0", "").Replace(written)
	if i := strings.LastIndexAny(written, ",."); i >= 0 && len(written)-i == 4 {
		written = strings.ReplaceAll(written, ",", "")
	}
	n, ok := new(big.Rat).SetString(decimal(written))
	if !ok {
		return ""
	}
	switch {
	case times == "":
	case strings.HasPrefix(times, "м") || strings.HasPrefix(times, "m"):
		n.Mul(n, big.NewRat(1_000_000, 1))
	default:
		n.Mul(n, big.NewRat(1_000, 1))
	}
	return n.FloatString(2)
}

// decimal is a number with a point before its decimals and commas nowhere.
func decimal(written string) string {
	i := strings.LastIndexAny(written, ",.")
	if i < 0 {
		return written
	}
	return strings.ReplaceAll(written[:i], ",", "") + "." + written[i+1:]
}

func currencyOf(mark string) string {
	for _, c := range fields.Currencies() {
		if strings.EqualFold(c.Code, mark) || c.Sign == mark && mark != "" {
			return c.Code
		}
	}
	for _, word := range []struct{ begin, code string }{
		{"руб", "RUB"}, {"р", "RUB"}, {"roub", "RUB"}, {"rub", "RUB"}, {"долл", "USD"}, {"dollar", "USD"}, {"bucks", "USD"},
		{"евро", "EUR"}, {"euro", "EUR"}, {"pound", "GBP"}, {"тенге", "KZT"},
	} {
		if strings.HasPrefix(mark, word.begin) {
			return word.code
		}
	}
	return ""
}
