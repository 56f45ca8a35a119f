package channeltest

import (
	"bytes"
	"slices"

	"okno/channels"
)

// duplicate: what the network delivers again is known.
func duplicate(s *story) {
	s.opens()
	anna := s.peer.Meet("Anna")
	s.says(anna, "apple")
	s.heard(anna, "apple")
	able[Replayer](s.T, s.peer).Replay()
	s.says(anna, "pear")
	s.heard(anna, "pear")
	s.once(anna, "apple")
}

// reorder: messages that arrive backwards are all there.
func reorder(s *story) {
	s.opens()
	anna := s.peer.Meet("Anna")
	s.says(anna, "first")
	s.heard(anna, "first")
	able[Reorderer](s.T, s.peer).Backwards(func() {
		s.says(anna, "apple")
		s.says(anna, "pear")
		s.says(anna, "plum")
	})
	s.heard(anna, "plum", "pear", "apple")
}

// late: a message that took a detour is not lost behind those that did not.
func late(s *story) {
	s.opens()
	anna, boris := s.peer.Meet("Anna"), s.peer.Meet("Boris")
	arrive := able[Delayer](s.T, s.peer).Late(func() { s.says(anna, "apple") })
	s.says(boris, "pear")
	s.heard(boris, "pear")
	if n := s.counted(anna, "apple"); n != 0 {
		s.Errorf("%d messages arrived although they were held back", n)
	}
	arrive()
	s.heard(anna, "apple")
}

// replays: everything comes three times more, shuffled, and the desk is
// restarted in between. Nothing is there twice and nothing is lost.
func replays(s *story) {
	const each = 5
	s.opens()
	known := []channels.Address{s.peer.Meet("Anna"), s.peer.Meet("Boris"), s.peer.Meet("Clara")}
	for n := range each {
		for _, who := range known {
			s.says(who, marked("word", n))
		}
	}
	for range 3 {
		able[Replayer](s.T, s.peer).Replay()
		s.desk.Restart()
	}
	s.says(known[0], "the end")
	s.heard(known[0], "the end")
	for _, who := range known {
		for n := range each {
			s.heard(who, marked("word", n))
		}
	}
}

// crashBefore: the adapter dies between storing and confirming, and before it
// could store. The network delivers again; each message is there once.
func crashBefore(s *story) {
	s.mortal = newMortal()
	s.opens()
	anna := s.peer.Meet("Anna")
	for n, stored := range []bool{true, false} {
		s.mortal.dieAt(stored)
		s.says(anna, marked("word", n))
		s.until("the adapter dies", s.mortal.died)
		s.heard(anna, marked("word", n))
	}
	s.says(anna, "the end")
	s.heard(anna, "the end")
	s.once(anna, marked("word", 0), marked("word", 1))
}

// attachments: bytes and names arrive as they left, both ways.
func attachments(s *story) {
	s.opens()
	anna := s.peer.Meet("Anna")
	files := []File{
		{Name: "отчёт за ноябрь.bin", Type: "application/octet-stream", Bytes: noise(300_000)},
		{Name: "заметка «о деле».txt", Type: "text/plain", Bytes: []byte("раз\r\nдва\n\x00три")},
	}
	s.peer.Write(anna, Message{Text: "apple", Files: files})
	s.until("the files are in the tickets", func() bool { return len(filesOf(s.desk.Lines(anna), false)) == len(files) })
	s.equal("came in", filesOf(s.desk.Lines(anna), false), files)
	s.answers(anna, "pear", files...)
	s.arrived(anna, "pear")
	var got []File
	s.until("the person has the files", func() bool {
		got = nil
		for _, m := range s.peer.Got(anna) {
			got = append(got, m.Files...)
		}
		return len(got) >= len(files)
	})
	s.equal("went out", got, files)
}

func filesOf(list []Line, ours bool) (out []File) {
	for _, l := range list {
		if l.Ours == ours {
			out = append(out, l.Files...)
		}
	}
	return out
}

// equal compares files without regard to their order.
func (s *story) equal(way string, got, want []File) {
	s.Helper()
	for _, w := range want {
		if !slices.ContainsFunc(got, func(g File) bool { return g.Name == w.Name && bytes.Equal(g.Bytes, w.Bytes) }) {
			s.Errorf("%s otherwise: %q, %d bytes", way, w.Name, len(w.Bytes))
		}
	}
	if len(got) != len(want) {
		s.Errorf("%d of %d files %s", len(got), len(want), way)
	}
}

// noise is bytes of all sorts, the same every time.
func noise(n int) []byte {
	out, x := make([]byte, n), uint32(1)
	for i := range out {
		x = x*1664525 + 1013904223
		out[i] = byte(x >> 24)
	}
	return out
}

// edited: the ticket says what the person says now, and keeps what it said.
func edited(s *story) {
	s.opens()
	anna := s.peer.Meet("Anna")
	id := s.says(anna, "apple")
	s.heard(anna, "apple")
	able[Editor](s.T, s.peer).Edit(anna, id, "pear")
	s.heard(anna, "pear")
	if l, _ := s.line(anna, "pear"); len(l.Earlier) != 1 || l.Earlier[0] != "apple" {
		s.Errorf("said before: %q", l.Earlier)
	}
	if n := s.counted(anna, "apple"); n != 0 {
		s.Errorf("%d messages still say what was changed", n)
	}
}

// removed: what a person takes back is marked as such.
func removed(s *story) {
	s.opens()
	anna := s.peer.Meet("Anna")
	id := s.says(anna, "apple")
	s.heard(anna, "apple")
	able[Remover](s.T, s.peer).Remove(anna, id)
	s.until("the message is marked", func() bool {
		l, found := s.line(anna, "apple")
		return found && l.Removed
	})
}
