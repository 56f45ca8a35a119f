package fields

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The largest definitions.
const (
	longestName = 60
	longestKey  = 40
	mostOptions = 200
)

// Define checks a definition somebody typed and writes it as it is kept: names
// on one line, options without names left out, a key for every option that has
// none. Parts of faults are "type", "name_en", "name_ru", "currency", "options",
// and for one option "option_en" or "option_ru", a dot and its place.
func Define(f Field) (Field, error) {
	f.NameEN, f.NameRU = oneLine(f.NameEN), oneLine(f.NameRU)
	if err := checkDefinition(f); err != nil {
		return f, err
	}
	if f.Type != Money {
		f.Currency = ""
	}
	if !f.Type.HasOptions() {
		f.Options = nil
		return f, nil
	}
	return defineOptions(f)
}

func checkDefinition(f Field) error {
	if !slices.Contains(Types(), f.Type) {
		return part("type", "field.fault.type")
	}
	if err := checkName("name_en", f.NameEN); err != nil {
		return err
	}
	if err := checkName("name_ru", f.NameRU); err != nil {
		return err
	}
	if _, known := currency(f.Currency); f.Type == Money && !known {
		return part("currency", "field.fault.currency", "currency", f.Currency)
	}
	return nil
}

func checkName(where, name string) error {
	switch {
	case name == "":
		return part(where, "field.fault.name.empty")
	case utf8.RuneCountInString(name) > longestName:
		return part(where, "field.fault.long", "most", strconv.Itoa(longestName))
	case strings.Contains(name, ",") && strings.HasPrefix(where, "option"):
		return part(where, "field.fault.name.comma")
	}
	return nil
}

// defineOptions checks the options and gives the new ones their keys. Two must
// not read the same.
func defineOptions(f Field) (Field, error) {
	var list []Option
	for i, o := range f.Options {
		o.NameEN, o.NameRU = oneLine(o.NameEN), oneLine(o.NameRU)
		if o.Key == "" && o.NameEN == "" && o.NameRU == "" {
			continue
		}
		if err := checkOption(o, list, strconv.Itoa(i)); err != nil {
			return f, err
		}
		list = append(list, o)
	}
	switch {
	case !slices.ContainsFunc(list, func(o Option) bool { return !o.Archived }):
		return f, part("options", "field.fault.options.none")
	case len(list) > mostOptions:
		return f, part("options", "field.fault.options.many", "most", strconv.Itoa(mostOptions))
	}
	f.Options = keyed(list)
	return f, nil
}

func checkOption(o Option, before []Option, place string) error {
	if err := checkName("option_en."+place, o.NameEN); err != nil {
		return err
	}
	if err := checkName("option_ru."+place, o.NameRU); err != nil {
		return err
	}
	for _, other := range before {
		switch {
		case strings.EqualFold(other.NameEN, o.NameEN):
			return part("option_en."+place, "field.fault.option.twice")
		case strings.EqualFold(other.NameRU, o.NameRU):
			return part("option_ru."+place, "field.fault.option.twice")
		}
	}
	return nil
}

func keyed(list []Option) []Option {
	var taken []string
	for _, o := range list {
		taken = append(taken, o.Key)
	}
	for i := range list {
		if list[i].Key == "" {
			list[i].Key = NewKey(list[i].NameEN, taken)
			taken = append(taken, list[i].Key)
		}
	}
	return list
}

// NewKey makes a key of a name: Latin letters and digits with underscores
// between, not one of those taken.
func NewKey(name string, taken []string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	key := strings.Join(words, "_")
	if len(key) > longestKey {
		key = strings.TrimRight(key[:longestKey], "_")
	}
	if key == "" {
		key = "field"
	}
	for n, first := 2, key; slices.Contains(taken, key); n++ {
		key = first + "_" + strconv.Itoa(n)
	}
	return key
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// part is the fault of a part of a definition.
func part(name, message string, pairs ...string) *Fault {
	f := fault(message, pairs...)
	f.Part = name
	return f
}
