package live

import (
	"sort"
	"sync"
	"time"
)

// lasts is how long a sign of somebody counts; pages repeat it in half the time.
const lasts = 30 * time.Second

// Seen is one agent at one ticket.
type Seen struct {
	AgentID int64
	Name    string
	Typing  bool
}

// Presence knows who looks at which ticket and who types there. It lives in
// memory: after a restart the pages say it anew. It is safe for concurrent use.
type Presence struct {
	now     func() time.Time
	changed func(number int64)

	mu   sync.Mutex
	seen map[int64]map[int64]sign // ticket number -> agent id
}

type sign struct {
	Seen
	until time.Time
}

func newPresence(now func() time.Time, changed func(int64)) *Presence {
	return &Presence{now: now, changed: changed, seen: map[int64]map[int64]sign{}}
}

// Look notes that an agent has the ticket open, and whether they type.
func (p *Presence) Look(number int64, s Seen) {
	if p.note(number, s) {
		p.changed(number)
	}
}

// Leave notes that an agent closed the ticket.
func (p *Presence) Leave(number, agent int64) {
	p.mu.Lock()
	_, was := p.seen[number][agent]
	delete(p.seen[number], agent)
	p.sweep(number)
	p.mu.Unlock()
	if was {
		p.changed(number)
	}
}

// Others answers who else is at the ticket, by name.
func (p *Presence) Others(number, agent int64) []Seen {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sweep(number)
	var out []Seen
	for id, s := range p.seen[number] {
		if id != agent {
			out = append(out, s.Seen)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// note answers whether anything others see has changed.
func (p *Presence) note(number int64, s Seen) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	expired := p.sweep(number)
	was, known := p.seen[number][s.AgentID]
	if p.seen[number] == nil {
		p.seen[number] = map[int64]sign{}
	}
	p.seen[number][s.AgentID] = sign{Seen: s, until: p.now().Add(lasts)}
	return expired || !known || was.Typing != s.Typing
}

// sweep forgets what has expired at a ticket and answers whether anything had.
func (p *Presence) sweep(number int64) bool {
	now, gone := p.now(), false
	for id, s := range p.seen[number] {
		if s.until.Before(now) {
			delete(p.seen[number], id)
			gone = true
		}
	}
	if len(p.seen[number]) == 0 {
		delete(p.seen, number)
	}
	return gone
}
