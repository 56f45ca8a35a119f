package email

import (
	"bytes"
	"flag"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"okno/channels"
)

var update = flag.Bool("update", false, "write the golden files anew")

func render(t *testing.T, d *desk, out channels.Outbound) []byte {
	t.Helper()
	a := d.options.newAdapter(d.conn, d.deps)
	l, err := a.compose(out)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := l.write(t.Context(), &b, d.files); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestComposedMails(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	d.conn.Settings["plus_addressing"] = "true"
	blob, size, err := d.files.Put(t.Context(), strings.NewReader("left, right\n1, 2\n"))
	if err != nil {
		t.Fatal(err)
	}
	english := answerTo("q1@people.test")
	english.CC = []channels.Address{{Network: "email", ID: "carl@people.test", Name: "Carl, the other one"}}
	english.Body = "Hello Ann,\n\nis it **plugged in**? See [the page](https://example.test/p).\n\n- first\n- second\n"
	russian := answerTo("q1@people.test")
	russian.Language, russian.Author, russian.Subject = "ru", "Борис Ёлкин", "Не печатает принтер на третьем этаже у бухгалтерии, второй день подряд"
	russian.Body = "Здравствуйте, Анна!\n\nПринтер *включён*?\n"
	russian.Files = []channels.File{{Name: "отчёт за ноябрь.csv", Type: "text/csv", Size: size, Blob: blob}}
	notice := channels.Outbound{
		Key: "notice:1", Notice: true, To: english.To, Ticket: 12, Subject: "We have your message", Language: "en",
		Body: "Your number is 12.", At: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC),
	}
	for name, out := range map[string]channels.Outbound{"reply-en": english, "reply-ru": russian, "notice-en": notice} {
		golden(t, name+".eml", render(t, d, out))
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run with -update if that is meant:\n%s", name, got)
	}
}

// TestHeadersCannotBeInjected puts line ends wherever a person can type.
func TestHeadersCannotBeInjected(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	const evil = "x\r\nBcc: victim@people.test\r\n\r\nbody\u2028\x00"
	d.conn.Settings["name"] = evil
	out := answerTo("q1@people.test")
	out.Subject, out.Author, out.To.Name = evil, evil, evil
	out.InReplyTo, out.References, out.Language = evil, []string{evil, "<a> b"}, "en\r\nBcc: victim@people.test"
	parsed, err := mail.ReadMessage(bytes.NewReader(render(t, d, out)))
	if err != nil {
		t.Fatal(err)
	}
	if parsed.Header.Get("Bcc") != "" || parsed.Header.Get("Mime-Version") != "1.0" {
		t.Fatalf("header %v", parsed.Header)
	}
}

// TestSignatureIsKnown keeps the space that makes a line the one above a
// signature.
func TestSignatureIsKnown(t *testing.T) {
	if got := newBody(channels.Outbound{Body: "Hi\n\n-- \nJonas"}).text; !strings.HasSuffix(got, "Hi\n\n-- \nJonas\n") {
		t.Errorf("text %q", got)
	}
}

// TestRussianNamesAreOneWord holds a name of usual length together.
func TestRussianNamesAreOneWord(t *testing.T) {
	got := mailbox("Мила Иванова", "mila@people.test")
	if a, err := mail.ParseAddress(got); err != nil || a.Name != "Мила Иванова" || strings.Count(got, "=?utf-8") != 1 {
		t.Errorf("%q is %v, %v", got, a, err)
	}
	if got := mailbox("Weber, Jonas", "j@x.test"); got != `"Weber, Jonas" <j@x.test>` {
		t.Errorf("got %q", got)
	}
}

func TestReferencesKeepTheFirstAndTheLast(t *testing.T) {
	out := channels.Outbound{InReplyTo: "last@x"}
	for n := range 50 {
		out.References = append(out.References, string(rune('a'+n%26))+strings.Repeat("z", n)+"@x")
	}
	got := strings.Fields(references(out))
	if len(got) != maxReferences || got[0] != "<a@x>" || got[maxReferences-1] != "<last@x>" {
		t.Fatalf("%d references: %v", len(got), got)
	}
}

func TestRussianDomain(t *testing.T) {
	got, err := wireAddress("info@почта.рф")
	if err != nil || got != "info@xn--80a1acny.xn--p1ai" {
		t.Fatalf("%s, %v", got, err)
	}
}

func TestMarks(t *testing.T) {
	m := marker{testSigner{"k"}, helpAddress}
	out := channels.Outbound{Key: "message:9", Ticket: 12}
	id := m.messageID(out)
	if id != m.messageID(out) {
		t.Fatal("the id changes")
	}
	if f, ok := m.ofMessageID(id); !ok || !f.good || f.ticket != 12 {
		t.Fatalf("%s: %+v, %v", id, f, ok)
	}
	if f, ok := m.ofMessageID(strings.Replace(id, "t12", "t13", 1)); !ok || f.good {
		t.Fatalf("another ticket with our mark: %+v, %v", f, ok)
	}
	if _, ok := m.ofMessageID(marker{testSigner{"other"}, "desk@other.test"}.messageID(out)); ok {
		t.Fatal("the id of another desk is taken for a forgery")
	}
	if f, ok := m.ofAddress(strings.ToUpper(m.replyAddress(12))); !ok || !f.good || f.ticket != 12 {
		t.Fatalf("reply address: %+v, %v", f, ok)
	}
	if _, ok := m.ofAddress("other+t12.aaaa@example.test"); ok {
		t.Fatal("a tag of another mailbox")
	}
}
