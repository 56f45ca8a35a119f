package tickets_test

import (
	"reflect"
	"testing"

	"okno/tickets"
	"okno/tickets/forms"
)

func papers(names ...string) map[string][]tickets.File {
	var list []tickets.File
	for _, name := range names {
		list = append(list, tickets.File{Name: name})
	}
	return map[string][]tickets.File{"papers": list}
}

// TestTwoAnswersToOneFormBothCount has one request read a form, another change it,
// and the first write what it made of it.
func TestTwoAnswersToOneFormBothCount(t *testing.T) {
	before := tickets.BegunForm{
		Answers: forms.Answers{"guest": "Ada", "day": "2026-12-01", "papers": "2"}, Typed: map[string]string{"plate": "zz"},
		Files: papers("a", "b"), Once: "x",
	}
	mine := before.Clone()
	mine.Answers["guest"], mine.Page = "Ada Lovelace", true
	mine.Typed["day"] = "31.02"
	delete(mine.Answers, "day")
	delete(mine.Typed, "plate")
	mine.Files = papers("b", "c")
	meanwhile := before.Clone()
	meanwhile.Answers["car"], meanwhile.About = "yes", 4
	meanwhile.Files = papers("a", "b", "d")
	want := tickets.BegunForm{
		Answers: forms.Answers{"guest": "Ada Lovelace", "car": "yes", "papers": "3"}, Typed: map[string]string{"day": "31.02"},
		Files: papers("b", "d", "c"), Once: "x", Page: true, About: 4,
	}
	if got := meanwhile.Changed(before, mine); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if meanwhile.Answers["guest"] != "Ada" || len(meanwhile.Files["papers"]) != 3 {
		t.Error("the form that was changed is another than the one that is answered")
	}
}

func TestLastFileTakenOutLeavesNoAnswer(t *testing.T) {
	before := tickets.BegunForm{Answers: forms.Answers{"papers": "1"}, Files: papers("a")}
	after := tickets.BegunForm{}
	got := before.Changed(before, after)
	if len(got.Answers) != 0 || len(got.Files) != 0 {
		t.Errorf("left %+v", got)
	}
}
