package web

import (
	"time"

	"okno/tickets"
	"okno/ui/desk"
)

// inOneBreath is how soon a message of a chat must follow another of the same
// author to be shown as its continuation.
const inOneBreath = 5 * time.Minute

// entries follows the order of the log. Messages that came from another ticket
// stand where they belong by their time.
func (s story) entries() []desk.Entry {
	w := telling{story: s}
	for _, e := range s.talk.Events {
		w.before(e.At)
		if m, ok := s.own[e.Seq]; ok {
			w.say(m, s.isFresh(e))
		} else if part := s.phrase(e); part.Text != "" {
			w.do(e, part)
		}
	}
	w.rest()
	return w.out
}

// telling is a conversation while it is put together.
type telling struct {
	story
	out    []desk.Entry
	line   *desk.Line    // the stretch that goes on
	by     tickets.Actor // whose it is
	fresh  bool          // something new was marked
	passed int           // how many foreign messages have been told
}

// before tells the foreign messages that were said until then.
func (w *telling) before(at time.Time) {
	for w.passed < len(w.foreign) && !w.foreign[w.passed].AddedAt.After(at) {
		w.say(w.foreign[w.passed], false)
		w.passed++
	}
}

func (w *telling) rest() {
	for _, m := range w.foreign[w.passed:] {
		w.say(m, false)
	}
}

func (w *telling) say(m tickets.Message, fresh bool) {
	shown := w.message(m)
	first := fresh && !w.fresh
	w.fresh = w.fresh || fresh
	shown.Follows = w.chat && !first && w.goesOn(shown)
	w.out, w.line = append(w.out, desk.Entry{Message: &shown, Fresh: first}), nil
}

// goesOn says that a message continues the one before it.
func (w *telling) goesOn(m desk.Message) bool {
	if len(w.out) == 0 {
		return false
	}
	last := w.out[len(w.out)-1].Message
	return last != nil && last.Author == m.Author && last.Side == m.Side && last.Source == m.Source && m.At.Sub(last.At) < inOneBreath
}

func (w *telling) do(e tickets.Event, part desk.Part) {
	if w.line == nil || w.by != e.Actor {
		w.line, w.by = &desk.Line{Seq: e.Seq, Who: w.actor(e.Actor)}, e.Actor
		w.out = append(w.out, desk.Entry{Line: w.line})
	}
	w.line.Parts, w.line.At = append(w.line.Parts, part), e.At
	if part.Undo != "" {
		w.line = nil // its button ends the line
	}
}
