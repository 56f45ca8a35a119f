package e2e

import "testing"

// TestReceivingSurvivesDeathAfterEveryStep kills the desk after the first step
// in its database, the second, and so on.
func TestReceivingSurvivesDeathAfterEveryStep(t *testing.T) {
	p := newPlace(t)
	points := sweep(t, func(t *testing.T, n int64) bool {
		return p.receive(t, n, orders{DieAfter: n, Settings: map[string]string{}}, func(*victim) {})
	})
	t.Logf("receiving: killed after each of %d steps, every mail there once", points)
}

// TestReceivingSurvivesDeathAtEveryLine kills the desk before each line between
// it and the mailbox.
func TestReceivingSurvivesDeathAtEveryLine(t *testing.T) {
	p := newPlace(t)
	points := sweep(t, func(t *testing.T, n int64) bool {
		proxy, settings := behind(t, "imap", p.rig.IMAPAddr)
		return p.receive(t, n, orders{Settings: settings}, killAtLine(proxy, n))
	})
	t.Logf("receiving: killed at each of %d lines, every mail there once", points)
}

// receive takes one mail, dies as it is told, and takes another after its
// restart. Both must be there once.
func (p place) receive(t *testing.T, n int64, o orders, aim func(*victim)) (survived bool) {
	t.Helper()
	o.Data = copied(t, p.template)
	o.Settings["imap_user"] = box(n)
	p.rig.Deliver(box(n), letter("before"))
	v := launch(t, o)
	aim(v)
	b := openBooks(t, o.Data)
	survived = v.outlives(func() bool { return b.received(1) })
	b.close()
	p.received(t, n, o.Data)
	return survived
}

func (p place) received(t *testing.T, n int64, dir string) {
	t.Helper()
	b := heal(t, dir, func(*desk) { p.rig.Deliver(box(n), letter("after")) }, func(b *books) bool { return b.received(2) })
	for _, subject := range []string{"About before", "About after"} {
		if got := b.count(`SELECT COUNT(*) FROM tickets WHERE subject = $1`, subject); got != 1 {
			t.Errorf("%d tickets %q", got, subject)
		}
	}
	if got := b.count(`SELECT COUNT(*) FROM messages`); got != 2 {
		t.Errorf("%d messages of 2 mails", got)
	}
}
