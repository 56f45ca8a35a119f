package web

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// stepStays is how long a toast offers to take a step back; the line of the
// conversation does so later.
const stepStays = 10 * time.Second

// stepKey names a merge or a split: the ticket that was merged, or the one that
// was split off.
type stepKey struct {
	undo   string // action that takes it back: "unmerge" or "unsplit"
	number int64
}

// step reads which merge or split an event is about.
func step(ticket int64, e tickets.Event) (key stepKey, d tickets.MoveData, ok bool) {
	if json.Unmarshal(e.Data, &d) != nil {
		return key, d, false
	}
	switch e.Type {
	case tickets.TicketMerged, tickets.TicketUnmerged:
		key = stepKey{"unmerge", d.Number}
		if d.Left == (e.Type == tickets.TicketMerged) {
			key.number = ticket
		}
	case tickets.TicketSplit, tickets.TicketUnsplit:
		key = stepKey{"unsplit", ticket}
		if d.Left == (e.Type == tickets.TicketSplit) {
			key.number = d.Number
		}
	default:
		return key, d, false
	}
	return key, d, true
}

// standing are the merges and splits nobody has undone, with what they are.
func standing(talk tickets.Conversation) map[stepKey]int64 {
	last := map[stepKey]int64{}
	for _, e := range talk.Events {
		key, _, ok := step(talk.Ticket.Number, e)
		switch {
		case !ok:
		case e.Type == tickets.TicketMerged || e.Type == tickets.TicketSplit:
			last[key] = e.Seq
		default:
			delete(last, key)
		}
	}
	return last
}

// moved tells of a merge or a split and offers to undo it while it stands.
func (s story) moved(e tickets.Event) desk.Part {
	key, d, ok := step(s.talk.Ticket.Number, e)
	if !ok {
		return desk.Part{}
	}
	args := []any{"number", d.Number}
	if e.Type == tickets.TicketMerged || e.Type == tickets.TicketSplit {
		args = append(args, "count", len(d.Messages))
	}
	p := desk.Part{Text: s.n.env.T("event."+moveWords(e.Type, d), args...), Number: d.Number}
	if s.standing[key] == e.Seq && s.talk.Ticket.DeletedAt.IsZero() {
		p.Undo = key.address()
	}
	return p
}

func (k stepKey) address() string { return fmt.Sprintf("/tickets/%d/%s", k.number, k.undo) }

// moveWords is the end of the key of what a move means for this ticket.
func moveWords(kind tickets.EventType, d tickets.MoveData) string {
	_, words, _ := strings.Cut(string(kind), ".")
	if d.Left {
		return words + ".away"
	}
	return words + ".here"
}

// linked tells of a link made or removed.
func (s story) linked(e tickets.Event) desk.Part {
	var d tickets.LinkData
	if json.Unmarshal(e.Data, &d) != nil {
		return desk.Part{}
	}
	key := "event.linked."
	if e.Type == tickets.TicketUnlinked {
		key = "event.unlinked."
	}
	return desk.Part{Text: s.n.env.T(key+linkWord(d.Kind, d.Outgoing), "number", d.Number), Number: d.Number}
}

// linkWord names a link as it reads from one of its ends.
func linkWord(kind tickets.LinkKind, outgoing bool) string {
	switch {
	case kind == tickets.LinkParent && !outgoing:
		return desk.LinkChild
	case kind == tickets.LinkDuplicate && !outgoing:
		return desk.LinkOriginal
	}
	return string(kind)
}

// stepOf is what the agent did to the ticket a moment ago and can take back.
// blocked says that its person was blocked in the same step.
func stepOf(env ui.Env, talk tickets.Conversation, blocked bool) desk.Step {
	for i := len(talk.Events) - 1; i >= 0; i-- {
		e := talk.Events[i]
		until := e.At.Add(stepStays)
		if !isAgent(e.Actor, env.Agent.ID) || !until.After(env.Now) {
			return desk.Step{}
		}
		if s := undoable(env, talk, e, blocked); s.Text != "" {
			s.Until = until
			return s
		}
	}
	return desk.Step{}
}

// undoable is how an event is taken back; no text when nothing does.
func undoable(env ui.Env, talk tickets.Conversation, e tickets.Event, blocked bool) desk.Step {
	if key, d, ok := step(talk.Ticket.Number, e); ok && standing(talk)[key] == e.Seq {
		return desk.Step{Text: env.T("did."+moveWords(e.Type, d), "number", d.Number), Action: key.address()}
	}
	if e.Type != tickets.SpamChanged || !talk.Ticket.Spam {
		return desk.Step{}
	}
	s := desk.Step{Text: env.T("did.spam"), Action: fmt.Sprintf("/tickets/%d/spam", talk.Ticket.Number), As: asHam}
	if blocked {
		s.Text, s.As = env.T("did.spam.blocked"), asHamFreed
	}
	return s
}
