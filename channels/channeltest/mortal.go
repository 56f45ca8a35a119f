package channeltest

import (
	"context"
	"errors"
	"strings"
	"sync"

	"okno/channels"
)

// errDied is what a mortal adapter ends with.
var errDied = errors.New("the adapter died")

// mortal stands between a desk and the adapters of a channel and lets them die
// at the worst moments.
type mortal struct {
	mu     sync.Mutex
	armed  bool // the next event is the last of its adapter
	stored bool // and is stored before
	dead   bool
	words  string // of the message whose receipt gets lost
	gone   bool
	sent   []channels.Outbound
}

func newMortal() *mortal { return &mortal{} }

// dieAt has the adapter die with the next event: once it is stored and not yet
// confirmed, or before it is stored.
func (m *mortal) dieAt(stored bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.armed, m.stored, m.dead = true, stored, false
}

// due says whether the adapter dies with this event, and whether it is stored.
func (m *mortal) due() (dying, stored bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	dying, m.armed = m.armed, false
	return dying, m.stored
}

func (m *mortal) died() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.dead
}

// loseReceipt loses the network's answer to the next message with these words.
func (m *mortal) loseReceipt(words string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.words = words
}

func (m *mortal) lost() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.gone
}

// keys are those under which the message with these words was handed over.
func (m *mortal) keys(words string) (list []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, out := range m.sent {
		if strings.Contains(out.Body, words) {
			list = append(list, out.Key)
		}
	}
	return list
}

// within is the kind whose adapters die.
func (m *mortal) within(k channels.Kind) channels.Kind {
	open := k.Open
	k.Open = func(c channels.Connection, d channels.Deps) (channels.Adapter, error) {
		a, err := open(c, d)
		if err != nil {
			return nil, err
		}
		return &doomed{a, m}, nil
	}
	return k
}

// doomed is an adapter that dies.
type doomed struct {
	channels.Adapter
	fate *mortal
}

// Run ends when the adapter's time has come.
func (a *doomed) Run(ctx context.Context, in channels.Sink) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	err := a.Adapter.Run(ctx, &lastSink{in, a.fate, cancel})
	if cause := context.Cause(ctx); errors.Is(cause, errDied) {
		return cause
	}
	return err
}

// Send loses the receipt of the message it is told to.
func (a *doomed) Send(ctx context.Context, out channels.Outbound) (channels.Receipt, error) {
	r, err := a.Adapter.Send(ctx, out)
	a.fate.mu.Lock()
	defer a.fate.mu.Unlock()
	a.fate.sent = append(a.fate.sent, out)
	if err == nil && !a.fate.gone && a.fate.words != "" && strings.Contains(out.Body, a.fate.words) {
		a.fate.gone = true
		return channels.Receipt{}, errDied
	}
	return r, err
}

// lastSink is the sink of an adapter that dies.
type lastSink struct {
	channels.Sink
	fate *mortal
	end  context.CancelCauseFunc
}

// Receive ends the adapter before or after the event is stored.
func (s *lastSink) Receive(ctx context.Context, e channels.Event) (bool, error) {
	dying, stored := s.fate.due()
	if !dying {
		return s.Sink.Receive(ctx, e)
	}
	if stored {
		if _, err := s.Sink.Receive(ctx, e); err != nil {
			return false, err
		}
	}
	s.end(errDied)
	s.fate.mu.Lock()
	defer s.fate.mu.Unlock()
	s.fate.dead = true
	return false, errDied
}
