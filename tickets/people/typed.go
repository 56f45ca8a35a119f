package people

import (
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The lengths of what is typed, in characters.
const (
	shortestPassword = 10
	longestPassword  = 200
	longestName      = 100
	longestEmail     = 254 // RFC 5321, section 4.5.3.1.3
	longestSignature = 2000
)

// typedName joins the words of a name and refuses none.
func typedName(text string) (string, error) {
	blank := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
	name := strings.Join(strings.FieldsFunc(text, blank), " ")
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return "", fault(invalid, "name", "error.people.name.empty")
	case n > longestName:
		return "", tooLong("name", "error.people.name.long", longestName)
	}
	return name, nil
}

// typedEmail checks a bare address and writes it in lower case.
func typedEmail(text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", fault(invalid, "email", "error.people.email.empty")
	}
	a, err := mail.ParseAddress(text)
	if err != nil || a.Address != text || len(text) > longestEmail {
		return "", fault(invalid, "email", "error.people.email.form")
	}
	return strings.ToLower(text), nil
}

// checkPassword refuses what is easily guessed.
func checkPassword(password, email string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < shortestPassword:
		f := fault(invalid, "password", "error.people.password.short")
		f.Args = map[string]string{"least": strconv.Itoa(shortestPassword)}
		return f
	case n > longestPassword:
		return tooLong("password", "error.people.password.long", longestPassword)
	case strings.EqualFold(strings.TrimSpace(password), email):
		return fault(invalid, "password", "error.people.password.email")
	}
	return nil
}

func tooLong(field, message string, most int) *Fault {
	f := fault(invalid, field, message)
	f.Args = map[string]string{"most": strconv.Itoa(most)}
	return f
}

// checkProfile checks what agents choose from lists.
func checkProfile(p Profile) error {
	if !slices.Contains([]string{"ru", "en"}, p.Language) {
		return fault(invalid, "language", "error.people.language")
	}
	if !slices.Contains([]string{"", "light", "dark"}, p.Theme) {
		return fault(invalid, "theme", "error.people.theme")
	}
	if _, err := time.LoadLocation(p.TimeZone); err != nil {
		return fault(invalid, "time_zone", "error.people.time_zone")
	}
	if utf8.RuneCountInString(p.Signature) > longestSignature {
		return tooLong("signature", "error.people.signature.long", longestSignature)
	}
	return nil
}

// language answers a language we speak, English for any other.
func language(text string) string {
	if text == "ru" {
		return "ru"
	}
	return "en"
}
