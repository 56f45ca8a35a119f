package cli

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"okno/assets/locale"
	"okno/server/formfile"
)

// sheet is one file to apply: what it says of teams, agents and channels, and
// what it says of request types.
type sheet struct {
	path   string
	staff  wanted
	forms  formfile.File
	places formfile.Places
}

func readSheets(paths []string, lookup func(string) (string, bool)) ([]sheet, error) {
	words, err := locale.New()
	if err != nil {
		return nil, fmt.Errorf("read translations: %w", err)
	}
	var all []sheet
	for _, path := range paths {
		x, err := readSheet(path, lookup)
		if err != nil {
			return nil, legible(path, err, words)
		}
		all = append(all, x)
	}
	return all, nil
}

func readSheet(path string, lookup func(string) (string, bool)) (sheet, error) {
	x := sheet{path: path}
	raw, err := os.ReadFile(path)
	if err != nil {
		return x, fmt.Errorf("read the file to apply: %w", err)
	}
	staff, offers := parted(string(raw))
	if x.staff, err = parseWanted([]byte(staff), lookup); err != nil {
		return x, &usageError{fmt.Errorf("%s %w", path, err)}
	}
	x.forms, x.places, err = formfile.Read([]byte(offers))
	return x, err
}

// topKey is a key of the whole file.
var topKey = regexp.MustCompile(`^["']?([A-Za-z_]+)["']?\s*:`)

// parted takes a file apart into what is said of request types and the rest. In
// either half the lines of the other are empty, so that faults have their lines.
func parted(text string) (staff, offers string) {
	of := []string{"sections", "topics", "lists", "requests"}
	var a, b strings.Builder
	inOffers := false
	for line := range strings.Lines(text) {
		if key := topKey.FindStringSubmatch(line); key != nil {
			inOffers = slices.Contains(of, key[1])
		}
		mine, other := &a, &b
		if inOffers {
			mine, other = &b, &a
		}
		mine.WriteString(line)
		other.WriteString("\n")
	}
	return a.String(), b.String()
}

// legible puts the faults of a file into words, each with its line and column.
func legible(path string, err error, words *locale.Catalog) error {
	faults := formfile.Faults(err)
	if len(faults) == 0 {
		return err
	}
	var all error
	for _, f := range faults {
		all = errors.Join(all, fmt.Errorf("%s line %d, column %d: %s", path, f.Line, f.Column, explain(words, f.Message, f.Args)))
	}
	return &usageError{all}
}

// explain puts a key and its arguments into English.
func explain(words *locale.Catalog, key string, args map[string]string) string {
	pairs := make([]any, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, name, value)
	}
	return words.T("en")(key, pairs...)
}
