package fields

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// PersonText is the canonical text for a person.
func PersonText(id int64, name string) string {
	return strings.TrimSpace(strconv.FormatInt(id, 10) + " " + oneLine(name))
}

// PersonOf takes the canonical text of a person apart.
func PersonOf(canonical string) (id int64, name string, ok bool) {
	number, name, _ := strings.Cut(canonical, " ")
	id, err := strconv.ParseInt(number, 10, 64)
	return id, name, err == nil && id > 0
}

// parsePerson takes canonical texts only: whom a name means, says who has the
// directory.
func parsePerson(typed string) (string, error) {
	id, name, ok := PersonOf(typed)
	if !ok || utf8.RuneCountInString(name) > longestText {
		return "", fault("field.fault.person")
	}
	return PersonText(id, name), nil
}

// mostFiles is more than any form asks for.
const mostFiles = 100

// parseFiles takes how many files were given; none is no answer.
func parseFiles(typed string) (string, error) {
	n, err := strconv.Atoi(typed)
	switch {
	case err != nil || n < 0 || n > mostFiles:
		return "", fault("field.fault.files")
	case n == 0:
		return "", nil
	}
	return strconv.Itoa(n), nil
}
