package email

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/email/mailtest"
)

// proxied puts a proxy between the desk and Dovecot.
func proxied(t *testing.T) (*desk, *mailtest.Proxy) {
	t.Helper()
	d := newDesk(t)
	p := mailtest.NewProxy(t, d.rig.IMAPAddr)
	d.imapAt(p.Addr)
	return d, p
}

func TestIdleWakesUp(t *testing.T) {
	d := newDesk(t)
	d.options.Poll = time.Hour
	d.run()
	d.sink.awaitOK(t)
	start := time.Now()
	d.rig.Deliver(helpAddress, mailTo(helpAddress, "one", "one"))
	d.sink.awaitMails(t, 1)
	t.Logf("from delivery to storage: %v", time.Since(start))
}

func TestKick(t *testing.T) {
	d := newDesk(t)
	d.options.Poll = time.Hour
	d.run()
	d.sink.awaitOK(t)
	d.rig.Kick(helpAddress)
	d.sink.await(t, 10*time.Second, "the kick is noticed", func(s *memorySink) bool {
		return len(s.states) > 1
	})
	d.rig.Deliver(helpAddress, mailTo(helpAddress, "one", "one"))
	d.sink.awaitMails(t, 1)
}

func TestBlackHole(t *testing.T) {
	d, p := proxied(t)
	d.run()
	d.sink.awaitOK(t)
	p.BlackHole(true)
	d.rig.Deliver(helpAddress, mailTo(helpAddress, "one", "one"))
	d.sink.awaitState(t, "channel.email.reason.timeout")
	p.BlackHole(false)
	d.sink.awaitMails(t, 1)
}

// TestFlagsThatComeFirst has the server tell of changed flags of a mail right
// before it tells what was asked for, in the list and with the bytes: once, and
// then always with the bytes.
func TestFlagsThatComeFirst(t *testing.T) {
	for name, always := range map[string]bool{"once": false, "always": true} {
		t.Run(name, func(t *testing.T) {
			d, p := proxied(t)
			asked, told := regexp.MustCompile(`^\* (\d+) FETCH \(UID (\d+) (RFC822|INTERNALDATE|BODY\[\])`), map[string]bool{}
			p.Before(func(line string) string {
				m := asked.FindStringSubmatch(line)
				if m == nil || told[m[0]] {
					return ""
				}
				told[m[0]] = !always
				return fmt.Sprintf("* %s FETCH (UID %s FLAGS (\\Seen))\r\n", m[1], m[2])
			})
			d.rig.Deliver(helpAddress, mailTo(helpAddress, "one", "one"))
			d.run()
			d.sink.awaitMails(t, 1)
			d.rig.Deliver(helpAddress, mailTo(helpAddress, "two", "two"))
			d.sink.awaitMails(t, 2)
			for _, e := range d.sink.events {
				if whole := e.Blob != ""; whole == always {
					t.Errorf("came whole: %v, %+v", whole, e)
				}
			}
		})
	}
}

func TestMailboxMadeAnew(t *testing.T) {
	d := newDesk(t)
	stop := d.run()
	d.sink.awaitOK(t)
	d.rig.Deliver(helpAddress, mailTo(helpAddress, "one", "one"))
	d.rig.Deliver(helpAddress, mailTo(helpAddress, "two", "two"))
	d.sink.awaitMails(t, 2)
	stop()
	d.rig.RecreateInbox(helpAddress)
	d.rig.Deliver(helpAddress, mailTo(helpAddress, "three", "three"))
	d.run()
	d.sink.awaitMails(t, 3)
	if len(d.sink.keys) != 5 || len(d.sink.events) != 3 {
		t.Fatalf("%d keys and %d contents, want 5 and 3", len(d.sink.keys), len(d.sink.events))
	}
}

