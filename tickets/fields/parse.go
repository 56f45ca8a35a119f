package fields

import (
	"net/mail"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The longest answers, in characters.
const (
	longestText = 300
	longestLong = 10_000
)

// Parse answers the canonical text of what was typed by somebody who reads
// language ("en", "ru", or "" for programs, which write numbers with a point).
// Nothing but blanks is the empty answer. A canonical text is its own canonical
// text in every language. Errors are *Fault.
func Parse(f Field, typed, language string) (string, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", nil
	}
	switch f.Type {
	case Text:
		return parseText(strings.Join(strings.Fields(typed), " "), longestText)
	case Long:
		return parseText(strings.ReplaceAll(typed, "\r\n", "\n"), longestLong)
	case Number:
		return parseNumber(typed, language)
	case Money:
		return parseMoney(f, typed, language)
	case Date:
		return parseDate(typed)
	case Time:
		return parseTime(typed)
	case YesNo:
		return parseYesNo(typed)
	case One, Place:
		return parseOne(f, typed)
	case Many:
		return parseMany(f, typed)
	case Email:
		return parseEmail(typed)
	case Phone:
		return parsePhone(typed)
	}
	return parseInForm(f.Type, typed)
}

// parseInForm reads the types that only forms ask for.
func parseInForm(t Type, typed string) (string, error) {
	switch t {
	case Period:
		return parsePeriod(typed)
	case Plate:
		return parsePlate(typed)
	case Person:
		return parsePerson(typed)
	case Files:
		return parseFiles(typed)
	case Info:
		return "", nil
	}
	return "", fault("field.fault.type")
}

func parseText(text string, longest int) (string, error) {
	if utf8.RuneCountInString(text) > longest {
		return "", fault("field.fault.long", "most", strconv.Itoa(longest))
	}
	return text, nil
}

// parseEmail takes a bare address (RFC 5322 section 3.4.1); domains are kept in
// lower case.
func parseEmail(typed string) (string, error) {
	a, err := mail.ParseAddress(typed)
	if err != nil || a.Name != "" || utf8.RuneCountInString(typed) > longestText {
		return "", fault("field.fault.email")
	}
	at := strings.LastIndex(a.Address, "@")
	return a.Address[:at] + strings.ToLower(a.Address[at:]), nil
}

// A telephone number has 3 (a short one within the house) to 15 digits (ITU-T
// E.164 section 6.2.1).
const (
	fewestDigits = 3
	mostDigits   = 15
)

// parsePhone keeps the digits and drops what people put between them.
func parsePhone(typed string) (string, error) {
	rest, plus := strings.CutPrefix(typed, "+")
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("()-–‑./", r) {
			return -1
		}
		return r
	}, rest)
	if len(digits) < fewestDigits || len(digits) > mostDigits || !onlyDigits(digits) {
		return "", fault("field.fault.phone")
	}
	if plus {
		return "+" + digits, nil
	}
	return digits, nil
}

func onlyDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}
