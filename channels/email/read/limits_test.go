package read

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// nested is a mail of multiparts that are opened and never closed.
func nested(levels int) string {
	var mail strings.Builder
	mail.WriteString("From: a@b.example\nSubject: nested\nMIME-Version: 1.0\n")
	for i := range levels {
		fmt.Fprintf(&mail, "Content-Type: multipart/mixed; boundary=\"b%d\"\n\n--b%d\n", i, i)
	}
	mail.WriteString("Content-Type: text/plain\n\nThe text at the bottom.\n")
	return mail.String()
}

func TestOpenMultipartsEndSoon(t *testing.T) {
	for _, levels := range []int{16, 18, 50, 1000} {
		mail := nested(levels)
		start := time.Now()
		m := Message(strings.NewReader(mail), Options{})
		t.Logf("%d levels, %d bytes: %v", levels, len(mail), time.Since(start))
		if time.Since(start) > 5*time.Second {
			t.Errorf("%d levels took %v", levels, time.Since(start))
		}
		if m.Subject != "nested" {
			t.Errorf("%d levels: subject %q", levels, m.Subject)
		}
		if levels <= maxDepth && m.Text != "The text at the bottom." {
			t.Errorf("%d levels: text %q", levels, m.Text)
		}
	}
}
