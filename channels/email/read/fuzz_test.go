package read

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
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
