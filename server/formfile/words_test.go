package formfile_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"okno/assets/locale"
)

// named are the keys of words a package of forms has in its code.
var named = regexp.MustCompile(`"((?:form|field)\.[a-z.]+[a-z])"`)

func TestFaultsHaveWords(t *testing.T) {
	words, err := locale.New()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, dir := range []string{".", "../../tickets/forms", "../../tickets/fields"} {
		for _, key := range keysIn(t, dir) {
			found++
			for _, lang := range locale.Languages() {
				if text := words.T(lang)(key, "en", "x", "ru", "x"); text == key {
					t.Errorf("%s has no words for %s", lang, key)
				}
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d keys were found in the code", found)
	}
}

func keysIn(t *testing.T, dir string) (keys []string) {
	t.Helper()
	files, err := filepath.Glob(dir + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		code, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(code), -1) {
			keys = append(keys, m[1])
		}
	}
	return keys
}
