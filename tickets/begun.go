package tickets

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"okno/tickets/forms"
)

// How many forms one owner has begun at most, and how long one lasts that nobody
// goes on with.
const (
	MostBegunForms = 20
	BegunFormLasts = 14 * 24 * time.Hour
)

// BegunForm is a form that somebody fills on the web. It goes on with the version
// it was begun with.
type BegunForm struct {
	Type    int64             `json:"type,string"` // id of the request type
	Version int               `json:"version"`
	Answers forms.Answers     `json:"answers"`
	Typed   map[string]string `json:"typed,omitempty"` // by step: what was not taken, as it was typed
	Files   map[string][]File `json:"files,omitempty"` // by step; their number is the answer
	Once    string            `json:"once"`            // it is sent once, however often
	Page    bool              `json:"page,omitempty"`  // all questions on one page
	About   int64             `json:"about,omitempty"` // number of the ticket it goes on with; 0: none
	At      time.Time         `json:"at"`              // of the last answer
}

// Clone is a copy that shares nothing with the form.
func (b BegunForm) Clone() BegunForm {
	b.Answers, b.Typed = clonedMap(b.Answers), clonedMap(b.Typed)
	files := make(map[string][]File, len(b.Files))
	for step, list := range b.Files {
		files[step] = slices.Clone(list)
	}
	b.Files = files
	return b
}

// Changed is the form with what somebody changed in it who read it as before and
// made it after. What others changed meanwhile stays, question by question and
// file by file.
func (b BegunForm) Changed(before, after BegunForm) BegunForm {
	b = b.Clone()
	change(b.Answers, before.Answers, after.Answers)
	change(b.Typed, before.Typed, after.Typed)
	for step := range steps(before.Files, after.Files) {
		b.changeFiles(step, before.Files[step], after.Files[step])
	}
	if after.Page != before.Page {
		b.Page = after.Page
	}
	if after.About != before.About {
		b.About = after.About
	}
	b.At = after.At
	return b
}

// change does to a map what was done between before and after.
func change(m, before, after map[string]string) {
	for step := range steps(before, after) {
		was, had := before[step]
		now, has := after[step]
		switch {
		case had && !has:
			delete(m, step)
		case has && (!had || was != now):
			m[step] = now
		}
	}
}

// changeFiles adds to the files of a step those that came between before and
// after, and takes out those that went.
func (b BegunForm) changeFiles(step string, before, after []File) {
	came, went := lacking(after, before), lacking(before, after)
	if len(came)+len(went) == 0 {
		return
	}
	list := append(lacking(b.Files[step], went), came...)
	b.Files[step] = list
	if len(list) == 0 {
		delete(b.Files, step)
		delete(b.Answers, step)
		return
	}
	b.Answers[step] = strconv.Itoa(len(list))
}

// lacking are the files of a list without those of another, each of which takes
// out one.
func lacking(list, without []File) []File {
	left := slices.Clone(list)
	for _, f := range without {
		if i := slices.Index(left, f); i >= 0 {
			left = slices.Delete(left, i, i+1)
		}
	}
	return left
}

// steps are the keys of two maps.
func steps[V any](a, b map[string]V) map[string]bool {
	keys := map[string]bool{}
	for k := range a {
		keys[k] = true
	}
	for k := range b {
		keys[k] = true
	}
	return keys
}

// clonedMap is a copy of a map that can be written.
func clonedMap[M ~map[string]string](m M) M {
	c := make(M, len(m))
	maps.Copy(c, m)
	return c
}
