package telegram

import (
	"context"
	"sync"
	"time"

	"okno/channels"
)

// How often a bot may send, as its FAQ says: about 30 messages a second in all,
// one a second in a chat with short bursts, and 20 a minute in a group. The true
// limits are not told, so hold obeys the rest.
const (
	overallRate, overallBurst = 30.0, 30.0
	chatRate, chatBurst       = 1.0, 3.0
	groupRate, groupBurst     = 20.0 / 60, 3.0

	longestWait = 30 * time.Second // a message that has to wait longer frees its worker
	manyChats   = 1000             // from here on idle chats are forgotten
)

// bucket holds what may be sent at once and fills with time. It goes below zero
// for those who wait already.
type bucket struct {
	rate, burst float64 // messages a second, at most
	level       float64
	at          time.Time // when level was right
	until       time.Time // nothing leaves before
}

func newBucket(rate, burst float64, now time.Time) *bucket {
	return &bucket{rate: rate, burst: burst, level: burst, at: now}
}

func (b *bucket) fill(now time.Time) {
	b.level = min(b.burst, b.level+b.rate*max(0, now.Sub(b.at).Seconds()))
	b.at = now
}

// wait is how long n more messages would have to wait.
func (b *bucket) wait(n float64, now time.Time) time.Duration {
	b.fill(now)
	short := max(0, n-b.level) / b.rate
	return max(time.Duration(short*float64(time.Second)), b.until.Sub(now))
}

func (b *bucket) idle(now time.Time) bool {
	b.fill(now)
	return b.level == b.burst && !b.until.After(now)
}

// pace keeps one bot below the limits. It is safe for concurrent use.
type pace struct {
	clock channels.Clock

	mu      sync.Mutex
	overall *bucket
	chats   map[int64]*bucket
}

func newPace(clock channels.Clock) *pace {
	return &pace{clock: clock, chats: map[int64]*bucket{}, overall: newBucket(overallRate, overallBurst, clock())}
}

// busy says that a chat, or the bot, has to be left alone for a while.
type busy struct{ after time.Duration }

// Error implements error.
func (b *busy) Error() string { return "too many messages; room in " + b.after.String() }

// wait blocks until n messages may leave for a chat. It answers *busy at once
// when that would take too long.
func (p *pace) wait(ctx context.Context, chat int64, n int) error {
	d := p.reserve(chat, float64(n))
	if d > longestWait {
		return &busy{d}
	}
	if d > 0 && !channels.Wait(ctx, d) {
		return ctx.Err()
	}
	return nil
}

// reserve takes room for n messages and answers when it is there. Room too far
// away is not taken.
func (p *pace) reserve(chat int64, n float64) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock()
	c := p.chat(chat, now)
	d := max(c.wait(n, now), p.overall.wait(n, now))
	if d <= longestWait {
		c.level -= n
		p.overall.level -= n
	}
	return d
}

// hold leaves a chat alone for as long as Telegram asked.
func (p *pace) hold(chat int64, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock()
	p.chat(chat, now).until = now.Add(d)
}

// chat is the bucket of a chat; groups have negative ids.
func (p *pace) chat(id int64, now time.Time) *bucket {
	if b := p.chats[id]; b != nil {
		return b
	}
	if len(p.chats) >= manyChats {
		for other, b := range p.chats {
			if b.idle(now) {
				delete(p.chats, other)
			}
		}
	}
	b := newBucket(chatRate, chatBurst, now)
	if id < 0 {
		b = newBucket(groupRate, groupBurst, now)
	}
	p.chats[id] = b
	return b
}