func TestMailboxOpenedElsewhere(t *testing.T) {
	d := newDesk(t)
	d.rig.Deliver(helpAddress, mailTo(helpAddress, "one", "one"))
	d.rig.SetSeen(helpAddress)
	d.run()
	d.sink.awaitMails(t, 1)
	d.rig.SetSeen(helpAddress)
	d.rig.Deliver(helpAddress, mailTo(helpAddress, "two", "two"))
	d.sink.awaitMails(t, 2)
	messages := d.rig.Messages(helpAddress)
	if last := messages[len(messages)-1]; strings.Contains(strings.Join(last.Flags, " "), `\Seen`) {
		t.Fatal("the adapter marked a mail as read")
	}
}

// TestFirstStart leaves old mail alone, and remembers when it started even if
// no mail came before the restart.
func TestFirstStart(t *testing.T) {
	for since, want := range map[string]int{sinceNew: 1, sinceDay: 2, sinceAll: 3} {
		t.Run(since, func(t *testing.T) {
			d := newDesk(t)
			d.conn.Settings["since"] = since
			d.rig.Append(helpAddress, "INBOX", mailTo(helpAddress, "old", "old"), time.Now().Add(-50*time.Hour))
			d.rig.Append(helpAddress, "INBOX", mailTo(helpAddress, "young", "young"), time.Now().Add(-2*time.Hour))
			stop := d.run()
			d.sink.awaitOK(t)
			stop()
			d.rig.Append(helpAddress, "INBOX", mailTo(helpAddress, "missed", "missed"), time.Now().Add(-49*time.Hour))
			d.run()
			d.sink.awaitMails(t, want)
			d.rig.Deliver(helpAddress, mailTo(helpAddress, "last", "last"))
			d.sink.awaitMails(t, want+1)
			if len(d.sink.events) != want+1 {
				t.Fatalf("%d mails, want %d", len(d.sink.events), want+1)
			}
		})
	}
}

func TestMoveAfterStoring(t *testing.T) {
	d := newDesk(t)
	d.conn.Settings["after"], d.conn.Settings["move_to"] = "move", "Done"
	d.run()
	d.sink.awaitOK(t)
	for _, id := range []string{"one", "two"} {
		d.rig.Deliver(helpAddress, mailTo(helpAddress, id, id))
	}
	d.sink.awaitMails(t, 2)
	d.rig.Eventually(10*time.Second, "both mails in the folder", func() bool {
		return len(d.rig.Folder(helpAddress, "Done")) == 2 && len(d.rig.Messages(helpAddress)) == 0
	})
}

func TestFullDiskLosesNothing(t *testing.T) {
	d := newDesk(t)
	d.files.setFull(true)
	d.run()
	d.rig.Deliver(helpAddress, mailTo(helpAddress, "one", "one"))
	d.sink.awaitState(t, "channel.email.reason.store")
	d.files.setFull(false)
	d.sink.awaitMails(t, 1)
	d.sink.awaitOK(t)
}

func TestLargeMailIsToldAbout(t *testing.T) {
	d := newDesk(t)
	d.options.LargeMail = 100_000
	d.run()
	big := append(mailTo(helpAddress, "big", "big"), strings.Repeat("0123456789\r\n", 20_000)...)
	d.rig.Deliver(helpAddress, big)
	d.sink.awaitMails(t, 1)
	in := d.decode(0)
	if len(in.Warnings) == 0 || in.Subject != "big" || in.From.ID != annAddress {
		t.Fatalf("inbound %+v", in)
	}
	if got := in.Warnings[len(in.Warnings)-1].Key; got != "channel.email.warning.large" {
		t.Fatalf("warning %s", got)
	}
}

// TestFailedStorageIsNotConfirmed refuses the first tries to store a mail; the
// mailbox must stay as it is until storing works.
func TestFailedStorageIsNotConfirmed(t *testing.T) {
	d := newDesk(t)
	d.conn.Settings["after"] = "move"
	var tries atomic.Int64
	d.sink.before = func(channels.Event) error {
		if tries.Add(1) > 2 {
			return nil
		}
		if len(d.rig.Folder(helpAddress, "INBOX")) != 1 || d.sink.cursors["imap:INBOX"] != "" {
			t.Error("a mail was confirmed before it was stored")
		}
		return errors.New("database is locked")
	}
	d.rig.Deliver(helpAddress, mailTo(helpAddress, "one", "one"))
	d.run()
	d.sink.awaitMails(t, 1)
	d.sink.awaitOK(t)
}

