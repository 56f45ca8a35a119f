package forms_test

import (
	"strings"
	"testing"

	"okno/tickets/forms"
)

func TestTally(t *testing.T) {
	for _, c := range []struct {
		rule  forms.Rule
		votes string // a letter each: waiting, agreed, refused
		want  forms.Verdict
	}{
		{forms.AnyOf, "", forms.Undecided},
		{forms.AnyOf, "ww", forms.Undecided},
		{forms.AnyOf, "ra", forms.Agreed},
		{forms.AnyOf, "rw", forms.Undecided},
		{forms.AnyOf, "rr", forms.Refused},
		{forms.AllOf, "", forms.Undecided},
		{forms.AllOf, "aw", forms.Undecided},
		{forms.AllOf, "rw", forms.Refused},
		{forms.AllOf, "aa", forms.Agreed},
		{forms.MajorityOf, "aaw", forms.Agreed},
		{forms.MajorityOf, "arw", forms.Undecided},
		{forms.MajorityOf, "rrw", forms.Refused},
		{forms.MajorityOf, "aarr", forms.Refused},
		{forms.MajorityOf, "aaaw", forms.Agreed},
		{forms.MajorityOf, "aw", forms.Undecided},
		{forms.MajorityOf, "", forms.Undecided},
	} {
		votes := make([]forms.Vote, 0, len(c.votes))
		for _, letter := range c.votes {
			votes = append(votes, map[rune]forms.Vote{'w': forms.VoteWaiting, 'a': forms.VoteAgreed, 'r': forms.VoteRefused}[letter])
		}
		if got := forms.Tally(forms.Stage{Rule: c.rule}, votes); got != c.want {
			t.Errorf("%s of %q: %q, want %q", c.rule, c.votes, got, c.want)
		}
	}
}

func TestStagesWhoseConditionHolds(t *testing.T) {
	form := trip()
	dear := forms.Condition{Step: "cost", Is: forms.More, To: "500000.00 RUB"}
	form.Stages = []forms.Stage{{Key: "head"}, {Key: "director", When: &dear}, {Key: "finance"}}
	for _, c := range []struct{ cost, want string }{{"10.00 RUB", "head finance"}, {"600000.00 RUB", "head director finance"}} {
		var passed []string
		for s, place, more := forms.StageAfter(form, forms.Answers{"cost": c.cost}, -1); more; s, place, more = forms.StageAfter(form, forms.Answers{"cost": c.cost}, place) {
			passed = append(passed, s.Key)
		}
		if got := strings.Join(passed, " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.cost, got, c.want)
		}
	}
}

func TestSubject(t *testing.T) {
	form := trip()
	full := forms.Answers{"city": "Omsk", "days": "2026-12-01/2026-12-01", "cost": "1000.00 RUB"}
	for _, c := range []struct {
		words    forms.Text
		answers  forms.Answers
		language string
		want     string
	}{
		{form.Subject, full, "ru", "Поездка: Omsk (01.12.2026), 1 000 ₽"},
		{form.Subject, full, "en", "Trip to Omsk (1 Dec 2026), ₽1,000"},
		{form.Subject, forms.Answers{"city": "Omsk"}, "en", "Trip to Omsk"},
		{form.Subject, forms.Answers{"cost": "1000.00 RUB"}, "ru", "Поездка: 1 000 ₽"},
		{text("{city} – {why} – {cost}", ""), forms.Answers{"city": "Omsk", "cost": "1.00 RUB"}, "en", "Omsk – ₽1"},
		{text("{city}: {why}", ""), forms.Answers{"city": "Omsk", "why": "one\ntwo"}, "ru", "Omsk: one two"},
		{text("{city}", ""), forms.Answers{}, "ru", "Командировка"},
		{text("{nothing}!", ""), forms.Answers{}, "ru", "!"},
		{forms.Text{}, full, "en", "Business trip"},
		{text("{why}", ""), forms.Answers{"why": strings.Repeat("long ", 100)}, "en", strings.Repeat("long ", 23) + "long…"},
	} {
		form.Subject = c.words
		got := strings.ReplaceAll(forms.Subject(form, nil, c.answers, c.language), "\u00a0", " ")
		if got != c.want {
			t.Errorf("%+v of %v: %q, want %q", c.words, c.answers, got, c.want)
		}
	}
}
