package edit

import (
	"encoding/csv"
	"errors"
	"slices"
	"strings"

	"okno/tickets/fields"
)

// The faults of a table that is loaded into a list.
var (
	ErrTable      = errors.New("not a table of comma-separated values")
	ErrEmptyTable = errors.New("the table has no rows")
)

// ReadTable reads the entries of a reference list out of comma-separated values
// (RFC 4180; semicolons and tabs do as well): English name, Russian name; or
// with three columns a key before them. One name stands for both. A first row
// with the names of the columns is left out.
func ReadTable(text string) ([]fields.Option, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace, r.LazyQuotes = comma(text), -1, true, true
	rows, err := r.ReadAll()
	if err != nil {
		return nil, ErrTable
	}
	var entries []fields.Option
	for i, row := range rows {
		if o := entry(row); i > 0 || !isHead(row) {
			entries = appendNamed(entries, o)
		}
	}
	if len(entries) == 0 {
		return nil, ErrEmptyTable
	}
	return entries, nil
}

// comma is what stands between the columns of the first row.
func comma(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	best := ','
	for _, c := range []rune{';', '\t'} {
		if strings.Count(first, string(c)) > strings.Count(first, string(best)) {
			best = c
		}
	}
	return best
}

func isHead(row []string) bool {
	first := strings.ToLower(strings.TrimSpace(row[0]))
	return slices.Contains([]string{"key", "en", "ru", "name", "english", "русский", "название"}, first)
}

func entry(row []string) fields.Option {
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
	}
	var o fields.Option
	switch len(row) {
	case 0:
	case 1:
		o.NameEN = row[0]
	case 2:
		o.NameEN, o.NameRU = row[0], row[1]
	default:
		o.Key, o.NameEN, o.NameRU = row[0], row[1], row[2]
	}
	if o.NameEN == "" {
		o.NameEN = o.NameRU
	}
	if o.NameRU == "" {
		o.NameRU = o.NameEN
	}
	return o
}

func appendNamed(entries []fields.Option, o fields.Option) []fields.Option {
	if o.NameEN == "" {
		return entries
	}
	return append(entries, o)
}

// WriteTable is what ReadTable reads.
func WriteTable(entries []fields.Option) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"key", "en", "ru"}) // a strings.Builder takes everything
	for _, o := range entries {
		if !o.Archived {
			_ = w.Write([]string{o.Key, o.NameEN, o.NameRU})
		}
	}
	w.Flush()
	return b.String()
}

// Loaded says what a table makes of a list.
type Loaded struct {
	Entries []fields.Option // of the list afterwards; those that are gone are archived
	Added   []fields.Option
	Renamed []fields.Option // as they are called now
	Gone    []fields.Option
	Same    int
}

// Load puts a table in the place of the entries of a list. An entry is known by
// its key, or by either name.
func Load(before, table []fields.Option) Loaded {
	var l Loaded
	left := slices.Clone(before)
	for _, o := range table {
		at := slices.IndexFunc(left, func(x fields.Option) bool { return sameEntry(x, o) })
		if at < 0 {
			o.Key = ""
			l.Added, l.Entries = append(l.Added, o), append(l.Entries, o)
			continue
		}
		was := left[at]
		left = slices.Delete(left, at, at+1)
		o.Key = was.Key
		l.Entries = append(l.Entries, o)
		if was == o {
			l.Same++
		} else {
			l.Renamed = append(l.Renamed, o)
		}
	}
	for _, o := range left {
		if !o.Archived {
			o.Archived = true
			l.Gone = append(l.Gone, o)
		}
		l.Entries = append(l.Entries, o)
	}
	return l
}

func sameEntry(a, b fields.Option) bool {
	if b.Key != "" {
		return a.Key == b.Key
	}
	return strings.EqualFold(a.NameEN, b.NameEN) || strings.EqualFold(a.NameRU, b.NameRU)
}
