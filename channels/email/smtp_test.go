package email

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"okno/channels"
)

// script is a mail server that follows orders: what to answer to a command
// instead of yes. "drop" closes the connection, "hang" says nothing.
type script struct {
	t      *testing.T
	addr   string
	orders map[string]string // by the first word of the command; "greeting", "end"
	mu     sync.Mutex
	mails  []string
	auth   []string
}

func newScript(t *testing.T, orders map[string]string) *script {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	s := &script{t: t, addr: l.Addr().String(), orders: orders}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	return s
}

func (s *script) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	r := bufio.NewReader(conn)
	if !s.answer(conn, "greeting", "220 ready") {
		return
	}
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		verb := strings.ToUpper(strings.Fields(line + " x")[0])
		if verb == "AUTH" {
			s.keep(&s.auth, line)
		}
		if !s.answer(conn, verb, map[string]string{
			"EHLO": "250-here\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN XOAUTH2", "AUTH": "235 2.7.0 welcome", "DATA": "354 go on",
		}[verb]) {
			return
		}
		if verb == "DATA" && s.orders["DATA"] == "" && !s.data(conn, r) {
			return
		}
	}
}

func (s *script) data(conn net.Conn, r *bufio.Reader) bool {
	var mail strings.Builder
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		mail.WriteString(line)
	}
	s.keep(&s.mails, mail.String())
	return s.answer(conn, "end", "250 2.0.0 taken")
}

func (s *script) keep(list *[]string, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*list = append(*list, text)
}

func (s *script) answer(conn net.Conn, verb, usual string) bool {
	order, ordered := s.orders[verb]
	if usual == "" {
		usual = "250 2.0.0 ok"
	}
	switch {
	case !ordered:
		_, _ = fmt.Fprintf(conn, "%s\r\n", usual)
	case order == "drop":
		return false
	case order == "hang":
	default:
		_, _ = fmt.Fprintf(conn, "%s\r\n", order)
	}
	return true
}

// TestSendFaults walks every stage of sending through refusals now, refusals
// for ever, a lost connection and silence.
func TestSendFaults(t *testing.T) {
	const later, gone, never = channels.Later, channels.Gone, channels.Never
	for _, c := range []struct {
		stage, order string
		verdict      channels.Verdict
		maybe        bool
		reason       string
	}{
		{"greeting", "421 4.3.2 busy", later, false, "channel.email.reason.unknown"},
		{"greeting", "554 5.7.1 no", later, false, "channel.email.reason.unknown"},
		{"greeting", "drop", later, false, "channel.email.reason.closed"},
		{"greeting", "hang", later, false, "channel.email.reason.silent"},
		{"EHLO", "drop", later, false, "channel.email.reason.closed"},
		{"AUTH", "454 4.7.0 later", later, false, "channel.email.reason.unknown"},
		{"AUTH", "535 5.7.8 wrong", later, false, "channel.email.reason.password"},
		{"AUTH", "drop", later, false, "channel.email.reason.closed"},
		{"MAIL", "451 4.3.0 later", later, false, "channel.email.send.postponed"},
		{"MAIL", "553 5.7.60 not you", never, false, "channel.email.send.sender"},
		{"MAIL", "drop", later, false, "channel.email.send.broken"},
		{"RCPT", "450 4.2.1 later", later, false, "channel.email.send.postponed"},
		{"RCPT", "550 5.1.1 unknown", gone, false, "channel.email.send.gone"},
		{"RCPT", "550 no such user", gone, false, "channel.email.send.gone"},
		{"RCPT", "550 relay denied", never, false, "channel.email.send.refused"},
		{"RCPT", "550 5.7.1 spam", never, false, "channel.email.send.refused"},
		{"RCPT", "421 4.3.2 closing", later, false, "channel.email.send.postponed"},
		{"RCPT", "drop", later, false, "channel.email.send.broken"},
		{"RCPT", "hang", later, false, "channel.email.send.broken"},
		{"DATA", "451 4.3.0 later", later, false, "channel.email.send.postponed"},
		{"DATA", "554 5.6.0 no", never, false, "channel.email.send.refused"},
		{"DATA", "drop", later, false, "channel.email.send.broken"},
		{"end", "451 4.3.0 later", later, false, "channel.email.send.postponed"},
		{"end", "552 5.3.4 too big", never, false, "channel.email.send.too_large"},
		{"end", "554 5.7.1 spam", never, false, "channel.email.send.refused"},
		{"end", "drop", later, true, "channel.email.send.maybe"},
		{"end", "hang", later, true, "channel.email.send.maybe"},
	} {
		t.Run(c.stage+" "+c.order, func(t *testing.T) {
			d := newDeskAt(t, "127.0.0.1:1", newScript(t, map[string]string{c.stage: c.order}).addr)
			d.options.Connect, d.options.Stall, d.options.Accept = 300*time.Millisecond, 300*time.Millisecond, 300*time.Millisecond
			_, failed := d.send(answerTo("q@people.test"))
			if failed == nil || failed.Verdict != c.verdict || failed.Maybe != c.maybe || failed.Reason.Key != c.reason {
				t.Fatalf("got %+v", failed)
			}
		})
	}
}

func TestServerNotThere(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	_, failed := d.send(answerTo("q@people.test"))
	if failed == nil || failed.Verdict != channels.Later || failed.Reason.Key != "channel.email.reason.refused" {
		t.Fatalf("got %+v", failed)
	}
}

// TestEveryTryIsTheSameMail sends twice and compares the bytes.
func TestEveryTryIsTheSameMail(t *testing.T) {
	s := newScript(t, nil)
	d := newDeskAt(t, "127.0.0.1:1", s.addr)
	blob, size, err := d.files.Put(t.Context(), strings.NewReader(strings.Repeat("x", 5000)))
	if err != nil {
		t.Fatal(err)
	}
	out := answerTo("q@people.test")
	out.Files = []channels.File{{Name: "отчёт.txt", Type: "text/plain", Size: size, Blob: blob}}
	first, failed := d.send(out)
	if failed != nil {
		t.Fatal(failed)
	}
	second, failed := d.send(out)
	if failed != nil {
		t.Fatal(failed)
	}
	if first.ID != second.ID || len(s.mails) != 2 || s.mails[0] != s.mails[1] {
		t.Fatalf("two tries differ: %s and %s", first.ID, second.ID)
	}
}

// TestMissingFileSendsNothing must not end the letter with a dot.
func TestMissingFileSendsNothing(t *testing.T) {
	s := newScript(t, nil)
	d := newDeskAt(t, "127.0.0.1:1", s.addr)
	out := answerTo("q@people.test")
	out.Files = []channels.File{{Name: "a", Type: "text/plain", Blob: "missing"}}
	_, failed := d.send(out)
	if failed == nil || failed.Verdict != channels.Later || failed.Maybe || len(s.mails) != 0 {
		t.Fatalf("got %+v and %d mails", failed, len(s.mails))
	}
}

func TestBadAddressIsNeverDialled(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	for _, address := range []string{"", "nobody", "a@b\r\nRCPT TO:<c@d>", "a b@c.test", "x@"} {
		out := answerTo("q@people.test")
		out.To.ID = address
		if _, failed := d.send(out); failed == nil || failed.Reason.Key != "channel.email.send.address" {
			t.Errorf("%q: %+v", address, failed)
		}
	}
}
