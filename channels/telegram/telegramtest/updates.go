package telegramtest

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"time"
)

// queue is what a bot has not confirmed yet.
type queue struct {
	server  *Server
	nextID  int64 // of the next update
	pending []waiting
	past    []update // everything ever given out, for Replay
	allowed []string // kinds the bot asked for; empty: the usual ones
	poll    chan *refusal
	holding bool
	held    []update
}

// waiting is an update that is not confirmed. A forced one is given out even
// below the offset, once: the network delivers it again by mistake.
type waiting struct {
	update
	forced bool
}

func newQueue(s *Server) queue {
	return queue{server: s, nextID: 100_000_000 + rand.Int64N(800_000_000)}
}

// tolerance is how far beyond the next update an offset may lie before the
// server takes it for one of another sequence and reads from the beginning.
const tolerance = 10

// Withhold keeps back what happens in do until release is called; what happens
// meanwhile goes ahead of it. backwards turns its order round.
func (b *Bot) Withhold(do func()) (release func(backwards bool)) {
	b.server.change(func() { b.queue.holding = true })
	do()
	var list []update
	b.server.change(func() {
		list = b.queue.held
		b.queue.holding, b.queue.held = false, nil
	})
	return func(backwards bool) {
		if backwards {
			slices.Reverse(list)
		}
		b.server.change(func() {
			for _, u := range list {
				b.queue.add(u)
			}
		})
	}
}

// Replay delivers every update there ever was again, with the same ids, in an
// order of chance.
func (b *Bot) Replay() {
	b.server.change(func() {
		list := slices.Clone(b.queue.past)
		rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for _, u := range list {
			b.queue.pending = append(b.queue.pending, waiting{u, true})
		}
	})
}

// Renumber makes the next update have this id, as happens after a quiet week.
func (b *Bot) Renumber(next int64) {
	b.server.change(func() { b.queue.nextID = next })
}

// Waiting is how many updates the bot has not confirmed.
func (b *Bot) Waiting() int {
	b.server.mu.Lock()
	defer b.server.mu.Unlock()
	return len(b.queue.pending)
}

// tell puts an update into a bot's queue. The lock is held.
func (b *Bot) tell(u update) {
	q := &b.queue
	if q.holding {
		q.held = append(q.held, u)
		return
	}
	q.add(u)
}

// add gives the update its number, unless the bot does not want its kind.
func (q *queue) add(u update) {
	if !q.wants(u.kind()) {
		return
	}
	u.ID = q.nextID
	q.nextID++
	q.server.checkUpdate(u)
	q.pending = append(q.pending, waiting{update: u})
	q.past = append(q.past, u)
}

func (q *queue) wants(kind string) bool {
	if len(q.allowed) > 0 {
		return slices.Contains(q.allowed, kind)
	}
	return kind != "chat_member" && kind != "message_reaction" && kind != "message_reaction_count"
}

// interrupt ends the call that waits for updates. The lock is held.
func (q *queue) interrupt(why *refusal) {
	if q.poll != nil {
		q.poll <- why
		q.poll = nil
	}
}

// getUpdates waits for updates from offset on; those before it are confirmed.
func getUpdates(c call) (any, *refusal) {
	q, s := &c.bot.queue, c.server
	s.mu.Lock()
	mine, refused := q.begin(c)
	s.mu.Unlock()
	if refused != nil {
		return nil, refused
	}
	limit := time.NewTimer(time.Duration(min(c.params.number("timeout"), 50)) * time.Second)
	defer limit.Stop()
	for over := false; ; {
		s.mu.Lock()
		list, changed := q.take(c), s.changed
		if len(list) > 0 || over {
			q.finish(mine)
			s.mu.Unlock()
			return list, nil
		}
		s.mu.Unlock()
		select {
		case <-changed:
		case <-limit.C:
			over = true
		case why := <-mine:
			return nil, why
		case <-c.gone:
			over = true
		case <-s.quit:
			over = true
		}
	}
}

// begin ends the call that waits already and takes its place.
func (q *queue) begin(c call) (chan *refusal, *refusal) {
	if c.bot.hook != nil {
		return nil, refuse(http.StatusConflict, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	if refused := q.allow(c.params); refused != nil {
		return nil, refused
	}
	q.confirm(c.params)
	q.interrupt(refuse(http.StatusConflict, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"))
	q.poll = make(chan *refusal, 1)
	return q.poll, nil
}

func (q *queue) finish(mine chan *refusal) {
	if q.poll == mine {
		q.poll = nil
	}
}

// allow remembers which kinds of updates the bot wants from now on.
func (q *queue) allow(p params) *refusal {
	var list []string
	given, refused := p.object("allowed_updates", &list)
	if given && refused == nil {
		q.allowed = list
		q.server.ring()
	}
	return refused
}

// confirm forgets what lies before the offset, once for each call: what comes
// while the call waits was not known to who made it.
func (q *queue) confirm(p params) {
	offset, before := q.from(p.number("offset")), len(q.pending)
	q.pending = slices.DeleteFunc(q.pending, func(w waiting) bool { return w.ID < offset && !w.forced })
	if len(q.pending) < before {
		q.server.ring()
	}
}

// take answers what comes next.
func (q *queue) take(c call) []update {
	limit := int(c.params.number("limit"))
	if limit < 1 || limit > 100 {
		limit = 100
	}
	list := []update{}
	for i := range min(limit, len(q.pending)) {
		list = append(list, q.pending[i].update)
		q.pending[i].forced = false
	}
	return list
}

// from turns an offset into the first id that is wanted. A negative one counts
// from the end; one far in the future belongs to another sequence and is ignored.
func (q *queue) from(offset int64) int64 {
	switch {
	case offset < 0:
		return q.nextID + offset
	case offset > q.nextID+tolerance:
		return 0
	default:
		return offset
	}
}
