package email

import (
	"strings"
	"testing"
	"time"

	"okno/channels"
)

func (d *desk) read(raw string) channels.Inbound {
	d.t.Helper()
	blob, _, err := d.files.Put(d.t.Context(), strings.NewReader(strings.ReplaceAll(raw, "\n", "\r\n")))
	if err != nil {
		d.t.Fatal(err)
	}
	in, err := d.adapter().Decode(d.t.Context(), channels.Event{Blob: blob, ReceivedAt: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)})
	if err != nil {
		d.t.Fatal(err)
	}
	return in
}

func TestOwnAddressIsNoRecipient(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	in := d.read("From: ann@people.test\nTo: Help+x@Example.test, carl@people.test\nCc: help@example.test, dora@people.test\nSubject: x\n\nhi\n")
	if len(in.To) != 1 || in.To[0].ID != "carl@people.test" || len(in.CC) != 1 || in.CC[0].ID != "dora@people.test" {
		t.Fatalf("to %v, cc %v", in.To, in.CC)
	}
}

func TestOurOwnMailIsAutomatic(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	mark := marker{d.deps.Signer, helpAddress}.instance()
	for raw, want := range map[string]channels.Auto{
		"From: sales@example.test\nX-Okno-Instance: " + mark + "\n\nhi\n": channels.AutoReply,
		"From: desk@other.test\nX-Okno-Instance: 0123456789\n\nhi\n":      channels.AutoNone,
		"From: Help@example.test\n\nhi\n":                                 channels.AutoReply,
		"From: help@example.test\nReply-To: ann@people.test\n\nhi\n":      channels.AutoNone,
		"From: help@example.test\nReply-To: help+x@example.test\n\nhi\n":  channels.AutoReply,
		"From: ann@people.test\nAuto-Submitted: auto-replied\n\nhi\n":     channels.AutoReply,
		"From: ann@people.test\n\nhi\n":                                   channels.AutoNone,
	} {
		if got := d.read(raw).Auto; got != want {
			t.Errorf("%q: auto %q, want %q", raw, got, want)
		}
	}
}

func TestOnlyAnAgentForwardsForOthers(t *testing.T) {
	const forward = "From: boris@example.test\nTo: help@example.test\nSubject: Fwd: Printer\n\n" +
		"---------- Forwarded message ---------\nFrom: Ann <ann@people.test>\nDate: Fri, 20 Nov 2026 at 10:00\nSubject: Printer\nTo: <boris@example.test>\n\nIt does not print.\n"
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	if got := d.read(forward).Forwarded; got != nil {
		t.Fatalf("a stranger forwards for %v", got)
	}
	d.agents["boris@example.test"] = true
	if got := d.read(forward).Forwarded; got == nil || got.ID != annAddress {
		t.Fatalf("an agent forwards for %v", got)
	}
	in := d.read("From: boris@example.test\nSubject: FW: Printer\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee attached.\n" +
		"--b\nContent-Type: message/rfc822\n\nFrom: ann@people.test\nSubject: Printer\n\nIt does not print.\n--b--\n")
	if in.Subject != "Printer" || in.Text != "See attached.\n\nIt does not print." {
		t.Fatalf("an attached mail is %q: %q", in.Subject, in.Text)
	}
}

func TestWebFormNamesTheRequester(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	for raw, want := range map[string]string{
		"From: site@example.test\nReply-To: Ann <ann@people.test>\n\nhi\n": annAddress,
		"From: no-reply@forms.test\nReply-To: ann@people.test\n\nhi\n":     annAddress,
		"From: carl@people.test\nReply-To: carl-home@people.test\n\nhi\n":  "carl@people.test",
		"From: site@example.test\nReply-To: help@example.test\n\nhi\n":     "site@example.test",
	} {
		if got := d.read(raw).From.ID; got != want {
			t.Errorf("%q: from %s, want %s", raw, got, want)
		}
	}
}

// TestAnswersGoWhereTheyAreAskedTo copies the answers to the Reply-To, which is
// no other address when only the tag differs.
func TestAnswersGoWhereTheyAreAskedTo(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	in := d.read("From: carl@people.test\nReply-To: carl-home@people.test, Carl+7@people.test, help@example.test\n\nhi\n")
	if len(in.CC) != 1 || in.CC[0].ID != "carl-home@people.test" {
		t.Fatalf("cc %v", in.CC)
	}
}

func TestDateThatCannotBe(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	in := d.read("From: ann@people.test\nDate: Thu, 1 Jan 2099 00:00:00 +0000\n\nhi\n")
	if in.At.Year() != 2026 {
		t.Fatalf("written %v", in.At)
	}
}

func TestUnreadableKeepsTheOriginal(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	in := d.read("")
	if in.Unreadable.IsZero() || len(in.Files) != 1 || in.Files[0].Name != "message.eml" {
		t.Fatalf("unreadable %+v, files %v", in.Unreadable, in.Files)
	}
}

func TestMissingBlobIsOurFault(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	if _, err := d.adapter().Decode(t.Context(), channels.Event{Blob: "missing"}); err == nil {
		t.Fatal("a missing blob was read")
	}
}

// TestObject gives one name to one content and different names to two mails of
// a sender that always writes the same Message-ID.
func TestObject(t *testing.T) {
	object := func(raw string) string {
		var d digest
		for _, b := range []byte(raw) { // worst case: byte by byte
			_, _ = d.Write([]byte{b})
		}
		return d.object()
	}
	one := object("Received: by a\r\nMessage-Id:\r\n <x@y>\r\n\r\nHello there\r\n")
	if again := object("Received: by b\r\nMESSAGE-ID: <x@y>\r\n\r\nHello there\r\n"); again != one || !strings.HasPrefix(one, "mid:x@y:") {
		t.Fatalf("%s and %s", one, again)
	}
	if other := object("Message-Id: <x@y>\r\n\r\nGoodbye\r\n"); other == one {
		t.Fatal("two mails, one name")
	}
	if none := object("Subject: x\r\n\r\nHello\r\n"); !strings.HasPrefix(none, "sha256:") || none == object("Subject: y\r\n\r\nHello\r\n") {
		t.Fatalf("without Message-ID: %s", none)
	}
}
