package telegram

import (
	"fmt"
	"time"
)

// quiet is the silence after which Telegram may number its updates anew, with a
// day to spare: "at least a week" by its documentation of Update.
const quiet = 6 * 24 * time.Hour

// position is how far the updates of a bot have been taken. Their ids grow one
// by one, but after a quiet week they may go on anywhere, also below; the epoch
// tells numbers from before from numbers after.
type position struct {
	epoch int
	next  int64 // the id after the last one taken; 0: none was taken yet
	last  int64 // when it was taken, Unix seconds
}

// String is the form in which the cursor is stored.
func (p position) String() string { return fmt.Sprintf("%d %d %d", p.epoch, p.next, p.last) }

// parsePosition reads a stored cursor; anything else is the beginning.
func parsePosition(s string) position {
	var p position
	if _, err := fmt.Sscanf(s, "%d %d %d", &p.epoch, &p.next, &p.last); err != nil {
		return position{}
	}
	return p
}

// offset confirms what was taken, unless it was quiet for so long that it could
// hit numbers from after: Telegram keeps nothing from before for a week.
func (p position) offset(now time.Time) int64 {
	if p.quiet(now) {
		return 0
	}
	return p.next
}

func (p position) quiet(now time.Time) bool {
	return now.Sub(time.Unix(p.last, 0)) >= quiet
}

// after is the position once the update with an id has been taken. An id below
// the expected one is an update that came before, unless it was quiet for long.
func (p position) after(id int64, now time.Time) position {
	if id < p.next && p.quiet(now) {
		p.epoch++
	}
	p.next, p.last = id+1, now.Unix()
	return p
}
