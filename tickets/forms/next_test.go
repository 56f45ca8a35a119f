package forms_test

import (
	"errors"
	"strconv"
	"testing"

	"okno/tickets/fields"
	"okno/tickets/forms"
)

func TestNextLeadsThroughTheForm(t *testing.T) {
	form, a := trip(), forms.Answers{}
	for _, c := range []struct {
		step, answer string
		n, of        int
	}{
		{"hello", "", 1, 4},
		{"city", "Omsk", 1, 4},
		{"days", "2026-12-01/2026-12-02", 2, 4},
		{"cost", "200000.00 RUB", 3, 4},
		{"why", "It is far", 4, 5},
		{"needs", "car", 5, 5},
		{"plate", "А412МР77", 6, 6},
	} {
		s, more := forms.Next(form, a)
		if n, of := forms.Progress(form, a, s.Key); !more || s.Key != c.step || n != c.n || of != c.of {
			t.Errorf("asked %s, %d of %d, want %s, %d of %d", s.Key, n, of, c.step, c.n, c.of)
		}
		a[c.step] = c.answer
	}
	if s, more := forms.Next(form, a); more {
		t.Errorf("still asked: %s", s.Key)
	}
	if n, of := forms.Progress(form, a, ""); n != 6 || of != 6 {
		t.Errorf("the summary is %d of %d", n, of)
	}
	a["cost"], a["needs"] = "", "hotel"
	if kept := forms.Kept(form, a); len(kept) != 5 || kept["plate"] != "" || kept["why"] != "" {
		t.Errorf("kept %v", kept)
	}
}

// TestHiddenStepsAreEmpty has a step rest on one that is hidden but was answered
// before.
func TestHiddenStepsAreEmpty(t *testing.T) {
	form := forms.RequestType{Steps: []forms.Step{
		{Key: "a", Type: fields.YesNo},
		{Key: "b", Type: fields.YesNo, When: &forms.Condition{Step: "a", Is: forms.Equal, To: "yes"}},
		{Key: "c", Type: fields.Text, When: &forms.Condition{Step: "b", Is: forms.Equal, To: "yes"}},
	}}
	if asked := forms.Asked(form, forms.Answers{"a": "no", "b": "yes"}); len(asked) != 1 {
		t.Errorf("asked %v", asked)
	}
}

func TestCheckAnswers(t *testing.T) {
	files := forms.RequestType{Steps: []forms.Step{
		{Key: "photo", Type: fields.Files, Check: forms.Check{Longer: 2, Bytes: 3 << 20, Files: []string{"image/*", ".pdf", "text/plain"}}},
		{Key: "where", Type: fields.Place, List: "offices"},
	}}
	photo := forms.File{Name: "a.png", Type: "image/png", Size: 1 << 20}
	for _, c := range []struct {
		photo, where  string
		files         []forms.File
		part, message string
	}{
		{"1", "moscow", []forms.File{photo}, "", ""},
		{"1", "omsk", []forms.File{photo}, "", ""},
		{"1", "Moscow", []forms.File{photo}, "where", "form.fault.canonical"},
		{"1", "tomsk", []forms.File{photo}, "where", "field.fault.option"},
		{"1", "", []forms.File{photo}, "where", "form.fault.needed"},
		{"2", "moscow", []forms.File{photo}, "photo", "field.fault.files"},
		{"", "moscow", nil, "photo", "form.fault.needed"},
		{"3", "moscow", []forms.File{photo, photo, photo}, "photo", "form.fault.files.fewer"},
		{"1", "moscow", []forms.File{{Name: "a.png", Type: "image/png", Size: 4 << 20}}, "photo", "form.fault.file.big"},
		{"1", "moscow", []forms.File{{Name: "a.exe", Type: "application/octet-stream"}}, "photo", "form.fault.file.type"},
		{"1", "moscow", []forms.File{{Name: "a.PDF", Type: "application/octet-stream"}}, "", ""},
		{"1", "moscow", []forms.File{{Name: "a", Type: "Text/Plain; charset=utf-8"}}, "", ""},
		{"1", "moscow", []forms.File{{Name: "a.png", Type: "imagery/png"}}, "photo", "form.fault.file.type"},
	} {
		a := forms.Answers{"photo": c.photo, "where": c.where}
		err := forms.CheckAnswers(files, lists(), a, map[string][]forms.File{"photo": c.files}, now())
		if message := messageOf(err); message != c.message || partOf(err) != c.part {
			t.Errorf("%v with %v: %s of %s, want %s of %s", a, c.files, message, partOf(err), c.message, c.part)
		}
	}
	err := forms.CheckAnswers(files, lists(), forms.Answers{"photo": "1"}, nil, now())
	if messageOf(err) != "form.fault.needed" || partOf(err) != "where" {
		t.Errorf("a step without an answer: %v", err)
	}
}

func TestDefaults(t *testing.T) {
	for _, c := range []struct {
		kind             fields.Type
		suggests, answer string
	}{
		{fields.Date, "today", "2026-11-20"},
		{fields.Date, "tomorrow", "2026-11-21"},
		{fields.Period, "tomorrow", "2026-11-21/2026-11-21"},
		{fields.Person, "me", "7 Ann"},
		{fields.Text, "Omsk", "Omsk"},
		{fields.Text, "", ""},
	} {
		if got := forms.Default(forms.Step{Type: c.kind, Default: c.suggests}, now(), "7 Ann"); got != c.answer {
			t.Errorf("%s suggests %q as %q", c.kind, c.suggests, got)
		}
	}
}

// BenchmarkNext asks for the last of fifty steps, each second with a condition.
func BenchmarkNext(b *testing.B) {
	form, a := forms.RequestType{}, forms.Answers{}
	for i := range 50 {
		s := forms.Step{Key: "s" + strconv.Itoa(i), Type: fields.Number}
		if i%2 == 1 {
			s.When = &forms.Condition{Step: "s" + strconv.Itoa(i-1), Is: forms.More, To: "1"}
		}
		form.Steps = append(form.Steps, s)
		if i < 49 {
			a[s.Key] = "2"
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if s, more := forms.Next(form, a); !more || s.Key != "s49" {
			b.Fatal(s.Key)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, typed := range []string{"Omsk", "3-5.12.2026", "1 250,50 ₽", "car, visa", "a412mp77", "", "\x00"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		form := trip()
		for _, s := range form.Steps {
			kept, err := forms.Parse(s, s.Options, typed, "ru", now())
			if err != nil {
				continue
			}
			if again, err := forms.Parse(s, s.Options, kept, "", now()); err != nil || again != kept {
				t.Errorf("%s: %q is kept as %q, which is kept as %q, %v", s.Key, typed, kept, again, err)
			}
		}
	})
}

func TestLimitsOfFilesAreSaid(t *testing.T) {
	s := forms.Step{Type: fields.Files, Check: forms.Check{Bytes: 2_500_000, Files: []string{"image/*", ".pdf"}}}
	for _, c := range []struct {
		file   forms.File
		en, ru string
	}{
		{forms.File{Name: "a.pdf", Size: 3_000_000}, "2.5", "2,5"},
		{forms.File{Name: "a.exe", Size: 3}, "pictures, .pdf", "изображения, .pdf"},
	} {
		var f *fields.Fault
		if err := forms.CheckFile(s, c.file); !errors.As(err, &f) || f.Args["en"] != c.en || f.Args["ru"] != c.ru {
			t.Errorf("%v: %v", c.file, f)
		}
	}
}
