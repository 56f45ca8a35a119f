package understand

import (
	"regexp"

	"okno/tickets/fields"
)

// Telephone numbers as people write them, in the group of each.
var (
	// With + and the country.
	worldPhone = regexp.MustCompile(`(\+\d[\d \x{a0}().–-]{7,20}\d)`)
	// Russian, ten digits behind 8 or 7.
	russianPhone = regexp.MustCompile(`(?:^|[^\d.,+-])([78][ \x{a0}-]?\(?\d{3}\)?[ \x{a0}-]?\d{3}[ \x{a0}-]?\d{2}[ \x{a0}-]?\d{2})`)
	// A Russian mobile without those.
	mobilePhone = regexp.MustCompile(`(?:^|[^\d.,+-])(9\d{2}[ \x{a0}-]?\d{3}[ \x{a0}-]?\d{2}[ \x{a0}-]?\d{2})`)
	// With the area in brackets.
	bracketPhone = regexp.MustCompile(`(\(\d{3,5}\)[ \x{a0}]?\d{2,3}(?:[ \x{a0}-]?\d{2}){1,2}\d?)`)
	// As in America.
	dashedPhone = regexp.MustCompile(`(?:^|[^\d.,+-])(\d{3}-\d{3}-\d{4})`)
	// Any digits behind a word that says so.
	namedPhone = regexp.MustCompile(`(?i)(?:телефон\p{L}*|тел|моб|мобильн\p{L}*|сотов\p{L}*|номер телефона|phone|mobile|tel|cell|call(?: me)?(?: (?:at|on))?|звон\p{L}*|позвон\p{L}*)[ .:№#-]*(?:по |на )?(?:is )?(\d[\d ()-]{1,16}\d)`)
)

// innerPattern is a number within the house, and the end of a longer number.
var innerPattern = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:вн|внутр|внутренн\p{L}*|доб|добавочн\p{L}*|ext|extension)[ .:№#]*(?:номер |телефон )?(\d{3,6})`)

// The fewest and most digits of a number that is not within the house.
const (
	fewestDigits = 5
	mostDigits   = 15
)

func (r *reading) findPhones() {
	for _, pattern := range []*regexp.Regexp{worldPhone, russianPhone, mobilePhone, bracketPhone, dashedPhone, namedPhone} {
		r.takePhones(pattern, fewestDigits)
	}
	if len(r.values(fields.Phone)) == 0 {
		r.takePhones(innerPattern, 3)
		return
	}
	for _, at := range innerPattern.FindAllStringSubmatchIndex(r.text, -1) {
		r.takeBytes(at[2], at[3], thing{})
	}
}

func (r *reading) takePhones(pattern *regexp.Regexp, fewest int) {
	for _, at := range pattern.FindAllStringSubmatchIndex(r.text, -1) {
		canonical, ok := canonicalOf(fields.Phone, r.text[at[2]:at[3]])
		if ok && digits(canonical) >= fewest && digits(canonical) <= mostDigits && !r.namedBefore(at[2]) {
			r.takeBytes(at[2], at[3], thing{kind: fields.Phone, value: canonical})
		}
	}
}

func digits(canonical string) int {
	n := 0
	for _, c := range canonical {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}

// namedBefore says that the word before a place names what the digits are, and
// not a telephone: ИНН 7701234567.
func (r *reading) namedBefore(start int) bool {
	i, _ := r.within(start, start)
	return i > 0 && isLabel(r.tokens[i-1].text)
}
