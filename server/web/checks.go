package web

import (
	"crypto/rand"
	"sync"
	"time"

	"okno/channels"
)

const (
	// checksKept bounds how many connection tests are remembered.
	checksKept = 64
	// checkLasts is how long the finding of a test can be read.
	checkLasts = 10 * time.Minute
)

// checks remembers connection tests while browsers ask how they go.
type checks struct {
	now func() time.Time

	mu  sync.Mutex
	all map[string]*check
}

// check is one connection test.
type check struct {
	mu      sync.Mutex
	agent   int64 // who may read it
	started time.Time
	steps   []channels.Step
	err     error
	over    chan struct{} // closed at the end
}

func newChecks(now func() time.Time) *checks {
	return &checks{now: now, all: map[string]*check{}}
}

// start runs a test beside the request. run reports each finding.
func (s *checks) start(agent int64, run func(report func(channels.Step)) error) (id string, c *check) {
	c = &check{agent: agent, started: s.now(), over: make(chan struct{})}
	id = rand.Text()
	s.mu.Lock()
	s.makeRoom()
	s.all[id] = c
	s.mu.Unlock()
	go func() {
		defer close(c.over)
		if err := run(c.add); err != nil {
			c.mu.Lock()
			c.err = err
			c.mu.Unlock()
		}
	}()
	return id, c
}

// find answers a test of this agent.
func (s *checks) find(id string, agent int64) (*check, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.all[id]
	if !ok || c.agent != agent {
		return nil, false
	}
	return c, true
}

// makeRoom forgets old tests and, when many are new, any of them.
func (s *checks) makeRoom() {
	for id, c := range s.all {
		if s.now().Sub(c.started) > checkLasts || len(s.all) >= checksKept {
			delete(s.all, id)
		}
	}
}

func (c *check) add(step channels.Step) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.steps = append(c.steps, step)
}

// found answers what was found until now.
func (c *check) found() (steps []channels.Step, over bool, err error) {
	select {
	case <-c.over:
		over = true
	default:
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]channels.Step(nil), c.steps...), over, c.err
}
