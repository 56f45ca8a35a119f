package fields

import (
	"slices"
	"strings"
)

// The answers of yesno.
const (
	Yes = "yes"
	No  = "no"
)

func parseYesNo(typed string) (string, error) {
	switch strings.ToLower(typed) {
	case Yes, "y", "true", "on", "1", "да", "+":
		return Yes, nil
	case No, "n", "false", "off", "0", "нет", "-":
		return No, nil
	}
	return "", fault("field.fault.yesno")
}

// parseOne takes an option by its key or by its name in either language. An
// archived one is taken by its key, because an answer may have it already.
func parseOne(f Field, typed string) (string, error) {
	if _, ok := f.option(typed); ok {
		return typed, nil
	}
	for _, o := range f.Options {
		if !o.Archived && (strings.EqualFold(o.NameEN, typed) || strings.EqualFold(o.NameRU, typed)) {
			return o.Key, nil
		}
	}
	return "", fault("field.fault.option", "typed", typed)
}

// parseMany takes several options with commas between.
func parseMany(f Field, typed string) (string, error) {
	var chosen []string
	for _, part := range strings.Split(typed, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		key, err := parseOne(f, part)
		if err != nil {
			return "", err
		}
		chosen = append(chosen, key)
	}
	return Join(chosen), nil
}

// Join is the canonical text of several chosen options.
func Join(chosen []string) string {
	chosen = slices.Clone(chosen)
	slices.Sort(chosen)
	return strings.Join(slices.Compact(chosen), ",")
}

// With is an answer of many with an option more.
func With(answer, option string) string { return Join(append(keys(answer), option)) }

// Without is an answer of many with an option less.
func Without(answer, option string) string {
	return Join(slices.DeleteFunc(keys(answer), func(k string) bool { return k == option }))
}

// Chosen are the options an answer of one or many has, in the order of the
// field. An option the field does not know any more is named by its key.
func Chosen(f Field, answer string) []Option {
	var chosen []Option
	left := keys(answer)
	for _, o := range f.Options {
		if i := slices.Index(left, o.Key); i >= 0 {
			chosen, left = append(chosen, o), slices.Delete(left, i, i+1)
		}
	}
	for _, key := range left {
		chosen = append(chosen, Option{Key: key, NameEN: key, NameRU: key})
	}
	return chosen
}

func keys(answer string) []string {
	return strings.FieldsFunc(answer, func(r rune) bool { return r == ',' })
}
