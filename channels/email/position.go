package email

import (
	"fmt"
	"time"

	"github.com/emersion/go-imap/v2"
)

// position is how far a folder has been read. UIDs only grow while UIDVALIDITY
// stays (RFC 3501 section 2.3.1.1). Mail that lay in the folder when an epoch
// began (UID below floor) is taken only if it arrived at since or later.
type position struct {
	validity uint32
	last     imap.UID
	floor    imap.UID
	since    int64 // Unix seconds
}

// String is the form in which the cursor is stored.
func (p position) String() string {
	return fmt.Sprintf("%d %d %d %d", p.validity, p.last, p.floor, p.since)
}

func parsePosition(s string) (position, bool) {
	var p position
	_, err := fmt.Sscanf(s, "%d %d %d %d", &p.validity, &p.last, &p.floor, &p.since)
	return p, err == nil
}

// begin opens an epoch: nothing read yet, old mail wanted back to since.
func begin(box *imap.SelectData, since time.Time) position {
	p := position{validity: box.UIDValidity, floor: box.UIDNext}
	if !since.IsZero() {
		p.since = since.Unix()
	}
	return p
}

// after is the position once uid has been taken.
func (p position) after(uid imap.UID) position {
	p.last = max(p.last, uid)
	return p
}

// wants says whether a mail belongs to what is to be taken. One whose age the
// server did not tell does: flags that changed at that moment came in its place.
func (p position) wants(m arrival) bool {
	return m.uid > p.last && (m.uid >= p.floor || m.at.IsZero() || m.at.Unix() >= p.since)
}
