package read

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// foreignMails are the test mails of other projects on this machine: those of
// Python's email package and those of the Go module enmime.
func foreignMails(t *testing.T) []string {
	t.Helper()
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, pattern := range []string{
		"/usr/lib/python3*/test/test_email/data/*.txt", "/usr/local/lib/python3*/test/test_email/data/*.txt",
		home + "/.pyenv/versions/*/lib/python3*/test/test_email/data/*.txt",
	} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Log("no mails of Python's test suite on this machine; Debian has them in libpython3-testsuite")
	}
	return append(files, enmimeMails(t)...)
}

// enmimeMails finds the mails of the module in the module cache.
func enmimeMails(t *testing.T) []string {
	t.Helper()
	dir := moduleDir(t, "github.com/jhillyerd/enmime/v2@v2.3.0")
	if dir == "" {
		return nil
	}
	files, err := filepath.Glob(filepath.Join(dir, "testdata", "*", "*.raw"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// moduleDir downloads a module whose test data we read, which is no requirement
// of ours, and answers its folder; "" where it cannot be downloaded.
func moduleDir(t *testing.T, module string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "go", "mod", "download", "-json", module)
	c.Dir = t.TempDir()
	out, err := c.Output()
	var found struct{ Dir string }
	if err == nil {
		err = json.Unmarshal(out, &found)
	}
	if err != nil && os.Getenv("OKNO_REQUIRE_PEERS") == "1" {
		t.Fatalf("download %s: %v", module, err)
	}
	if err != nil {
		t.Logf("%s cannot be downloaded: %v", module, err)
	}
	return found.Dir
}

func TestForeignMails(t *testing.T) {
	files := foreignMails(t)
	if len(files) == 0 {
		t.Skip("no foreign mails on this machine and no way to download them")
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		m := Message(bytes.NewReader(raw), Options{})
		if took := time.Since(start); took > time.Minute { // hangs; the figures are in limits_test.go
			t.Errorf("%s took %v", file, took)
		}
		if m.Err != nil || slices.Contains(m.Warnings, "broken") {
			t.Errorf("%s: %v %v", file, m.Err, m.Warnings)
		}
		checkSound(t, m)
	}
	t.Logf("%d mails", len(files))
}

// pythonReads prints, one JSON object per line, how Python's email package
// reads each file: the words of its texts and the number of its other leaves.
const pythonReads = `
import sys, json, email, re
from email import policy
for name in sys.stdin.read().split("\n"):
    try:
        m = email.message_from_bytes(open(name, "rb").read(), policy=policy.compat32)
        words, files = [], 0
        def walk(part, inside):
            global words, files
            kind = part.get_content_type()
            if kind == "message/rfc822" or kind.startswith("message/"):
                files += kind in ("message/rfc822", "message/global")
                return
            if part.is_multipart():
                for p in part.get_payload(): walk(p, inside)
                return
            if kind in ("text/plain", "text/html") and "attachment" not in str(part.get("content-disposition", "")) and not part.get_filename():
                if kind == "text/plain":
                    data = part.get_payload(decode=True) or b""
                    words += re.findall(r"[A-Za-z]{3,}", data.decode("ascii", "ignore"))
                return
            files += 1
        walk(m, False)
        print(json.dumps({"file": name, "words": words, "files": files}))
    except Exception as e:
        print(json.dumps({"file": name, "error": repr(e)}))
`

// exceptions are the mails that we read otherwise on purpose.
func exceptions() map[string]string {
	return map[string]string{
		"msg_17.txt":                             "no part follows: Python calls the multipart a file, we show its preamble as text",
		"msg_31.txt":                             "its boundary never comes: as above",
		"msg_41.txt":                             "a multipart without boundary: as above",
		"multipart-wo-boundary.raw":              "a multipart without boundary: as above",
		"mime-bad-content-transfer-encoding.raw": "text labelled base64: Python loses its line ends",
		"header-only.raw":                        "no content at all",
		"chardet-fail.raw":                       "a named text that is the whole mail is shown",
		"incorrect-charset.raw":                  "one word next to a sign that Python's ASCII drops",
		"chardet-success-big-5.raw":              "Chinese, whose second bytes look like Latin words to Python",
		"chardet-success-iso-8859-1.raw":         "German, whose umlauts Python's ASCII drops",
		"quoted-printable-invalid.raw":           "an apostrophe that Python's ASCII drops",
		"extra-base64-character.raw":             "Python gives the base64 back undecoded",
	}
}

// TestAgreesWithPython compares words and files with Python's reading.
func TestAgreesWithPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed (Debian package python3)")
	}
	files := foreignMails(t)
	c := exec.CommandContext(t.Context(), python, "-c", pythonReads)
	c.Stdin = strings.NewReader(strings.Join(files, "\n"))
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(out))
	for range files {
		var theirs pythonMail
		if err := d.Decode(&theirs); err != nil {
			t.Fatal(err)
		}
		if why := exceptions()[filepath.Base(theirs.File)]; why == "" && theirs.Error == "" {
			theirs.compare(t)
		}
	}
}

type pythonMail struct {
	File, Error string
	Words       []string
	Files       int
}

func (p pythonMail) compare(t *testing.T) {
	t.Helper()
	raw, err := os.ReadFile(p.File)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{}
	m := Message(bytes.NewReader(raw), Options{Keep: wordsOf(kept)})
	addWords(kept, m.Text)
	for _, word := range p.Words {
		if !kept[word] {
			t.Errorf("%s: the word %q is lost", p.File, word)
			break
		}
	}
	if len(m.Attachments) < p.Files {
		t.Errorf("%s: %d files, Python finds %d", p.File, len(m.Attachments), p.Files)
	}
}

// wordsOf keeps the words of attachments, as a long or named text is a file.
func wordsOf(kept map[string]bool) func(io.Reader) (string, int64, error) {
	return func(r io.Reader) (string, int64, error) {
		data, err := io.ReadAll(r)
		addWords(kept, string(data))
		return "", int64(len(data)), err
	}
}

func addWords(kept map[string]bool, text string) {
	for _, word := range latinWord.FindAllString(text, -1) {
		kept[word] = true
	}
}

var latinWord = regexp.MustCompile(`[A-Za-z]{3,}`)
