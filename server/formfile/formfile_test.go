package formfile_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"okno/server/formfile"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

const pass = `# who comes when
sections:
  - {key: office, name: {en: Office, ru: Офис}, icon: 🏢}
requests:
  - key: pass
    name: {en: Guest pass, ru: Пропуск}
    section: office
    keywords: {en: [guest, visitor], ru: ["пропуск"]}
    steps:
      - key: cost
        type: money
        currency: RUB
        label: {en: "Cost: how much?"}
        help:
          ru: |-
            Первая строка.

            Вторая: «да».
        check: {min: 1.50 RUB, longer: 3}
      - {key: why, type: text, label: {en: Why, ru: Почему}, optional: true, when: {all: [{step: cost, is: more, to: 5}]}}
`

func TestReads(t *testing.T) {
	f, places, err := formfile.Read([]byte(pass))
	if err != nil {
		t.Fatal(err)
	}
	cost, why := f.Requests[0].Steps[0], f.Requests[0].Steps[1]
	if cost.Check.Min != "1.50 RUB" || cost.Check.Longer != 3 || cost.Help.RU != "Первая строка.\n\nВторая: «да»." {
		t.Errorf("read %+v", cost)
	}
	if !why.Optional || why.When.All[0].To != "5" || f.Sections[0].Icon != "🏢" || len(f.Requests[0].Keywords.RU) != 1 {
		t.Errorf("read %+v", why)
	}
	for path, want := range map[string]formfile.Place{
		"requests.0.steps.0.check": {Line: 19, Column: 9}, "requests.0.steps.1.key": {Line: 20, Column: 10},
		"requests.0.steps.0.check.max": {Line: 19, Column: 9}, "lists": {Line: 1, Column: 1},
	} {
		if at := places.Of(path); at != want {
			t.Errorf("%s stands at %v, want %v", path, at, want)
		}
	}
}

func TestWritesWhatItReads(t *testing.T) {
	f, _, err := formfile.Read([]byte(pass))
	if err != nil {
		t.Fatal(err)
	}
	written := formfile.Write(f)
	again, _, err := formfile.Read(written)
	if err != nil || !reflect.DeepEqual(f, again) {
		t.Errorf("%v\n%s", err, written)
	}
	if !strings.Contains(string(written), "    name: {en: Guest pass, ru: Пропуск}\n") {
		t.Errorf("short parts take more than a line:\n%s", written)
	}
}

func TestFaultsHavePlaces(t *testing.T) {
	for _, c := range []struct {
		file, message string
		line, column  int
		nearest       string
	}{
		{"requests: [\n", "form.file.syntax", 1, 11, ""},
		{"requests:\n  - key: a\n    lable: {en: b}\n", "form.file.unknown", 3, 5, ""},
		{"requests:\n  - steps:\n      - lable: {en: b}\n", "form.file.unknown.near", 3, 9, "label"},
		{"request: []\n", "form.file.unknown.near", 1, 1, "requests"},
		{"colours: []\n", "form.file.unknown", 1, 1, ""},
		{"requests: {key: a}\n", "form.file.list", 1, 11, ""},
		{"requests:\n  - key\n", "form.file.mapping", 2, 5, ""},
		{"requests:\n  - key: [a]\n", "form.file.text", 2, 10, ""},
		{"requests:\n  - key: a\n    priority: high\n", "form.file.number", 3, 15, ""},
		{"requests:\n  - steps: [{optional: maybe}]\n", "form.file.bool", 2, 24, ""},
		{"requests:\n  - key: a\n    icon: b\n    icon: c\n", "form.file.syntax", 4, 5, ""},
		{"requests:\n  - key: &a b\n    section: *a\n", "form.file.text", 2, 10, ""},
		{"requests:\n  - key: !!binary aGk=\n", "form.file.text", 2, 10, ""},
		{"requests:\n  - key: a\n  - {}\n  - {}\n  - key: a\n", "form.file.twice", 5, 5, ""},
		{"lists:\n  - key: a\n---\nsections:\n  - key: a\n---\nlists:\n  - key: b\n  - key: a\n", "form.file.twice", 9, 5, ""},
		{strings.Repeat("# much\n", 1<<20), "form.file.big", 1, 1, ""},
	} {
		_, _, err := formfile.Read([]byte(c.file))
		var f *formfile.Fault
		if !errors.As(err, &f) || f.Message != c.message || f.Line != c.line || f.Column != c.column || f.Args["nearest"] != c.nearest {
			t.Errorf("%.60q: got %v, want %s at %d:%d", c.file, err, c.message, c.line, c.column)
		}
	}
}

