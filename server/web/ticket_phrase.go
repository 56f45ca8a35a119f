package web

import (
	"encoding/json"
	"strings"

	"okno/tickets"
	"okno/ui/desk"
)

// phrase says what an event did, in a few words without a verb, so that it
// reads well after any name. No text leaves the event out of the conversation.
func (s story) phrase(e tickets.Event) desk.Part {
	switch e.Type {
	case tickets.TicketMerged, tickets.TicketUnmerged, tickets.TicketSplit, tickets.TicketUnsplit:
		return s.moved(e)
	case tickets.TicketLinked, tickets.TicketUnlinked:
		return s.linked(e)
	}
	return desk.Part{Text: s.said(e)}
}

// said is the phrase of an event that leads nowhere.
func (s story) said(e tickets.Event) string {
	switch e.Type {
	case tickets.TicketCreated:
		return s.created(e)
	case tickets.TagsChanged:
		return s.list(e, "event.tags", func(tag string) string { return tag })
	case tickets.FollowersChanged:
		return s.list(e, "event.followers", s.follower)
	case tickets.FieldsChanged:
		return s.field(e)
	case tickets.BounceReceived:
		return s.bounced(e)
	case tickets.MessageEdited, tickets.MessageExtended, tickets.MessageRemoved, tickets.MessageReacted, tickets.ReachChanged:
		return s.acted(e)
	case tickets.ApprovalAsked, tickets.ApprovalReminded, tickets.ApprovalAnswered, tickets.ApprovalSettled:
		return s.approval(e)
	case tickets.TicketDeleted:
		return s.n.env.T("event.deleted")
	case tickets.TicketRated:
		return s.rated(e)
	case tickets.TicketReopened:
		return s.n.env.T("event.reopened")
	case tickets.TicketRestored:
		return s.n.env.T("event.restored")
	case tickets.MessageAdded, tickets.MessageWithdrawn, tickets.DeliverySettled:
		return "" // the message itself shows it
	}
	return s.changed(e)
}

func (s story) bounced(e tickets.Event) string {
	var d tickets.DeliveryData
	if json.Unmarshal(e.Data, &d) != nil {
		return ""
	}
	if d.State != tickets.DeliveryFailed {
		return s.n.env.T("event.late", "recipient", d.Recipient)
	}
	return s.n.env.T("event.bounce", "recipient", d.Recipient)
}

// created is told only of tickets made by hand: a message says it of others.
func (s story) created(e tickets.Event) string {
	if e.Actor.Kind != tickets.ByAgent {
		return ""
	}
	return s.n.env.T("event.created")
}

func (s story) changed(e tickets.Event) string {
	var d tickets.ChangeData
	if json.Unmarshal(e.Data, &d) != nil {
		return ""
	}
	t, id := s.n.env.T, parseID(d.To)
	switch e.Type {
	case tickets.StatusChanged:
		return t("event.status", "to", s.n.status(id).Name)
	case tickets.PriorityChanged:
		return t("event.priority", "to", s.n.priority(tickets.Priority(id)))
	case tickets.TeamChanged:
		return orNone(id, t("event.noteam"), t("event.team", "to", s.n.team(id)))
	case tickets.AssigneeChanged:
		return orNone(id, t("event.nobody"), t("event.assignee", "to", s.n.agent(id)))
	case tickets.RequesterChanged:
		return t("event.requester", "to", s.actor(tickets.AsPerson(id)))
	case tickets.SubjectChanged:
		return t("event.subject", "to", d.To)
	case tickets.SpamChanged:
		if d.To == "true" {
			return t("event.spam")
		}
		return t("event.notspam")
	}
	return ""
}

func orNone(id int64, none, some string) string {
	if id == 0 {
		return none
	}
	return some
}

// list says what a list gained and lost.
func (s story) list(e tickets.Event, key string, name func(string) string) string {
	var d tickets.ListData
	if json.Unmarshal(e.Data, &d) != nil {
		return ""
	}
	var parts []string
	for _, change := range []struct {
		key   string
		items []string
	}{{key + ".added", d.Added}, {key + ".removed", d.Removed}} {
		if len(change.items) == 0 {
			continue
		}
		var named []string
		for _, item := range change.items {
			named = append(named, name(item))
		}
		parts = append(parts, s.n.env.T(change.key, "names", strings.Join(named, ", ")))
	}
	return strings.Join(parts, ", ")
}

func (s story) follower(id string) string {
	return s.actor(tickets.AsPerson(parseID(id)))
}
