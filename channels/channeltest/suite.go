package channeltest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"okno/channels"
)

const (
	patience = 30 * time.Second
	look     = 10 * time.Millisecond
	hurry    = 250 * time.Millisecond
)

// Run plays every case on a network of its own and a desk of its own. Cases the
// network cannot have are named with the reason instead.
func Run(t *testing.T, peer func(t *testing.T) Peer, open Opener) {
	t.Helper()
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			p := peer(t)
			if why := p.Lacks()[c.name]; why != "" {
				t.Logf("not played: %s", why)
				return
			}
			c.play(&story{T: t, peer: p, open: open})
		})
	}
}

// story is one case being played.
type story struct {
	*testing.T
	peer   Peer
	open   Opener
	desk   Desk
	mortal *mortal
}

// opens starts the desk with the channel of the peer and others.
func (s *story) opens(others ...Connected) {
	s.Helper()
	c := connected(s.peer)
	if s.mortal != nil {
		c.Kind = s.mortal.within(c.Kind)
	}
	s.desk = s.open(s.T, append([]Connected{c}, others...)...)
	s.until("the channel works", func() bool { return s.desk.State(c.Kind.Name).OK })
}

func connected(p Peer) Connected {
	kind, connection := p.Connect()
	return Connected{kind, connection}
}

// says lets a person write words nobody else writes.
func (s *story) says(from channels.Address, words string) string {
	return s.peer.Write(from, Message{Text: words})
}

// heard waits until an agent can read the words, and checks that they stand
// there once.
func (s *story) heard(of channels.Address, words ...string) {
	s.Helper()
	for _, w := range words {
		s.until("the desk has "+w, func() bool { return s.counted(of, w) > 0 })
	}
	s.once(of, words...)
}

// once checks that each of the words stands in one message.
func (s *story) once(of channels.Address, words ...string) {
	s.Helper()
	for _, w := range words {
		if n := s.counted(of, w); n != 1 {
			s.Errorf("%d messages say %q", n, w)
		}
	}
}

func (s *story) counted(of channels.Address, words string) (n int) {
	for _, l := range s.desk.Lines(of) {
		if !l.Ours && strings.Contains(l.Text, words) {
			n++
		}
	}
	return n
}

// line is the message of the desk with these words.
func (s *story) line(of channels.Address, words string) (Line, bool) {
	list := s.desk.Lines(of)
	at := slices.IndexFunc(list, func(l Line) bool { return strings.Contains(l.Text, words) })
	if at < 0 {
		return Line{}, false
	}
	return list[at], true
}

// answers lets an agent answer.
func (s *story) answers(to channels.Address, words string, files ...File) {
	s.desk.Answer(to, Message{Text: words, Files: files})
}

// arrived waits until the person has the words.
func (s *story) arrived(to channels.Address, words string) Message {
	s.Helper()
	s.until("the person gets "+words, func() bool { return s.copies(to, words) > 0 })
	list := s.peer.Got(to)
	return list[slices.IndexFunc(list, func(m Message) bool { return strings.Contains(m.Text, words) })]
}

func (s *story) copies(to channels.Address, words string) (n int) {
	for _, m := range s.peer.Got(to) {
		if strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
}

// becomes waits until an answer has a state.
func (s *story) becomes(to channels.Address, words, state string) Line {
	s.Helper()
	var last Line
	s.until(fmt.Sprintf("the answer %s is %s", words, state), func() bool {
		last, _ = s.line(to, words)
		return last.State == state
	})
	return last
}

// until polls until holds, or ends the test with the sentence.
func (s *story) until(sentence string, holds func() bool) {
	s.Helper()
	if !s.within(patience, holds) {
		s.Fatalf("never came true: %s", sentence)
	}
}

// hurrying is until for what the desk tries again and again.
func (s *story) hurrying(sentence string, holds func() bool) {
	s.Helper()
	next := time.Now()
	s.until(sentence, func() bool {
		if time.Now().After(next) {
			s.desk.Hurry()
			next = time.Now().Add(hurry)
		}
		return holds()
	})
}

// within says whether something comes true in time.
func (s *story) within(limit time.Duration, holds func() bool) bool {
	deadline := time.Now().Add(limit)
	for !holds() {
		if time.Now().After(deadline) {
			return false
		}
		channels.Wait(s.Context(), look)
	}
	return true
}

// marked are words with a number.
func marked(words string, n int) string { return fmt.Sprintf("%s-%02d.", words, n) }
