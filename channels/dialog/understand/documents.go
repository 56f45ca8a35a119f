package understand

import (
	"slices"
	"strconv"
	"strings"

	"okno/kb"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// Kind is the kind of the documents that stand for request types.
const Kind = "form"

// How much the parts of a request type count when free text is matched.
const (
	weightName    = 3
	weightKeyword = 3
	weightAbout   = 1
	weightOption  = 1
)

// mostOptions is how many options of a step are matched; longer lists say little
// about what a form is for.
const mostOptions = 50

// Documents are request types as they are found by free text: by their names, the
// words people ask for them in, and what can be chosen in them. Hidden ones and
// archived ones are found by nobody.
func Documents(types []forms.RequestType, lists []forms.List) []kb.Document {
	var all []kb.Document
	for _, t := range types {
		if t.Audience != forms.Nobody && !t.Archived {
			all = append(all, kb.Document{ID: Kind + ":" + strconv.FormatInt(t.ID, 10), Texts: passagesOf(t, lists)})
		}
	}
	return all
}

// TypeOf is the id of the request type a document stands for.
func TypeOf(document string) (int64, bool) {
	number, ok := strings.CutPrefix(document, Kind+":")
	id, err := strconv.ParseInt(number, 10, 64)
	return id, ok && err == nil
}

func passagesOf(t forms.RequestType, lists []forms.List) []kb.Passage {
	passages := slices.Concat(both(t.Name, weightName), both(t.About, weightAbout))
	for _, words := range t.Keywords.EN {
		passages = append(passages, kb.Passage{Language: "en", Text: words, Weight: weightKeyword})
	}
	for _, words := range t.Keywords.RU {
		passages = append(passages, kb.Passage{Language: "ru", Text: words, Weight: weightKeyword})
	}
	for _, s := range t.Steps {
		if s.Type == fields.One || s.Type == fields.Many {
			passages = append(passages, optionPassages(forms.Options(s, lists))...)
		}
	}
	return passages
}

func optionPassages(options []fields.Option) []kb.Passage {
	var passages []kb.Passage
	for _, o := range forms.Offered(options) {
		if !isOther(o) && len(passages) < 2*mostOptions {
			passages = append(passages, both(forms.Text{EN: o.NameEN, RU: o.NameRU}, weightOption)...)
		}
	}
	return passages
}

func both(t forms.Text, weight float64) []kb.Passage {
	return []kb.Passage{{Language: "en", Text: t.EN, Weight: weight}, {Language: "ru", Text: t.RU, Weight: weight}}
}
