package email

import (
	"slices"
	"strings"
	"testing"
	"time"

	"okno/channels"
)

// TestRoundTrip sends a mail through real servers, answers it, and finds the
// ticket again in the answer to the answer.
func TestRoundTrip(t *testing.T) {
	for _, plus := range []string{"false", "true"} {
		t.Run("plus="+plus, func(t *testing.T) {
			d := newDesk(t)
			d.conn.Settings["plus_addressing"] = plus
			d.run()
			d.sink.awaitOK(t)
			d.rig.Submit(annAddress, []string{helpAddress}, mailTo(helpAddress, "Printer", "q1"))
			d.sink.awaitMails(t, 1)
			in := d.decode(0)
			if in.From.ID != annAddress || in.Subject != "Printer" || in.Object != "q1@people.test" || len(in.To) != 0 {
				t.Fatalf("inbound %+v", in)
			}
			receipt, failed := d.send(answerTo(in.Object))
			if failed != nil {
				t.Fatal(failed)
			}
			header := d.awaitHeader(annAddress, receipt.ID)
			if got := header["In-Reply-To"]; len(got) != 1 || got[0] != "<q1@people.test>" {
				t.Fatalf("In-Reply-To %q", got)
			}
			replyTo := addressIn(header["Reply-To"][0])
			back := strings.ReplaceAll(string(mailTo(replyTo, "Re: Printer", "q2")), "Subject:", "In-Reply-To: <"+receipt.ID+">\r\nSubject:")
			d.rig.Submit(annAddress, []string{replyTo}, []byte(back))
			d.sink.awaitMails(t, 2)
			if got := d.decode(1).Thread; got.Signed != 12 || got.Refs[0] != receipt.ID {
				t.Fatalf("thread %+v", got)
			}
			if tagged := strings.Contains(replyTo, "+t12."); tagged != (plus == "true") {
				t.Fatalf("reply address %s", replyTo)
			}
		})
	}
}

func (d *desk) awaitHeader(user, id string) map[string][]string {
	d.t.Helper()
	var header map[string][]string
	d.rig.Eventually(20*time.Second, "the answer in the mailbox", func() bool {
		for _, m := range d.rig.Messages(user) {
			if m.Header.Get("Message-Id") == "<"+id+">" {
				header = m.Header
				return true
			}
		}
		return false
	})
	return header
}

func addressIn(mailbox string) string {
	return strings.Trim(mailbox[strings.LastIndexByte(mailbox, '<')+1:], "<>")
}

func TestTagAloneFindsTheTicket(t *testing.T) {
	d := newDesk(t)
	d.run()
	d.sink.awaitOK(t)
	good := marker{d.deps.Signer, helpAddress}.replyAddress(12)
	forged := "help+t13." + strings.Repeat("a", 20) + "@example.test"
	d.rig.Submit(annAddress, []string{good}, mailTo(good, "one", "t1"))
	d.rig.Submit(annAddress, []string{forged}, mailTo(forged, "two [#13]", "t2"))
	d.sink.awaitMails(t, 2)
	threads := map[string]channels.Thread{}
	for n := range 2 {
		in := d.decode(n)
		threads[in.Object] = in.Thread
	}
	if got := threads["t1@people.test"]; got.Signed != 12 || got.Forged != 0 {
		t.Errorf("good tag: %+v", got)
	}
	if got := threads["t2@people.test"]; got.Signed != 0 || got.Forged != 13 || got.Subject != 13 {
		t.Errorf("forged tag: %+v", got)
	}
}

// TestBounce sends to somebody who does not exist and reads the real bounce.
func TestBounce(t *testing.T) {
	d := newDesk(t)
	d.run()
	d.sink.awaitOK(t)
	out := answerTo("q1@people.test")
	out.To.ID = "nobody-here@people.test"
	receipt, failed := d.send(out)
	if failed != nil {
		t.Fatal(failed)
	}
	d.sink.awaitMails(t, 1)
	in := d.decode(0)
	if in.Auto != channels.AutoBounce || in.Bounce == nil || in.Bounce.Original != receipt.ID {
		t.Fatalf("auto %q, bounce %+v", in.Auto, in.Bounce)
	}
	if !in.Bounce.Permanent || in.Bounce.Recipient != out.To.ID || in.Thread.Signed != 12 {
		t.Fatalf("bounce %+v, thread %+v", in.Bounce, in.Thread)
	}
}

func TestRefusedRecipients(t *testing.T) {
	d := newDesk(t)
	reject := channels.Address{Network: "email", ID: "rejectme@people.test"}
	busy := channels.Address{Network: "email", ID: "tempfail@people.test"}
	ann := channels.Address{Network: "email", ID: annAddress}
	for _, c := range []struct {
		name    string
		to      channels.Address
		cc      []channels.Address
		verdict channels.Verdict // "": sent
		refused []channels.Address
	}{
		{"all refused", reject, nil, channels.Gone, nil},
		{"later", busy, nil, channels.Later, nil},
		{"copy refused", ann, []channels.Address{reject, busy}, "", []channels.Address{reject, busy}},
		{"requester refused", reject, []channels.Address{ann}, "", []channels.Address{reject}},
		{"requester later", busy, []channels.Address{ann}, channels.Later, nil},
	} {
		out := answerTo("q1@people.test")
		out.Key, out.To, out.CC = c.name, c.to, c.cc
		receipt, failed := d.send(out)
		if (failed == nil) != (c.verdict == "") || failed != nil && failed.Verdict != c.verdict {
			t.Errorf("%s: %v", c.name, failed)
		}
		var refused []channels.Address
		for _, r := range receipt.Refused {
			refused = append(refused, r.Address)
		}
		if !slices.Equal(refused, c.refused) {
			t.Errorf("%s: refused %v, want %v", c.name, refused, c.refused)
		}
	}
}
