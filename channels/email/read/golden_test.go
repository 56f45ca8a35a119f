package read

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// golden is the inspection with the findings that it does not print.
type golden struct {
	inspection
	DeliveredTo []string   `json:"delivered_to"`
	Language    string     `json:"language"`
	Forwarded   *Forwarded `json:"forwarded"`
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d mails in testdata, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".eml"), func(t *testing.T) { compare(t, file) })
	}
}

func compare(t *testing.T, file string) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m := Message(bytes.NewReader(raw), Options{})
	checkSound(t, m)
	var got bytes.Buffer
	e := json.NewEncoder(&got)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(golden{inspect(filepath.Base(file), m), m.DeliveredTo, m.Language, m.Forwarded}); err != nil {
		t.Fatal(err)
	}
	want := strings.TrimSuffix(file, ".eml") + ".golden.json"
	if update() {
		if err := os.WriteFile(want, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := os.ReadFile(want)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(stored, got.Bytes()) {
		t.Errorf("%s has changed; run with -update and read the difference\n got %s\nwant %s", want, got.Bytes(), stored)
	}
}

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the golden files")
	m.Run()
}

func update() bool { return flag.Lookup("update").Value.String() == "true" }

// checkSound asserts what holds for every mail, whatever its sender did.
func checkSound(t *testing.T, m *Mail) {
	t.Helper()
	for _, s := range []string{m.Subject, m.From.Name, m.From.ID, m.MessageID, strings.Join(m.References, ""), strings.Join(m.InReplyTo, "")} {
		if strings.ContainsAny(s, "\r\n\x00\u202e") || !utf8.ValidString(s) {
			t.Errorf("unsafe header value %q", s)
		}
	}
	for _, f := range m.Attachments {
		if strings.ContainsAny(f.Name, "/\\\r\n\x00\u202e") || !utf8.ValidString(f.Name) || f.Name == ".." {
			t.Errorf("unsafe file name %q", f.Name)
		}
	}
	if !utf8.ValidString(m.Text) || !utf8.ValidString(m.HTML) || strings.ContainsAny(m.Text, "\r\x00") {
		t.Errorf("unsafe text %q", m.Text)
	}
	checkNothingLost(t, m)
}

// checkNothingLost compares the lines of the whole with those of its halves.
func checkNothingLost(t *testing.T, m *Mail) {
	t.Helper()
	left := map[string]int{}
	for _, line := range strings.Split(m.Text, "\n") {
		left[strings.TrimSpace(line)]++
	}
	for _, line := range strings.Split(m.Visible+"\n"+m.Quoted, "\n") {
		left[strings.TrimSpace(line)]--
	}
	for line, n := range left {
		if line != "" && n != 0 {
			t.Errorf("line %q is %+d times in text against visible and quoted", line, n)
		}
	}
}
