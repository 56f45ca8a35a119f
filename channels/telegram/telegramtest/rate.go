package telegramtest

import (
	"fmt"
	"math"
	"net/http"
	"time"
)

// Rate is how often a bot may send; the zero Rate does not limit.
type Rate struct {
	PerChat float64 // messages a second in one chat
	Burst   int     // messages at once that are taken all the same
	Overall float64 // messages a second of one bot
}

// Official is the rate bots are told to keep.
func Official() Rate { return Rate{PerChat: 1, Burst: 3, Overall: 30} }

// Limit sets the rate every bot is held to.
func (s *Server) Limit(r Rate) {
	s.change(func() { s.rate = r })
}

// pace lets a call through or says when to come again. The lock is held.
func (s *Server) pace(c call) *refusal {
	if s.rate == (Rate{}) {
		return nil
	}
	now := s.now()
	chat := c.bot.bucket(c.params.text("chat_id"))
	wait := max(chat.wait(now, s.rate.PerChat, s.rate.Burst), c.bot.bucket("").wait(now, s.rate.Overall, int(s.rate.Overall)))
	if wait > 0 {
		return tooMany(int(math.Ceil(wait.Seconds())))
	}
	chat.take(now, s.rate.PerChat)
	c.bot.bucket("").take(now, s.rate.Overall)
	return nil
}

func tooMany(seconds int) *refusal {
	out := refuse(http.StatusTooManyRequests, fmt.Sprintf("Too Many Requests: retry after %d", seconds))
	out.Parameters = &parameters{RetryAfter: seconds}
	return out
}

// bucket remembers when the messages so far are paid off.
type bucket struct{ until time.Time }

func (b *Bot) bucket(name string) *bucket {
	if b.buckets[name] == nil {
		b.buckets[name] = &bucket{}
	}
	return b.buckets[name]
}

// wait is how long until one more message is within the rate.
func (b *bucket) wait(now time.Time, rate float64, burst int) time.Duration {
	if rate == 0 {
		return 0
	}
	return b.until.Add(-time.Duration(float64(burst-1) * float64(time.Second) / rate)).Sub(now)
}

func (b *bucket) take(now time.Time, rate float64) {
	if rate == 0 {
		return
	}
	if b.until.Before(now) {
		b.until = now
	}
	b.until = b.until.Add(time.Duration(float64(time.Second) / rate))
}
