package mailtest_test

import (
	"strings"
	"testing"
	"time"

	"okno/channels/email/mailtest"
)

func letter(from, to, subject string) []byte {
	return []byte("From: " + from + "\r\nTo: " + to + "\r\nSubject: " + subject +
		"\r\nMessage-ID: <" + subject + "@people.test>\r\n\r\nHello.\r\n")
}

func TestMailTravelsThroughBothServers(t *testing.T) {
	rig := mailtest.Start(t)
	rig.AddUser("help@example.test", "secret")
	rig.Submit("ann@people.test", []string{"help+t12.abc@example.test"}, letter("ann@people.test", "help+t12.abc@example.test", "one"))
	rig.Deliver("help@example.test", letter("ann@people.test", "help@example.test", "two"))
	rig.Append("help@example.test", "INBOX", letter("ann@people.test", "help@example.test", "three"), time.Now())
	rig.Eventually(20*time.Second, "three mails in the mailbox", func() bool {
		return len(rig.Messages("help@example.test")) == 3
	})
}

func TestUnknownUserMakesABounce(t *testing.T) {
	rig := mailtest.Start(t)
	rig.AddUser("help@example.test", "secret")
	rig.Submit("help@example.test", []string{"nosuchuser@example.test"}, letter("help@example.test", "nosuchuser@example.test", "lost"))
	rig.Eventually(20*time.Second, "a bounce in the mailbox", func() bool {
		for _, m := range rig.Messages("help@example.test") {
			if strings.HasPrefix(m.Header.Get("Content-Type"), "multipart/report") {
				return true
			}
		}
		return false
	})
}

func TestRecreatedInboxHasNewUIDs(t *testing.T) {
	rig := mailtest.Start(t)
	rig.AddUser("help@example.test", "secret")
	rig.Deliver("help@example.test", letter("a@people.test", "help@example.test", "one"))
	rig.RecreateInbox("help@example.test")
	rig.RestartIMAP()
	if got := len(rig.Messages("help@example.test")); got != 1 {
		t.Fatalf("%d mails after the mailbox was made again, want 1", got)
	}
}
