package understand

import (
	"regexp"
	"slices"
	"unicode/utf8"

	"okno/tickets/fields"
	"okno/tickets/forms"
)

// wordPattern is a word of an option: letters and digits together, as in 1С.
var wordPattern = regexp.MustCompile(`[\p{L}\p{N}]+`)

// word is a word of a text that may name an option.
type word struct {
	stem  string
	start int  // bytes of the text
	not   bool // stands behind a negation
}

// words are those that are no part of a day, a price or the like.
func (r *reading) words() []word {
	var all []word
	not := false
	for _, at := range wordPattern.FindAllStringIndex(r.text, -1) {
		text := plain(r.text[at[0]:at[1]])
		if isNegation(text) {
			not = true
			continue
		}
		if !isSmall(text) && !r.spokenFor(at[0], at[1]) {
			all = append(all, word{stem: stem(text), start: at[0], not: not})
			not = false
		}
	}
	return all
}

func isNegation(text string) bool {
	switch text {
	case "не", "нет", "без", "кроме", "not", "no", "without", "except":
		return true
	}
	return false
}

func (r *reading) spokenFor(start, end int) bool {
	first, n := r.within(start, end)
	return slices.ContainsFunc(r.tokens[first:first+n], func(t token) bool { return t.taken && !t.loose })
}

// choice is an option that a text names, with the places of its words.
type choice struct {
	key    string
	places []int
}

// naming is an option with the stems of its names.
type naming struct {
	option fields.Option
	names  [2][]string
}

// named are the options that some words name: by all words of a name, or by words
// that no other option has, which are half of the name at least unless it was
// asked for.
func named(words []word, options []fields.Option, asked bool) []choice {
	namings := namingsOf(forms.Offered(options))
	spread := spreadOf(namings)
	var found []choice
	for _, n := range namings {
		c := choice{key: n.option.Key}
		for _, name := range n.names {
			if places := placesOf(words, name, spread, asked); len(places) > len(c.places) {
				c.places = places
			}
		}
		if len(c.places) > 0 && !isOther(n.option) {
			found = append(found, c)
		}
	}
	return longestOf(found)
}

func namingsOf(options []fields.Option) []naming {
	var namings []naming
	for _, o := range options {
		namings = append(namings, naming{option: o, names: [2][]string{stemsOf(o.NameEN), stemsOf(o.NameRU)}})
	}
	return namings
}

// isOther says that an option means none of the others: nobody names it by
// chance.
func isOther(o fields.Option) bool {
	switch plain(o.NameRU) {
	case "другое", "другой", "другая", "иное", "прочее", "нет", "не знаю", "да":
		return true
	}
	switch plain(o.NameEN) {
	case "other", "another", "none", "no", "yes", "something else", "not sure":
		return true
	}
	return false
}

// spreadOf counts the options each stem is in.
func spreadOf(namings []naming) map[string]int {
	spread := map[string]int{}
	for _, n := range namings {
		both := slices.Concat(n.names[0], n.names[1])
		slices.Sort(both)
		for _, s := range slices.Compact(both) {
			spread[s]++
		}
	}
	return spread
}

// placesOf are the places of the words of a name, none when they do not name it.
func placesOf(words []word, name []string, spread map[string]int, asked bool) []int {
	var places []int
	alone := false
	for _, s := range name {
		i := slices.IndexFunc(words, func(w word) bool { return w.stem == s })
		if i < 0 {
			continue
		}
		if words[i].not {
			return nil
		}
		places = append(places, words[i].start)
		alone = alone || spread[s] == 1 && utf8.RuneCountInString(s) > 1
	}
	if len(places) == len(name) || alone && (asked || 2*len(places) >= len(name)) {
		return places
	}
	return nil
}

// longestOf leaves out options whose words are all among those of a longer one:
// Office where Office 365 was named.
func longestOf(found []choice) []choice {
	return slices.DeleteFunc(slices.Clone(found), func(c choice) bool {
		return slices.ContainsFunc(found, func(other choice) bool {
			return len(other.places) > len(c.places) && !slices.ContainsFunc(c.places, func(p int) bool { return !slices.Contains(other.places, p) })
		})
	})
}
