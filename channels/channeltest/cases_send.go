package channeltest

import (
	"slices"
	"strings"
	"time"

	"okno/channels"
)

// met is a person whom the desk knows because they wrote.
func (s *story) met(name string) channels.Address {
	s.Helper()
	who := s.peer.Meet(name)
	s.says(who, "hello from "+name)
	s.heard(who, "hello from "+name)
	return who
}

// crashAfter: the answer of the network is lost after it took the message. The
// person gets it, at most twice, and both copies have one key.
func crashAfter(s *story) {
	s.mortal = newMortal()
	s.opens()
	anna := s.met("Anna")
	s.mortal.loseReceipt("apple")
	s.answers(anna, "apple")
	s.until("the receipt is lost", s.mortal.lost)
	s.hurrying("the answer is sent", func() bool {
		l, _ := s.line(anna, "apple")
		return l.State == "sent"
	})
	s.arrived(anna, "apple")
	s.answers(anna, "pear")
	s.arrived(anna, "pear")
	if n := s.copies(anna, "apple"); n > 2 {
		s.Errorf("the person got %d copies", n)
	}
	if keys := s.mortal.keys("apple"); len(slices.Compact(keys)) != 1 {
		s.Errorf("one message was sent under the keys %q", keys)
	}
}

// limited: a network that wants a pause gets one; nothing is lost or said twice,
// and the order stays.
func limited(s *story) {
	s.opens()
	anna := s.met("Anna")
	able[Limiter](s.T, s.peer).Limit(3)
	for n := range 4 {
		s.answers(anna, marked("word", n))
	}
	s.hurrying("all answers arrive", func() bool { return s.copies(anna, marked("word", 3)) > 0 })
	var order []string
	for _, m := range s.peer.Got(anna) {
		if at := strings.Index(m.Text, "word-"); at >= 0 {
			order = append(order, m.Text[at:at+8])
		}
	}
	want := []string{marked("word", 0), marked("word", 1), marked("word", 2), marked("word", 3)}
	if !slices.Equal(order, want) {
		s.Errorf("arrived: %q", order)
	}
}

// revoked: the desk says that its credentials are refused, keeps its answers,
// and goes on where it was once they are good.
func revoked(s *story) {
	s.opens()
	anna := s.met("Anna")
	r := able[Revoker](s.T, s.peer)
	r.Revoke()
	kind, _ := s.peer.Connect()
	s.until("the desk says that it is refused", func() bool {
		st := s.desk.State(kind.Name)
		return !st.OK && !st.Reason.IsZero()
	})
	s.says(anna, "apple")
	s.answers(anna, "pear")
	s.within(time.Second, func() bool { // it may wait behind a notice that is tried first
		l, _ := s.line(anna, "pear")
		return l.State == "sending"
	})
	if l, _ := s.line(anna, "pear"); l.State != "sending" && l.State != "queued" || s.copies(anna, "pear") != 0 {
		s.Errorf("the answer is %s because %s", l.State, l.Reason)
	}
	r.Restore()
	s.desk.Restart() // as an administrator does who saves the settings
	s.until("the channel works again", func() bool { return s.desk.State(kind.Name).OK })
	s.heard(anna, "apple")
	s.hurrying("the answer arrives", func() bool { return s.copies(anna, "pear") > 0 })
	s.becomes(anna, "pear", "sent")
}

// unreachable: an answer to somebody who takes no more messages has failed and
// says why; others get theirs.
func unreachable(s *story) {
	s.opens()
	anna, boris := s.met("Anna"), s.met("Boris")
	able[Leaver](s.T, s.peer).Leave(anna)
	s.answers(anna, "apple")
	s.answers(boris, "pear")
	if l := s.becomes(anna, "apple", "failed"); l.Reason == "" {
		s.Error("nothing says why")
	}
	s.becomes(boris, "pear", "sent")
	s.arrived(boris, "pear")
	if n := s.copies(anna, "apple"); n != 0 {
		s.Errorf("the person got %d copies", n)
	}
}

// silence: while this network swallows everything, another channel of the desk
// works as ever; afterwards this one goes on.
func silence(s *story) {
	other := NewPeer("neighbour")
	s.opens(connected(other))
	anna := s.met("Anna")
	quiet := able[Silencer](s.T, s.peer)
	quiet.Silence(true)
	for n := range 8 { // more than there are workers
		s.answers(anna, marked("answer", n))
	}
	s.says(anna, "apple")
	for n := range 20 {
		who := other.Meet(marked("Neighbour", n))
		began := time.Now()
		other.Write(who, Message{Text: "plum"})
		s.heard(who, "plum")
		s.answers(who, "cherry")
		if !s.within(patience, func() bool { return len(other.Got(who)) > 0 }) {
			s.Fatal("the neighbour gets no answer")
		}
		// Whoever waited for the silent network would wait half a minute.
		if took := time.Since(began); took > 10*time.Second {
			s.Errorf("a neighbour's message and its answer took %v", took)
		}
	}
	quiet.Silence(false)
	s.hurrying("the channel goes on", func() bool {
		return s.counted(anna, "apple") > 0 && s.copies(anna, marked("answer", 7)) > 0
	})
	s.once(anna, "apple")
}
