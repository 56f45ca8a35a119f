package e2e

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"okno/channels"
)

// TestRandomKillsLoseNothing kills the desk again and again at any moment while
// mail comes in.
func TestRandomKillsLoseNothing(t *testing.T) {
	kills, mails := 40, 0
	if testing.Short() {
		kills = 10
	}
	p := newPlace(t)
	o := orders{Data: copied(t, p.template), Settings: map[string]string{"imap_user": box(0)}}
	start := p.firstStart(t, o)
	for range kills {
		mails = p.deliver(mails, 5)
		v := launch(t, o)
		mails = p.deliver(mails, 5)
		channels.Wait(t.Context(), rand.N(2*start)) // the random moment
		v.kill()
	}
	p.complete(t, o.Data, mails)
	t.Logf("%d mails, %d kills: each mail made one ticket", mails, kills)
}

// firstStart lets a desk store what it is ordered to and says how long that took
// on this machine.
func (p place) firstStart(t *testing.T, o orders) time.Duration {
	t.Helper()
	began := time.Now()
	launch(t, o).terminate()
	return time.Since(began)
}

// deliver puts more mails into box 0, where some were delivered before.
func (p place) deliver(before, more int) (now int) {
	var mails [][]byte
	for n := range more {
		mails = append(mails, letter(mailID(before+n)))
	}
	p.rig.DeliverMany(box(0), mails)
	return before + more
}

func mailID(n int) string { return fmt.Sprintf("mail%d", n) }

// complete lets the desk finish and looks for every mail.
func (p place) complete(t *testing.T, dir string, mails int) {
	t.Helper()
	p.deliver(mails, 1) // the mailbox has to be looked at once more before this one is there
	b := heal(t, dir, func(*desk) {}, func(b *books) bool {
		return b.count(`SELECT COUNT(*) FROM tickets WHERE subject = $1`, "About "+mailID(mails)) > 0 && b.quiet()
	})
	found := map[string]int{}
	for _, subject := range b.texts(`SELECT subject FROM tickets`) {
		found[subject]++
	}
	for n := range mails + 1 {
		if got := found["About "+mailID(n)]; got != 1 {
			t.Errorf("mail %d made %d tickets", n, got)
		}
	}
	if got := b.count(`SELECT COUNT(*) FROM messages`); got != mails+1 {
		t.Errorf("%d messages of %d mails", got, mails+1)
	}
}
