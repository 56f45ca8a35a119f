package understand_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"okno/channels/dialog/understand"
	"okno/kb/index"
	"okno/server/formfile"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// message is what somebody wrote first, and the key of the type it means, "" for
// none.
type message struct{ means, text string }

func messages(t *testing.T) []message {
	t.Helper()
	raw, err := os.ReadFile("testdata/messages.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []message
	for line := range strings.Lines(string(raw)) {
		means, text, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && !strings.HasPrefix(line, "#") {
			all = append(all, message{means: strings.Trim(means, "-"), text: text})
		}
	}
	return all
}

// shipped are the request types in the box, with ids as a desk would give them.
func shipped(t *testing.T) ([]forms.RequestType, []forms.List) {
	t.Helper()
	names, err := filepath.Glob("../../../assets/forms/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no forms in the box: %v", err)
	}
	var all formfile.File
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, _, err := formfile.Read(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = all.Join(file)
	}
	for i := range all.Requests {
		all.Requests[i].ID = int64(i + 1)
	}
	return all.Requests, all.Lists
}

// found is the best type for a message.
type found struct {
	key   string
	score float64
}

func matches(t *testing.T, types []forms.RequestType, lists []forms.List) func(text string) found {
	t.Helper()
	x, err := index.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	if err := x.Replace(t.Context(), understand.Kind, understand.Documents(types, lists)); err != nil {
		t.Fatal(err)
	}
	return func(text string) found {
		hits, err := x.Search(t.Context(), understand.Kind, text, 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) == 0 {
			return found{}
		}
		id, _ := understand.TypeOf(hits[0].ID)
		return found{key: types[id-1].Key, score: hits[0].Score}
	}
}

// figures count what would be offered.
type figures struct {
	typed, first, offered, wrong, none, bothered int
}

func measure(all []message, match func(string) found, offers func(text string, score float64) bool) figures {
	var f figures
	for _, m := range all {
		best := match(m.text)
		right, offered := slices.Contains(strings.Split(m.means, "|"), best.key), 0
		if offers(m.text, best.score) {
			offered = 1
		}
		switch {
		case m.means == "":
			f.none, f.bothered = f.none+1, f.bothered+offered
		case right:
			f.typed, f.first, f.offered = f.typed+1, f.first+1, f.offered+offered
		default:
			f.typed, f.wrong = f.typed+1, f.wrong+offered
		}
	}
	return f
}

// print says the figures in words.
func (f figures) print(t *testing.T, name string) {
	t.Helper()
	t.Logf("%-16s recall@1 %.0f%% of %d, the right one offered %.0f%%, a wrong one %.0f%%; something offered to %.0f%% of %d without a type",
		name, share(f.first, f.typed), f.typed, share(f.offered, f.typed), share(f.wrong, f.typed), share(f.bothered, f.none), f.none)
}

func share(n, of int) float64 { return 100 * float64(n) / float64(of) }

// TestOffers prints what is found and what thresholds would bring, and holds
// understand.Offers to what is said of it there.
func TestOffers(t *testing.T) {
	types, lists := shipped(t)
	match := matches(t, types, lists)
	var all, others []message
	for i, m := range messages(t) {
		best := match(m.text)
		if !slices.Contains(strings.Split(m.means, "|"), best.key) {
			t.Logf("%.2f %s instead of %q: %s", best.score, best.key, m.means, m.text)
		}
		if all = append(all, m); i%2 == 1 {
			others = append(others, m)
		}
	}
	for _, threshold := range []float64{0.4, 0.45, 0.5, 0.55, 0.6, 0.7} {
		f := measure(all, match, func(_ string, score float64) bool { return score >= threshold })
		f.print(t, fmt.Sprintf("from %.2f on", threshold))
	}
	measure(others, match, understand.Offers).print(t, "in use, others")
	f := measure(all, match, understand.Offers)
	f.print(t, "in use, all")
	if share(f.first, f.typed) < 92 || share(f.offered, f.typed) < 85 || share(f.wrong, f.typed) > 4 || share(f.bothered, f.none) > 16 {
		t.Error("offers are worse than what is said where the threshold is")
	}
}

// TestParkingForACourier finds the form, fills it and counts what is left to ask.
func TestParkingForACourier(t *testing.T) {
	types, lists := shipped(t)
	match := matches(t, types, lists)
	for _, text := range []string{"парковка для курьера завтра в 15:00", "parking for a courier tomorrow at 3 pm"} {
		best := match(text)
		i := slices.IndexFunc(types, func(f forms.RequestType) bool { return f.Key == best.key })
		if best.key != "car_pass" || !understand.Offers(text, best.score) {
			t.Fatalf("%q: %v, want an offer of car_pass", text, best)
		}
		answers := understand.Values(types[i], lists, text, "ru", now())
		if answers["purpose"] != "courier" || answers["day"] != "2026-11-19" || answers["at"] != "15:00" {
			t.Errorf("%q: %v, want courier, tomorrow at 15:00", text, answers)
		}
		var left []string
		for _, s := range forms.Asked(types[i], answers) {
			if _, done := answers[s.Key]; !done && s.Type != fields.Info {
				left = append(left, s.Key)
			}
		}
		t.Logf("%q leaves %d questions: %v", text, len(left), left)
		if len(left) > 3 {
			t.Errorf("%q leaves %d questions, want 3 at most", text, len(left))
		}
	}
}

// TestThanksAndQuestions need more than others, whatever they greet with.
func TestThanksAndQuestions(t *testing.T) {
	for text, want := range map[string]bool{
		"Добрый день! Нужен доступ": true, "справка, спасибо": true, "где взять справку": true, "how do I get access": true,
		"Добрый день, кто выдаёт доступ?": false, "спасибо, принтер заработал": false, "Hello, how much is parking": false, "до какого числа": false,
	} {
		if got := understand.Offers(text, understand.Threshold); got != want {
			t.Errorf("%q just at the threshold: %v, want %v", text, got, want)
		}
	}
	if understand.Offers("Нужен доступ", understand.Threshold-0.01) || !understand.Offers("кто выдаёт доступ", 1) {
		t.Error("below the threshold nothing is offered, and a full match always")
	}
}

func TestDocuments(t *testing.T) {
	types := []forms.RequestType{
		{ID: 1, Key: "a", Name: forms.Text{EN: "A"}}, {ID: 2, Key: "b", Audience: forms.Nobody}, {ID: 3, Key: "c", Archived: true},
	}
	all := understand.Documents(types, nil)
	if len(all) != 1 || all[0].ID != "form:1" {
		t.Errorf("%v: want the only type that is offered", all)
	}
	if id, ok := understand.TypeOf(all[0].ID); id != 1 || !ok {
		t.Errorf("%s is of type %d, %v", all[0].ID, id, ok)
	}
	if _, ok := understand.TypeOf("article:1"); ok {
		t.Error("an article is a request type")
	}
}
