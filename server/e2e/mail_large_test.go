package e2e

import (
	"bytes"
	"encoding/base64"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"okno/channels/email/mailtest"
	"okno/channels/hub"
	"okno/tickets"
)

// mostHeap is how much a mail of any size may add to the memory of the process.
const mostHeap = 16 << 20

// TestLargeMail is mail with files of many megabytes, in and out. Nothing runs
// beside it: the memory it counts is that of the process.
func TestLargeMail(t *testing.T) {
	h := newMailHouse(t, mailtest.Start(t))
	h.rig.AddUser("large@people.test", "pw")
	data := bytes.Repeat([]byte("0123456789abcdef"), 20<<20/16)
	raw := withFile("large20", data)
	var e hub.Entry
	t.Run("received", func(t *testing.T) {
		measured(t, func() {
			h.rig.Submit("large@people.test", []string{helpAddress}, raw)
			e = h.settled(t, "mid:large20@people.test:", 1)[0]
		})
		if f := last(h.talk(t, e.Ticket)).Files; len(f) != 1 || f[0].Size != int64(len(data)) {
			t.Fatalf("files %v", f)
		}
	})
	t.Run("sent", func(t *testing.T) {
		file := last(h.talk(t, e.Ticket)).Files[0]
		measured(t, func() {
			m := h.answers(t, e.Ticket, "large-answer", file)
			mailUntil(t, "the answer leaves", func() bool { return h.message(t, m.ID).Delivery.State == tickets.DeliverySent })
		})
	})
	t.Run("too large", func(t *testing.T) {
		raw := withFile("large55", bytes.Repeat(data[:1<<20], 42)) // base64 adds a third
		if len(raw) < 55<<20 {
			t.Fatalf("only %d bytes", len(raw))
		}
		measured(t, func() {
			h.rig.Submit("large@people.test", []string{helpAddress}, raw)
			e = h.settled(t, "mid:large55@people.test:", 1)[0]
		})
		c := h.talk(t, e.Ticket)
		told := slices.ContainsFunc(last(c).Warnings, func(s tickets.Sentence) bool { return s.Key == "channel.email.warning.large" })
		if e.Outcome != hub.OutcomeOpened || c.Ticket.Subject != "large55" || !told {
			t.Errorf("became %s of %q, warnings %v", e.Outcome, c.Ticket.Subject, last(c).Warnings)
		}
	})
}

// withFile is a mail with one file.
func withFile(id string, data []byte) []byte {
	var b bytes.Buffer
	b.WriteString(strings.ReplaceAll("From: Large <large@people.test>\nMessage-ID: <"+id+"@people.test>\nSubject: "+id+"\nMIME-Version: 1.0\n"+
		"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee the file.\n--b\nContent-Type: application/zip; name=f.zip\nContent-Transfer-Encoding: base64\n\n", "\n", "\r\n"))
	for line := range slices.Chunk(data, 57) {
		b.WriteString(base64.StdEncoding.EncodeToString(line) + "\r\n")
	}
	b.WriteString("--b--\r\n")
	return b.Bytes()
}

// measured checks how much memory the process takes meanwhile.
func measured(t *testing.T, do func()) {
	t.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(10)) // what counts is what is held, not what waits to be swept
	runtime.GC()
	before := heap()
	done, most := make(chan struct{}), make(chan uint64)
	go func() {
		var peak uint64
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				most <- peak
				return
			case <-tick.C:
				peak = max(peak, heap())
			}
		}
	}()
	do()
	close(done)
	grown := int64(<-most) - int64(before)
	t.Logf("the process took %d KiB more", grown>>10)
	if grown > mostHeap {
		t.Errorf("the process took %d MiB more", grown>>20)
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
