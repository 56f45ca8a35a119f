package hub

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"okno/channels"
	"okno/channels/markdown"
	"okno/tickets"
)

// scene is what a notice of an event has to know besides the event.
type scene struct {
	ticket   tickets.Ticket
	together []tickets.Event // recorded by the same somebody in the same moment, the event among them
	statuses []tickets.Status
	names    map[int64]string // of agents
	language string
}

// notice says in a chat what an event means to the person who asked; false when
// it means nothing to them. What they did themselves is confirmed only where it
// opened a ticket. A reply speaks for itself: that somebody works on the ticket,
// or waits for an answer, is not told beside it.
func notice(e tickets.Event, s scene) (channels.Text, bool) {
	if s.ticket.Spam || !s.ticket.DeletedAt.IsZero() {
		return channels.Text{}, false
	}
	own := e.Actor == tickets.AsPerson(s.ticket.RequesterID)
	switch {
	case e.Type == tickets.TicketCreated:
		return s.created(e)
	case own || s.has(tickets.MessageWithdrawn):
		return channels.Text{}, false
	case e.Type == tickets.StatusChanged:
		return s.moved(changeOf(e))
	case e.Type == tickets.AssigneeChanged:
		return s.assigned(e)
	}
	return s.joined(e)
}

// created confirms a ticket somebody opened by writing. One that an agent opened
// begins with their reply, which says all.
func (s scene) created(e tickets.Event) (channels.Text, bool) {
	var d tickets.CreatedData
	if e.Actor.Kind != tickets.ByPerson || json.Unmarshal(e.Data, &d) != nil {
		return channels.Text{}, false
	}
	return s.text("hub.notice.created", d.StatusID, "subject", markdown.Escape(d.Subject)), true
}

// moved tells a new status.
func (s scene) moved(from, to int64) (channels.Text, bool) {
	was, is := s.status(from), s.status(to)
	key := s.approval(statusNotice(was.Category, is.Category), is.Category)
	spoken := s.replied() && (is.Category == tickets.Open || is.Category == tickets.Waiting)
	if key == "hub.notice.taken" {
		return s.taken(key, to), !spoken
	}
	return s.text(key, to), !spoken && key != ""
}

// approval says what a status means that approval brought about. That a ticket
// was closed says the refusal itself.
func (s scene) approval(key string, is tickets.Category) string {
	switch {
	case s.has(tickets.ApprovalAsked) && is == tickets.OnHold:
		return "hub.notice.approval"
	case s.has(tickets.ApprovalSettled) && is == tickets.New:
		return "hub.notice.approved"
	case s.has(tickets.ApprovalSettled) && s.replied() && s.together[0].Actor.Kind == tickets.BySystem:
		return ""
	}
	return key
}

// statusNotice chooses the sentence by what the status meant before and means
// now; whatever an administrator called it stands beside the sentence.
func statusNotice(was, is tickets.Category) string {
	switch {
	case was == is, is == tickets.New:
		return "hub.notice.status"
	case is == tickets.Open && was == tickets.New:
		return "hub.notice.taken"
	case is == tickets.Open && !was.Active():
		return "hub.notice.reopened"
	case is == tickets.Open:
		return "hub.notice.resumed"
	}
	return "hub.notice." + string(is)
}

// taken names who works on the ticket.
func (s scene) taken(key string, status int64) channels.Text {
	who := s.ticket.AssigneeID
	for _, e := range s.together {
		if e.Type == tickets.AssigneeChanged {
			_, who = changeOf(e)
		}
	}
	if name := s.names[who]; name != "" {
		return s.text(key, status, "name", markdown.Escape(name))
	}
	return s.text("hub.notice.resumed", status)
}

// assigned tells whose the ticket is now, unless that comes with the news that
// they work on it.
func (s scene) assigned(e tickets.Event) (channels.Text, bool) {
	_, to := changeOf(e)
	if s.names[to] == "" || s.replied() || s.starts() || !s.ticket.Category.Active() {
		return channels.Text{}, false
	}
	return s.text("hub.notice.assigned", s.ticket.StatusID, "name", markdown.Escape(s.names[to])), true
}

// starts says that the ticket went into work in the same moment.
func (s scene) starts() bool {
	return slices.ContainsFunc(s.together, func(e tickets.Event) bool {
		if e.Type != tickets.StatusChanged {
			return false
		}
		from, to := changeOf(e)
		return statusNotice(s.status(from).Category, s.status(to).Category) == "hub.notice.taken"
	})
}

// joined tells under which number the person's request goes on.
func (s scene) joined(e tickets.Event) (channels.Text, bool) {
	var d tickets.MoveData
	if json.Unmarshal(e.Data, &d) != nil {
		return channels.Text{}, false
	}
	other := number(d.Number)
	switch {
	case d.Left && (e.Type == tickets.TicketMerged || e.Type == tickets.TicketUnsplit):
		return s.text("hub.notice.merged", s.ticket.StatusID, "other", other), true
	case !d.Left && e.Type == tickets.TicketUnmerged:
		return s.text("hub.notice.unmerged", s.ticket.StatusID, "other", other), true
	case !d.Left && e.Type == tickets.TicketSplit:
		return s.text("hub.notice.split", s.ticket.StatusID, "other", other, "subject", markdown.Escape(s.ticket.Subject)), true
	}
	return channels.Text{}, false
}

// text is a sentence about the ticket; it always has its number and status.
func (s scene) text(key string, status int64, pairs ...string) channels.Text {
	x := s.status(status)
	pairs = append(pairs, "ticket", number(s.ticket.Number), "status", markdown.Escape(strings.TrimSpace(x.Emoji+" "+s.called(x))))
	return say(key, pairs...)
}

// called is the name of a status in the person's language.
func (s scene) called(x tickets.Status) string {
	if s.language == "ru" {
		return x.NameRU
	}
	return x.NameEN
}

func (s scene) status(id int64) tickets.Status {
	for _, x := range s.statuses {
		if x.ID == id {
			return x
		}
	}
	return tickets.Status{}
}

// has says that an event of a type belongs to the same moment.
func (s scene) has(kind tickets.EventType) bool {
	return slices.ContainsFunc(s.together, func(e tickets.Event) bool { return e.Type == kind })
}

func (s scene) replied() bool { return s.reply() != 0 }

// reply answers the reply an agent sent in the same moment, 0 when none.
func (s scene) reply() int64 {
	for _, e := range s.together {
		var d tickets.MessageData
		if e.Type == tickets.MessageAdded && json.Unmarshal(e.Data, &d) == nil && d.Kind == tickets.Reply {
			return d.MessageID
		}
	}
	return 0
}

// changeOf reads the ids a change is about.
func changeOf(e tickets.Event) (from, to int64) {
	var d tickets.ChangeData
	if json.Unmarshal(e.Data, &d) != nil {
		return 0, 0
	}
	from, _ = strconv.ParseInt(d.From, 10, 64) // what the log wrote reads back
	to, _ = strconv.ParseInt(d.To, 10, 64)
	return from, to
}
