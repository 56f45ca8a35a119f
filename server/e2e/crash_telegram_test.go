package e2e

import (
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"okno/channels/hub"
	"okno/channels/telegram/telegramtest"
)

// botPlace is where a desk with a bot dies: a Bot API server with a bot and a
// person for every point, and a desk to copy.
type botPlace struct {
	net      *telegramtest.Server
	template string
}

func newBotPlace(t *testing.T) botPlace {
	t.Helper()
	net := telegramtest.Start(t)
	return botPlace{net, template(t, hub.Channel{Enabled: true, Connection: telegramBot(net, net.NewBot("Template"))})}
}

// point is one bot and one person, who has talked to it before.
func (s botPlace) point(t *testing.T) (*telegramtest.Talk, orders) {
	t.Helper()
	bot := s.net.NewBot("Mayak")
	talk := s.net.NewPerson("Anna").Talk(bot).Opened()
	return talk, orders{Data: copied(t, s.template), Secrets: map[string]string{"token": bot.Token()}}
}

// TestTelegramReceivingSurvivesDeathAfterEveryStep kills the desk after each
// step in its database, from the first update to its last notice.
func TestTelegramReceivingSurvivesDeathAfterEveryStep(t *testing.T) {
	s := newBotPlace(t)
	points := sweep(t, func(t *testing.T, n int64) bool {
		talk, o := s.point(t)
		o.DieAfter = n
		return s.receive(t, o, talk, func(*victim) {})
	})
	t.Logf("Telegram, receiving: killed after each of %d steps, every message there once", points)
}

// TestTelegramReceivingSurvivesDeathAtEveryCall kills the desk when it makes its
// n-th call, before or after the server has carried it out.
func TestTelegramReceivingSurvivesDeathAtEveryCall(t *testing.T) {
	s := newBotPlace(t)
	killers := newKillers(s.net)
	points := sweep(t, func(t *testing.T, n int64) bool {
		talk, o := s.point(t)
		return s.receive(t, o, talk, killers.aim(talk, func(_ telegramtest.Request, calls int64) bool { return calls == (n+1)/2 }, n%2 == 0))
	})
	t.Logf("Telegram, receiving: killed at each of %d calls, every message there once", points)
}

// receive takes one message, dies as it is told, and takes another after its
// restart. Both must be there once, in one ticket.
func (s botPlace) receive(t *testing.T, o orders, talk *telegramtest.Talk, aim func(*victim)) (survived bool) {
	t.Helper()
	talk.Write("before")
	v := launch(t, o)
	aim(v)
	b := openBooks(t, o.Data)
	survived = v.outlives(func() bool { return b.received(1) })
	b.close()
	b = heal(t, o.Data, func(*desk) { talk.Write("after") }, func(b *books) bool { return b.received(2) })
	for _, body := range []string{"before", "after"} {
		if got := b.count(`SELECT COUNT(*) FROM messages WHERE body = $1`, body); got != 1 {
			t.Errorf("%d messages %q", got, body)
		}
	}
	if got := b.count(`SELECT COUNT(*) FROM tickets`); got != 1 {
		t.Errorf("%d tickets", got)
	}
	return survived
}

// TestTelegramSendingSurvivesDeathAfterEveryStep kills the desk after each step
// in its database while an agent answers and the answer leaves.
func TestTelegramSendingSurvivesDeathAfterEveryStep(t *testing.T) {
	s := newBotPlace(t)
	var twice atomic.Int64
	points := sweep(t, func(t *testing.T, n int64) bool {
		talk, o := s.point(t)
		o.DieAfter = n
		return s.send(t, o, talk, func(*victim) {}, &twice)
	})
	t.Logf("Telegram, sending: killed after each of %d steps, %d answers came twice", points, twice.Load())
}

// TestTelegramSendingDiesBetweenSendAndRecord kills the desk a hundred times in
// the moment when Telegram has taken the answer and the desk does not know it
// yet: the person has one copy more at most.
func TestTelegramSendingDiesBetweenSendAndRecord(t *testing.T) {
	s := newBotPlace(t)
	killers := newKillers(s.net)
	var twice atomic.Int64
	repeat(t, deaths(), func(t *testing.T, _ int64) {
		talk, o := s.point(t)
		answer := func(r telegramtest.Request, _ int64) bool { return strings.Contains(r.Params["text"], "Switch it off") }
		if s.send(t, o, talk, killers.aim(talk, answer, true), &twice) {
			t.Error("the desk did not die")
		}
	})
	t.Logf("Telegram: killed %d times between sending and recording, %d answers came twice", deaths(), twice.Load())
}

// send answers the person, dies as it is told, and goes on after its restart.
func (s botPlace) send(t *testing.T, o orders, talk *telegramtest.Talk, aim func(*victim), twice *atomic.Int64) (survived bool) {
	t.Helper()
	o.Asker = strconv.FormatInt(talk.Person().ID, 10)
	v := launch(t, o)
	aim(v)
	b := openBooks(t, o.Data)
	survived = v.outlives(b.sent)
	b.close()
	again := func(d *desk) { mailMust(t, answer(t.Context(), d.srv.Rooms, o)) }
	if got := heal(t, o.Data, again, (*books).sent).answers(); got != 1 {
		t.Errorf("%d answers were sent", got)
	}
	copies := 0
	for _, m := range talk.Got() {
		copies += strings.Count(m.Text, "Switch it off")
	}
	if copies < 1 || copies > 2 {
		t.Errorf("the person has %d copies", copies)
	}
	twice.Add(int64(copies - 1))
	return survived
}

// killers kill desks in the moment of a call, each its own.
type killers struct {
	mu  sync.Mutex
	all map[int64]*killer // by bot
}

type killer struct {
	when  func(r telegramtest.Request, calls int64) bool
	taken bool // the call is carried out first
	calls int64
	die   func() // kills, and is over when the process is gone
}

func newKillers(net *telegramtest.Server) *killers {
	k := &killers{all: map[int64]*killer{}}
	net.Decide(k.decide)
	return k
}

// aim kills the process that serves the bot of a talk at the first call for
// which when holds.
func (k *killers) aim(talk *telegramtest.Talk, when func(telegramtest.Request, int64) bool, taken bool) func(*victim) {
	gone, doomed := make(chan struct{}), make(chan struct{})
	one := &killer{when: when, taken: taken, die: func() { close(doomed); <-gone }}
	k.mu.Lock()
	k.all[talk.Bot().ID] = one
	k.mu.Unlock()
	return func(v *victim) { go v.dieOn(doomed, gone) }
}

func (k *killers) decide(r telegramtest.Request) (telegramtest.Fault, bool) {
	k.mu.Lock()
	one := k.all[r.Bot]
	due := false
	if one != nil {
		one.calls++
		if due = one.when(r, one.calls); due {
			delete(k.all, r.Bot)
		}
	}
	k.mu.Unlock()
	if !due {
		return telegramtest.Fault{}, false
	}
	one.die()
	return telegramtest.Fault{Cut: true, Taken: one.taken}, true
}
