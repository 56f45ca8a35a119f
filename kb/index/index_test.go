package index_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"okno/kb"
	"okno/kb/index"
)

const kind = "form"

func document(id string, texts ...string) kb.Document {
	d := kb.Document{ID: id}
	for i, text := range texts {
		weight := 2.0
		if i == 0 {
			weight = 3
		}
		d.Texts = append(d.Texts, kb.Passage{Text: text, Weight: weight})
	}
	return d
}

func desk() []kb.Document {
	return []kb.Document{
		document("access", "Доступ к программам", "Access to software", "открыть права в 1С", "VPN", "зайти в CRM"),
		document("equipment", "Оборудование для рабочего места", "Equipment", "ноутбук", "monitor", "второй монитор", "keyboard and mouse"),
		document("outage", "Сообщить о сбое", "Report an outage", "не работает интернет", "сломался принтер", "printer is broken", "завис компьютер", "нет Wi-Fi"),
		document("pass", "Пропуск на парковку", "Car pass", "парковка для курьера", "parking for a guest"),
		document("certificate", "Справка", "Certificate from HR", "справка о доходах 2-НДФЛ", "справка с места работы"),
	}
}

func filled(t testing.TB, all []kb.Document) *index.Index {
	t.Helper()
	x, err := index.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := x.Replace(t.Context(), kind, all); err != nil {
		t.Fatal(err)
	}
	return x
}

func search(t testing.TB, x *index.Index, words string) []kb.Hit {
	t.Helper()
	hits, err := x.Search(t.Context(), kind, words, 3)
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

// TestFinds asks in both languages, inflected, mixed, misspelt and on the wrong
// keyboard.
func TestFinds(t *testing.T) {
	x := filled(t, desk())
	for words, want := range map[string]string{
		"парковка для курьера завтра в 15:00": "pass",
		"Нужны пропуска":                      "pass",
		"parking tomorrow":                    "pass",
		"у меня сломались принтеры":           "outage",
		"my printers are broken":              "outage",
		"принтре сломлася":                    "outage",
		"prnter broken":                       "outage",
		"ghbynth":                             "outage",
		"ghjgecr yf gfhrjdre":                 "pass",
		"vpn не пускает":                      "access",
		"хочу второй monitor":                 "equipment",
		"НДФЛ":                                "certificate",
		"справочку бы о доходах":              "certificate",
		"Права в 1с":                          "access",
		"wifi на третьем этаже":               "outage",
		"жду Ёлку, нужны ещё ноутбуки":        "equipment",
	} {
		if hits := search(t, x, words); len(hits) == 0 || hits[0].ID != want {
			t.Errorf("%q: %v, want %s", words, hits, want)
		}
	}
}

func TestFindsNothing(t *testing.T) {
	x := filled(t, desk())
	for _, words := range []string{"", "12:30", "и в на the of", "здравствуйте, пожалуйста", "абырвалг", "12345 !!! \x00\xff"} {
		if hits := search(t, x, words); len(hits) != 0 {
			t.Errorf("%q: %v, want nothing", words, hits)
		}
	}
	if hits, err := x.Search(t.Context(), "article", "принтер", 3); err != nil || len(hits) != 0 {
		t.Errorf("a kind there is none of: %v, %v", hits, err)
	}
}

// TestScores are within 0 and 1, full for what says it all, and less for less.
func TestScores(t *testing.T) {
	x := filled(t, desk())
	before := 1.0001
	for _, words := range []string{
		"Пропуск на парковку", "пропуск на парковку и кофе", "парковку покрасили вчера белой краской дворники",
	} {
		hits := search(t, x, words)
		if len(hits) == 0 || hits[0].ID != "pass" || hits[0].Score < 0 || hits[0].Score >= before {
			t.Errorf("%q: %v, want pass below %.2f", words, hits, before)
			continue
		}
		before = hits[0].Score
	}
	if hits := search(t, x, "Пропуск на парковку"); hits[0].Score < 0.999 {
		t.Errorf("its own name scores %.3f, want 1", hits[0].Score)
	}
}

func TestHeavierPassagesCountMore(t *testing.T) {
	x := filled(t, []kb.Document{
		{ID: "a", Texts: []kb.Passage{{Text: "принтер", Weight: 1}, {Text: "сканер", Weight: 3}}},
		{ID: "b", Texts: []kb.Passage{{Text: "принтер", Weight: 3}, {Text: "сканер", Weight: 1}}},
	})
	for words, want := range map[string]string{"принтер": "b", "сканер": "a"} {
		if hits := search(t, x, words); len(hits) != 2 || hits[0].ID != want {
			t.Errorf("%q: %v, want %s before the other", words, hits, want)
		}
	}
}

// TestReplaceIsAtomic searches while documents are exchanged: each search sees
// the documents of one moment.
func TestReplaceIsAtomic(t *testing.T) {
	generation := func(n int) (all []kb.Document) {
		for i := range 20 {
			all = append(all, document(fmt.Sprintf("%d:%d", n, i), "принтер"))
		}
		return all
	}
	x := filled(t, generation(0))
	done, stop := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for done.Err() == nil {
				hits, err := x.Search(t.Context(), kind, "принтер", 20)
				if err != nil || len(hits) != 20 || slices.ContainsFunc(hits, func(h kb.Hit) bool {
					return strings.Split(h.ID, ":")[0] != strings.Split(hits[0].ID, ":")[0]
				}) {
					t.Errorf("%v, %v: not the documents of one moment", hits, err)
					return
				}
			}
		})
	}
	for n := range 20 {
		if err := x.Replace(t.Context(), kind, generation(n+1)); err != nil {
			t.Error(err)
		}
	}
	stop()
	readers.Wait()
}

// TestReplaceThatFails leaves what there was.
func TestReplaceThatFails(t *testing.T) {
	x := filled(t, desk())
	ended, end := context.WithCancel(t.Context())
	end()
	if err := x.Replace(ended, kind, nil); err == nil {
		t.Error("a replacement nobody waits for succeeded")
	}
	if hits := search(t, x, "принтер"); len(hits) == 0 {
		t.Error("nothing is found any more")
	}
}

func TestReplaceWithNothing(t *testing.T) {
	x := filled(t, desk())
	if err := x.Replace(t.Context(), kind, nil); err != nil {
		t.Fatal(err)
	}
	if hits := search(t, x, "принтер"); len(hits) != 0 {
		t.Errorf("%v is found still", hits)
	}
}