// TestRestartInEveryPhase takes one mail more per round and cuts the connection
// before the first line that Dovecot sends, before the second, and so on, well
// into moving the mails. In the end every mail has been stored once.
func TestRestartInEveryPhase(t *testing.T) {
	d, p := proxied(t)
	d.options.RetryMin, d.options.RetryMax = time.Hour, time.Hour // one connection per round
	d.conn.Settings["after"], d.conn.Settings["move_to"] = "move", "Done"
	d.conn.Settings["since"] = sinceAll
	const rounds = 60
	for round := range rounds {
		id := fmt.Sprintf("m%d", round)
		d.rig.Deliver(helpAddress, mailTo(helpAddress, id, id))
		d.cutAtLine(p, int64(round+1))
	}
	d.run()
	d.sink.awaitMails(t, rounds)
	if len(d.sink.keys) != rounds || len(d.sink.events) != rounds {
		t.Fatalf("%d keys and %d contents of %d mails", len(d.sink.keys), len(d.sink.events), rounds)
	}
}

// cutAtLine runs the adapter until it reports how it fares, cut off before the
// n-th line of the server.
func (d *desk) cutAtLine(p *mailtest.Proxy, n int64) {
	var seen atomic.Int64
	p.OnLine(func(fromServer bool, _ string) bool { return !fromServer || seen.Add(1) < n })
	defer p.OnLine(nil)
	d.sink.mu.Lock()
	states := len(d.sink.states)
	d.sink.mu.Unlock()
	stop := d.run()
	defer stop()
	d.sink.await(d.t, 10*time.Second, "a state", func(s *memorySink) bool { return len(s.states) > states })
}

// TestTwoThousandMails runs every fault at once: connections cut at random
// bytes, kicks, a black hole, restarts of the server and of the adapter, a
// mailbox made anew. Each mail must arrive exactly once.
func TestTwoThousandMails(t *testing.T) {
	const total, batches = 2000, 20
	d, p := proxied(t)
	d.options.Poll = 300 * time.Millisecond
	d.conn.Settings["since"] = sinceAll
	stop := d.run()
	start := time.Now()
	for batch := range batches {
		var mails [][]byte
		for n := range total / batches {
			id := fmt.Sprintf("b%dn%d", batch, n)
			mails = append(mails, mailTo(helpAddress, id, id))
		}
		d.rig.DeliverMany(helpAddress, mails)
		stop = d.mishap(p, batch, stop)
	}
	d.sink.await(t, 90*time.Second, "all mails", func(s *memorySink) bool { return len(s.events) >= total })
	stop()
	seen := map[string]bool{}
	for n := range d.sink.events {
		seen[d.decode(n).Object] = true
	}
	if len(d.sink.events) != total || len(seen) != total {
		t.Fatalf("%d contents of %d mails, want %d", len(d.sink.events), len(seen), total)
	}
	t.Logf("%d mails in %v over %d connections", total, time.Since(start), p.Connections())
}

// mishap does one bad thing, another for each batch.
func (d *desk) mishap(p *mailtest.Proxy, batch int, stop func()) func() {
	switch batch % 7 {
	case 0:
		p.CutAfter(int64(1000 + 777*batch))
	case 1:
		d.rig.Kick(helpAddress)
	case 2:
		p.Cut()
	case 3:
		stop()
		return d.run()
	case 4:
		p.BlackHole(true)
		d.sink.await(d.t, 20*time.Second, "the black hole is noticed", func(s *memorySink) bool {
			return len(s.states) > 0 && !s.states[len(s.states)-1].OK
		})
		p.BlackHole(false)
	case 5:
		d.rig.RestartIMAP()
	case 6:
		d.rig.SetSeen(helpAddress)
		if batch > 7 {
			stop()
			d.rig.RecreateInbox(helpAddress)
			return d.run()
		}
	}
	return stop
}

func TestRunEndsWithItsContext(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := d.adapter().Run(ctx, d.sink); err != nil {
		t.Fatal(err)
	}
}
