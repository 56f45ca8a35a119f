package read

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf8"
)

func FuzzMessage(f *testing.F) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m := Message(bytes.NewReader(raw), Options{})
		if m.Err != nil || slices.Contains(m.Warnings, "broken") {
			t.Errorf("%v %v", m.Err, m.Warnings)
		}
		checkSound(t, m)
	})
}

// FuzzGuess feeds the charset detection, which runs in goroutines of its
// library: a panic there could not be caught.
func FuzzGuess(f *testing.F) {
	f.Add([]byte("\xcf\xf0\xe8\xe2\xe5\xf2"))
	f.Add([]byte("caf\xe9"))
	f.Add([]byte("\x1b$B$\"\x82\xa0\xb0\xa1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if text := guess(data); !utf8.ValidString(text) {
			t.Errorf("%q gives %q", data, text)
		}
	})
}