func TestEveryFaultIsFound(t *testing.T) {
	_, _, err := formfile.Read([]byte("requests:\n  - kee: a\n    nmae: {en: b}\n    steps: 3\n"))
	if faults := formfile.Faults(err); len(faults) != 3 || faults[2].Line != 4 {
		t.Errorf("found %v", faults)
	}
}

func TestFlawsOfFurtherDocumentsHavePlaces(t *testing.T) {
	f, places, err := formfile.Read([]byte("requests:\n  - key: other\n---\n" + pass))
	if err != nil {
		t.Fatal(err)
	}
	faults := formfile.Flaws(f, places, forms.Catalog{})
	if last := faults[len(faults)-1]; last.Line != 23 {
		t.Errorf("found %v", faults)
	}
}

func TestFlawsHavePlaces(t *testing.T) {
	f, places, err := formfile.Read([]byte(pass))
	if err != nil {
		t.Fatal(err)
	}
	faults := formfile.Flaws(f, places, forms.Catalog{})
	if len(faults) != 2 || faults[0].Message != "form.flaw.useless" || faults[0].Line != 19 || faults[1].Line != 20 {
		t.Errorf("found %v", faults)
	}
}

// TestRandomFilesComeBack writes files of any words and reads them again.
func TestRandomFilesComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 300 {
		f := randomFile(r)
		written := formfile.Write(f)
		again, _, err := formfile.Read(written)
		if err != nil || !reflect.DeepEqual(f, again) {
			t.Fatalf("%v\nwritten\n%s\nof  %#v\nhas %#v", err, written, f, again)
		}
	}
}

func randomFile(r *rand.Rand) formfile.File {
	f := formfile.File{Sections: []forms.Section{{Key: word(r), Name: words(r), Icon: word(r)}}}
	f.Lists = []forms.List{{Key: "l", Entries: []fields.Option{{Key: word(r), NameEN: word(r), Archived: r.IntN(2) == 0}}}}
	for range 1 + r.IntN(2) {
		f.Requests = append(f.Requests, forms.RequestType{
			Key: word(r), Name: words(r), Keywords: forms.Keywords{EN: []string{word(r), word(r)}}, Priority: r.IntN(5),
			Steps: []forms.Step{
				{Key: word(r), Label: words(r), Check: forms.Check{Min: word(r), Bytes: r.Int64N(9)}, When: condition(r, 3)},
				{Type: fields.Text, Help: words(r), Optional: true},
			},
			Tags: []string{word(r)},
		})
	}
	return f
}

func condition(r *rand.Rand, depth int) *forms.Condition {
	c := forms.Condition{Step: word(r), Is: forms.Equal, To: word(r)}
	if depth > 0 && r.IntN(2) == 0 {
		return &forms.Condition{Any: []forms.Condition{c, *condition(r, depth-1)}}
	}
	return &c
}

func words(r *rand.Rand) forms.Text { return forms.Text{EN: word(r), RU: word(r) + "\n\n" + word(r)} }

// word is something YAML might take for something else.
func word(r *rand.Rand) string {
	odd := []string{
		"a", "да", "no", "null", "~", "1.50", "0x1f", "- a", "a: b", "a #b", "'", `"`, `\n`, "{a}", "[", "*a", "&a", "!a", "%", "@", "`",
		"|", ">", "?", "---", "...", "2026-01-02", "12:30", " a", "a ", "\t", "a\nb", "a\n b", "a\n", "\n", "😀", "a\u200db", "\u2028", "\u00a0",
		"=", "<<", ",", "a,b", strings.Repeat("long ", 40), "\x07", "\u0085", "a\r\nb", "# a", "a:", "C:\\x",
	}
	return odd[r.IntN(len(odd))] + odd[r.IntN(len(odd))]
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(pass))
	f.Add([]byte("requests: [{key: a, steps: [{label: {en: \"\\u00e4\"}}]}]\n---\nlists: []"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, _, err := formfile.Read(raw)
		if err != nil {
			return
		}
		again, _, err := formfile.Read(formfile.Write(file))
		if err != nil {
			t.Fatalf("what was written is not read: %v\n%s", err, formfile.Write(file))
		}
		if got, want := string(formfile.Write(again)), string(formfile.Write(file)); got != want {
			t.Errorf("changed on the way:\n%s\n%s", want, got)
		}
	})
}
