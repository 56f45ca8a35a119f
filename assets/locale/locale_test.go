package locale_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
	"text/template"

	"okno/assets/locale"
)

// keys reads one language's files and answers where each key stands.
func keys(t *testing.T, lang string) map[string]string {
	t.Helper()
	found := map[string]string{}
	names, err := filepath.Glob(lang + "/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files of %s: %v", lang, err)
	}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var entries map[string]any
		if err := json.Unmarshal(body, &entries); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key := range entries {
			if other, twice := found[key]; twice {
				t.Errorf("%s stands in %s and in %s", key, other, filepath.Base(name))
			}
			found[key] = filepath.Base(name)
		}
	}
	return found
}

func TestLanguagesHaveTheSameKeys(t *testing.T) {
	en, ru := keys(t, "en"), keys(t, "ru")
	for _, pair := range []struct {
		name      string
		have, not map[string]string
	}{{"ru", en, ru}, {"en", ru, en}} {
		var missing []string
		for key, file := range pair.have {
			if pair.not[key] != file {
				missing = append(missing, file+": "+key)
			}
		}
		sort.Strings(missing)
		for _, m := range missing {
			t.Errorf("%s lacks %s", pair.name, m)
		}
	}
}

func TestTranslates(t *testing.T) {
	c, err := locale.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		lang, key, want string
		args            []any
	}{
		{"en", "view.mine", "Mine", nil},
		{"ru", "view.mine", "Мои", nil},
		{"ru", "list.count", "1 заявка", []any{"count", 1}},
		{"ru", "list.count", "3 заявки", []any{"count", 3}},
		{"ru", "list.count", "11 заявок", []any{"count", 11}},
		{"en", "list.count", "1 ticket", []any{"count", 1}},
		{"de", "list.count", "2 tickets", []any{"count", 2}},
		{"ru", "no.such.key", "no.such.key", nil},
		{"ru", "no.such.key", "no.such.key", []any{"name", "x"}},
		{"en", "time.day", "5 May", []any{"day", 5, "month", "May"}},
		{"en", "time.day", "<no value> May", []any{"month", "May", "left over"}},
		{"ru", "form.flaw.subject.step", "В теме стоит {who}, но шага с таким ключом и ответом словами нет.", []any{"key", "who"}},
	} {
		if got := c.T(tt.lang)(tt.key, tt.args...); got != tt.want {
			t.Errorf("%s %s %v: got %q, want %q", tt.lang, tt.key, tt.args, got, tt.want)
		}
	}
}

// TestWordsAreThoseOfTheTemplates fills every text in both ways.
func TestWordsAreThoseOfTheTemplates(t *testing.T) {
	c, err := locale.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Languages() {
		for key, text := range texts(t, lang) {
			var args []any
			data := map[string]any{}
			for i, found := range regexp.MustCompile(`\{\{\.(\w+)\}\}`).FindAllStringSubmatch(text, -1) {
				value := []any{"<b>{{.n}}", 7 + i, int64(-3), 2.5, error(os.ErrExist), true}[i%6]
				if _, again := data[found[1]]; !again {
					data[found[1]], args = value, append(args, found[1], value)
				}
			}
			var want strings.Builder
			if err := template.Must(template.New(key).Parse(text)).Execute(&want, data); err != nil {
				t.Fatal(err)
			}
			if got := c.T(lang)(key, args...); got != want.String() {
				t.Errorf("%s %s: got %q, want %q", lang, key, got, want.String())
			}
		}
	}
}

// texts are those of a language without plural forms.
func texts(t *testing.T, lang string) map[string]string {
	t.Helper()
	found := map[string]string{}
	names, err := filepath.Glob(lang + "/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var entries map[string]any
		if err := json.Unmarshal(body, &entries); err != nil {
			t.Fatal(err)
		}
		for key, value := range entries {
			if text, plain := value.(string); plain {
				found[key] = text
			}
		}
	}
	return found
}

func BenchmarkTime(b *testing.B) {
	c, err := locale.New()
	if err != nil {
		b.Fatal(err)
	}
	t := c.T("ru")
	for b.Loop() {
		_ = t("time.full", "day", 5, "month", "мая", "year", 2026, "clock", "15:04")
	}
}
