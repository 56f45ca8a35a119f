package e2e

import (
	"strings"
	"sync"
	"testing"
)

// TestSendingSurvivesDeathAfterEveryStep kills the desk after each step in its
// database while an agent answers and the answer leaves.
func TestSendingSurvivesDeathAfterEveryStep(t *testing.T) {
	p := newPlace(t)
	out := &outgoings{ids: map[int64]string{}}
	points := sweep(t, func(t *testing.T, n int64) bool {
		return p.send(t, n, orders{DieAfter: n}, out, func(*victim) {})
	})
	t.Logf("sending: killed after each of %d steps, %d answers came twice", points, p.arrived(t, out))
}

// TestSendingSurvivesDeathAtEveryLine kills the desk before each line between it
// and the mail server.
func TestSendingSurvivesDeathAtEveryLine(t *testing.T) {
	p := newPlace(t)
	out := &outgoings{ids: map[int64]string{}}
	points := sweep(t, func(t *testing.T, n int64) bool {
		proxy, settings := behind(t, "smtp", p.rig.SMTPAddr)
		return p.send(t, n, orders{Settings: settings}, out, killAtLine(proxy, n))
	})
	t.Logf("sending: killed at each of %d lines, %d answers came twice", points, p.arrived(t, out))
}

// TestSendingDiesBetweenSendAndRecord kills the desk again and again in the
// moment when the mail server has taken the answer and the desk does not know it
// yet: one copy more at most, with the same Message-ID.
func TestSendingDiesBetweenSendAndRecord(t *testing.T) {
	p := newPlace(t)
	out := &outgoings{ids: map[int64]string{}}
	repeat(t, deaths(), func(t *testing.T, n int64) {
		proxy, settings := behind(t, "smtp", p.rig.SMTPAddr)
		taken := func(fromServer bool, line string) bool { return fromServer && strings.HasPrefix(line, "250 OK id=") }
		if p.send(t, n, orders{Settings: settings}, out, killWhen(proxy, taken)) {
			t.Error("the desk did not die")
		}
	})
	t.Logf("sending: killed %d times between sending and recording, %d answers came twice", deaths(), p.arrived(t, out))
}

// outgoings are the Message-IDs the desks say they sent, by the point of their
// death.
type outgoings struct {
	mu  sync.Mutex
	ids map[int64]string
}

func (o *outgoings) note(n int64, id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ids[n] = id
}

// send answers somebody, dies as it is told, and goes on after its restart.
func (p place) send(t *testing.T, n int64, o orders, out *outgoings, aim func(*victim)) (survived bool) {
	t.Helper()
	o.Data, o.Asker = copied(t, p.template), box(n)
	v := launch(t, o)
	aim(v)
	b := openBooks(t, o.Data)
	survived = v.outlives(b.sent)
	b.close()
	out.note(n, p.sent(t, o))
	return survived
}

// sent answers the Message-ID of the one answer there may be.
func (p place) sent(t *testing.T, o orders) string {
	t.Helper()
	again := func(d *desk) {
		if err := answer(t.Context(), d.srv.Rooms, o); err != nil {
			t.Fatalf("answer again: %v", err)
		}
	}
	b := heal(t, o.Data, again, (*books).sent)
	if got := b.answers(); got != 1 {
		t.Errorf("%d answers were sent", got)
	}
	return b.texts(`SELECT receipt FROM outbox`)[0]
}

// arrived looks into every mailbox: each holds its answer once or twice, with
// one Message-ID. It answers how many hold it twice.
func (p place) arrived(t *testing.T, out *outgoings) (twice int) {
	t.Helper()
	p.rig.Eventually(patience, "the mail server's queue gets empty", p.rig.Delivered)
	for n, id := range out.ids {
		found := p.rig.Messages(box(n))
		if len(found) < 1 || len(found) > 2 {
			t.Errorf("point %d: %d copies", n, len(found))
		}
		if len(found) == 2 {
			twice++
		}
		for _, m := range found {
			if got := m.Header.Get("Message-Id"); got != "<"+id+">" {
				t.Errorf("point %d: Message-ID %q, want %q", n, got, id)
			}
		}
	}
	return twice
}
