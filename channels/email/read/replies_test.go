package read

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRepliesOfManyLanguages folds the mails that come with the Go module
// dimiro1/reply, in sixteen languages and styles, and compares what stays
// visible with what that module leaves. Ours keeps more on purpose: it folds
// only down to the end, so answers between quotes stay, and it removes nothing.
func TestRepliesOfManyLanguages(t *testing.T) {
	dir := moduleDir(t, "github.com/dimiro1/reply@v0.0.0-20200315094148-d0136a4c9e21")
	if dir == "" {
		t.Skip("the module github.com/dimiro1/reply, whose mails are read, cannot be downloaded")
	}
	files, err := filepath.Glob(filepath.Join(dir, "testdata", "emails", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	same := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(dir, "testdata", "reply", filepath.Base(file)))
		if err != nil {
			t.Fatal(err)
		}
		m := &Mail{Text: cleanText(string(raw))}
		m.fold(-1)
		checkNothingLost(t, m)
		if squeeze(m.Visible) == squeeze(string(want)) {
			same++
		} else {
			t.Logf("%s differs", filepath.Base(file))
		}
	}
	t.Logf("%d of %d as the module leaves them", same, len(files))
	if same < 48 {
		t.Errorf("only %d of %d agree", same, len(files))
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
