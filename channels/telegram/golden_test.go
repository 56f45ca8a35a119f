package telegram

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the golden files")
	m.Run()
}

func update() bool { return flag.Lookup("update").Value.String() == "true" }

// matches compares with a golden file, which -update writes.
func matches(t *testing.T, file string, got []byte) {
	t.Helper()
	if update() {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s has changed; run with -update and read the difference\n got %s\nwant %s", file, got, want)
	}
}

// goldens runs check on every file of testdata/DIR that ends in suffix, beside
// which lies what is expected.
func goldens(t *testing.T, dir, suffix string, check func(t *testing.T, raw []byte) []byte) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", dir, "*"+suffix))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files in testdata/%s, %v", len(files), dir, err)
	}
	for _, file := range files {
		if strings.Contains(file, ".golden.") {
			continue
		}
		base := strings.TrimSuffix(file, suffix)
		t.Run(filepath.Base(base), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			matches(t, base+".golden.json", check(t, raw))
		})
	}
}

func indented(t *testing.T, v any) []byte {
	t.Helper()
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
