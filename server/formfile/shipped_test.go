package formfile_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"okno/assets"
	"okno/server/formfile"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

func shipped(t *testing.T) formfile.File {
	t.Helper()
	f, err := formfile.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func now() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC) }

func TestShippedFormsHaveNoFlaw(t *testing.T) {
	f := shipped(t)
	if flaws := formfile.Flaws(f, nil, forms.Catalog{}); len(flaws) != 0 {
		t.Errorf("found %v", flaws)
	}
	entries, err := assets.Forms.ReadDir("forms")
	if err != nil || len(entries) != len(f.Requests)+1 {
		t.Errorf("%d files hold %d forms and the menu, %v", len(entries), len(f.Requests), err)
	}
	for _, form := range f.Requests {
		if len(form.Keywords.EN) < 10 || len(form.Keywords.RU) < 10 {
			t.Errorf("%s is hardly found by its keywords", form.Key)
		}
		for _, words := range wordsOf(form) {
			if words.EN == "" || words.RU == "" {
				t.Errorf("%s lacks a language: %+v", form.Key, words)
			}
		}
	}
}

// wordsOf are the texts of a form that both languages need.
func wordsOf(form forms.RequestType) []forms.Text {
	all := []forms.Text{form.Name, form.About, form.Subject}
	for _, s := range form.Steps {
		all = append(all, s.Label)
		if s.Help != (forms.Text{}) {
			all = append(all, s.Help)
		}
		for _, o := range s.Options {
			all = append(all, forms.Text{EN: o.NameEN, RU: o.NameRU})
		}
	}
	for _, s := range form.Stages {
		all = append(all, s.Name)
	}
	return all
}

func TestShippedFormsComeBack(t *testing.T) {
	f := shipped(t)
	again, _, err := formfile.Read(formfile.Write(f))
	if err != nil || !reflect.DeepEqual(f, again) {
		t.Errorf("written and read again they are not the same: %v", err)
	}
}

// sensible are answers as people type them, by type, in either language.
func sensible(language string) map[fields.Type]string {
	answers := map[fields.Type]string{
		fields.Text: "305, second floor", fields.Long: "It worked until yesterday.", fields.Number: "2", fields.Money: "1 250,50",
		fields.Date: "20.11.2026", fields.Time: "15:00", fields.Period: "20.11.2026 – 25.11.2026", fields.YesNo: "no",
		fields.Phone: "+44 20 7946 0000", fields.Plate: "LB09 KXZ", fields.Person: "17 Ann Lee", fields.Files: "2", fields.Info: "",
	}
	if language == "ru" {
		answers[fields.Text], answers[fields.Long] = "305, второй этаж", "До вчерашнего дня работало."
		answers[fields.YesNo], answers[fields.Plate], answers[fields.Phone] = "да", "а412мр77", "8 (912) 345-67-89"
	}
	return answers
}

// TestShippedFormsCanBeFilled walks every form through every option of every
// choice, and finds every form ending within ten questions.
func TestShippedFormsCanBeFilled(t *testing.T) {
	f := shipped(t)
	for _, form := range f.Requests {
		least, most := 100, 0
		for _, language := range []string{"en", "ru"} {
			for turn := range 12 {
				asked := fill(t, form, f.Lists, language, turn)
				least, most = min(least, asked), max(most, asked)
			}
		}
		if least < 4 || most > 10 {
			t.Errorf("%s asks %d to %d questions, 4 to 10 wanted", form.Key, least, most)
		}
	}
}

// fill answers a form to its end, choosing the option whose turn it is, and
// counts the questions.
func fill(t *testing.T, form forms.RequestType, lists []forms.List, language string, turn int) int {
	t.Helper()
	a, files := forms.Answers{}, map[string][]forms.File{}
	for {
		s, more := forms.Next(form, a)
		if !more {
			break
		}
		options := forms.Offered(forms.Options(s, lists))
		answer, err := forms.Parse(s, options, typed(s, options, language, turn), language, now())
		if err != nil {
			t.Fatalf("%s, %s: %v", form.Key, s.Key, err)
		}
		if a[s.Key] = answer; s.Type == fields.Files {
			files[s.Key] = []forms.File{{Name: "a.jpg", Type: "image/jpeg", Size: 9}, {Name: "b.PNG", Type: "image/png", Size: 9}}
		}
	}
	if err := forms.CheckAnswers(form, lists, a, files, now()); err != nil {
		t.Errorf("%s: %v", form.Key, err)
	}
	if subject := forms.Subject(form, lists, a, language); strings.ContainsAny(subject, "{}") || len(subject) < 10 {
		t.Errorf("%s is called %q", form.Key, subject)
	}
	_, of := forms.Progress(form, a, "")
	return of
}

func typed(s forms.Step, options []fields.Option, language string, turn int) string {
	if len(options) > 0 {
		return options[turn%len(options)].Name(language)
	}
	if s.Type == fields.Date && s.Check.Max == "" {
		return "25.11.2026"
	}
	return sensible(language)[s.Type]
}

// TestUntouchedApprovals wants approvers that exist on the first day.
func TestUntouchedApprovals(t *testing.T) {
	for _, form := range shipped(t).Requests {
		for _, stage := range form.Stages {
			for _, a := range stage.Approvers {
				if a != (forms.Approver{Kind: forms.ByRole, Value: "administrator"}) && a.Kind != forms.ByStep {
					t.Errorf("%s: nobody answers for %+v on a new desk", form.Key, a)
				}
			}
		}
	}
}
