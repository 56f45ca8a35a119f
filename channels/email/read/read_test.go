package read

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

func TestSourceFailureIsOurs(t *testing.T) {
	broken := errors.New("disk gone")
	m := Message(io.MultiReader(strings.NewReader("From: a@b.example\n\nHello"), iotest.ErrReader(broken)), Options{})
	if !errors.Is(m.Err, broken) {
		t.Errorf("Err is %v", m.Err)
	}
	if m.Text != "Hello" {
		t.Errorf("text %q", m.Text)
	}
}

func TestKeepFailureIsOurs(t *testing.T) {
	full := errors.New("disk full")
	mail := "From: a@b.example\nContent-Type: image/png; name=a.png\n\nx"
	m := Message(strings.NewReader(mail), Options{Keep: func(io.Reader) (string, int64, error) { return "", 0, full }})
	if !errors.Is(m.Err, full) {
		t.Errorf("Err is %v", m.Err)
	}
}

// TestLargeAttachmentIsStreamed reads 60 MB and looks at what it cost.
func TestLargeAttachmentIsStreamed(t *testing.T) {
	const size = 60 << 20
	line := base64.StdEncoding.EncodeToString(make([]byte, 57)) + "\r\n"
	lines := size / 57
	mail := io.MultiReader(
		strings.NewReader("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"),
		&repeater{line: line, left: lines},
		strings.NewReader("\r\n--b--\r\n"),
	)
	sum := sha256.New()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	m := Message(mail, Options{Keep: func(r io.Reader) (string, int64, error) {
		n, err := io.Copy(sum, r)
		return "blob", n, err
	}})
	runtime.ReadMemStats(&after)
	if len(m.Attachments) != 1 || m.Attachments[0].Size != int64(lines*57) || m.Attachments[0].Blob != "blob" || m.Err != nil {
		t.Fatalf("%+v %v", m.Attachments, m.Err)
	}
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 20 {
		t.Errorf("reading took %d MB of memory", used)
	}
}

// repeater gives one line many times.
type repeater struct {
	line string
	rest string
	left int
}

// Read implements io.Reader.
func (r *repeater) Read(p []byte) (int, error) {
	if r.rest == "" {
		if r.left == 0 {
			return 0, io.EOF
		}
		r.rest, r.left = r.line, r.left-1
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func TestHugeHeaderIsCut(t *testing.T) {
	mail := "Subject: first\nFrom: a@b.example\n" + strings.Repeat("X-Filler: "+strings.Repeat("x", 990)+"\n", 10000) + "\nText"
	m := Message(strings.NewReader(mail), Options{})
	if m.Subject != "first" || m.Text != "Text" || !strings.Contains(strings.Join(m.Warnings, " "), "header_size") {
		t.Errorf("subject %q, text %.40q, warnings %v", m.Subject, m.Text, m.Warnings)
	}
}

func TestLongTextBecomesAFile(t *testing.T) {
	m := Message(strings.NewReader("From: a@b.example\n\n"+strings.Repeat("word ", maxText/4)), Options{})
	if len(m.Attachments) != 1 || m.Attachments[0].Size != int64(maxText/4*5) || m.Attachments[0].Name != "message.txt" {
		t.Errorf("files %+v", m.Attachments)
	}
}

// TestEveryCodeHasItsSentence compares the codes in the source with both
// languages.
func TestEveryCodeHasItsSentence(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(file, "_test.go") {
			source.Write(text)
		}
	}
	keys := map[string]bool{}
	for _, m := range regexp.MustCompile(`warn\("([a-z_]+)"\)`).FindAllStringSubmatch(source.String(), -1) {
		keys["mailread.warning."+m[1]] = true
	}
	for _, m := range regexp.MustCompile(`m\.Error = "([a-z_]+)"`).FindAllStringSubmatch(source.String(), -1) {
		keys["mailread.unreadable."+m[1]] = true
	}
	for _, language := range []string{"en", "ru"} {
		checkSentences(t, language, keys)
	}
}

func checkSentences(t *testing.T, language string, keys map[string]bool) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "assets", "locale", language, "mailread.json"))
	if err != nil {
		t.Fatal(err)
	}
	sentences := map[string]string{}
	if err := json.Unmarshal(raw, &sentences); err != nil {
		t.Fatal(err)
	}
	for key := range keys {
		if sentences[key] == "" {
			t.Errorf("%s has no sentence for %s", language, key)
		}
	}
	if len(sentences) != len(keys) {
		t.Errorf("%s has %d sentences for %d codes", language, len(sentences), len(keys))
	}
}
