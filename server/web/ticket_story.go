package web

import (
	"fmt"
	"slices"
	"strings"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/people"
	"okno/ui/desk"
)

// story turns a conversation into what the page shows: messages, and between
// them lines of what was done, one for each stretch of one actor.
type story struct {
	n         names
	requester people.Person
	followers []desk.Choice
	talk      tickets.Conversation
	chat      bool                         // many short messages in one place
	own       map[int64]tickets.Message    // written in this ticket, by seq
	foreign   []tickets.Message            // written in another, in their order
	sources   map[int64]int64              // numbers of the other tickets, by id
	asked     []fields.Field               // custom fields
	reactions map[int64][]tickets.Reaction // by message
	standing  map[stepKey]int64            // seq of merges and splits nobody has undone
	approvers map[int64]string             // names of those who have to approve, by person
	asking    map[int64]int64              // whom a question of approval was put to
}

func newStory(n names, s desk.Side, talk tickets.Conversation) story {
	st := story{
		n: n, requester: s.Person, followers: s.Followers, talk: talk, chat: n.chat(talk.Ticket.ChannelID), own: map[int64]tickets.Message{},
		reactions: tickets.Reactions(talk.Events), standing: standing(talk),
	}
	for _, m := range talk.Messages {
		if m.SourceID == 0 || m.SourceID == talk.Ticket.ID {
			st.own[m.Seq] = m
		} else {
			st.foreign = append(st.foreign, m)
		}
	}
	return st
}

// isFresh says that the reader has not seen a message of somebody else. On the
// first visit everything is new, so nothing is marked.
func (s story) isFresh(e tickets.Event) bool {
	mine := e.Actor.Kind == tickets.ByAgent && e.Actor.ID == s.n.env.Agent.ID
	return s.talk.ReadSeq > 0 && e.Seq > s.talk.ReadSeq && !mine
}

func (s story) message(m tickets.Message) desk.Message {
	number := s.talk.Ticket.Number
	channel := s.n.channel(m.ChannelID)
	out := desk.Message{
		ID: m.ID, Seq: m.Seq, Side: sideOf(m), Author: m.AuthorAs, Via: channel.Name, ViaIcon: desk.ChannelIcon(channel.Kind),
		Copies: m.Copies, At: m.CreatedAt, HTML: textOf(m), Quoted: m.Quoted, Lines: quotedLines(m.Quoted),
		Files: filesOf(number, m), Auto: m.Auto, Delivery: s.delivery(m),
		EditedAt: m.EditedAt, Removed: m.RemovedAt, Earlier: earlier(m), Reactions: emojis(s.reactions[m.ID]),
	}
	if m.SourceID != 0 && m.SourceID != s.talk.Ticket.ID {
		out.Seq, out.Source = 0, s.sources[m.SourceID] // its seq counts in another ticket
	}
	if m.Author.Kind == tickets.ByAgent {
		out.AgentID = m.Author.ID
	}
	if out.Author == "" {
		out.Author = s.actor(m.Author)
	}
	if m.HTML != "" {
		out.Original = fmt.Sprintf("/files/%d/original/%d", number, m.ID)
	}
	if m.Original != "" && channel.Kind == "email" {
		out.Raw = fmt.Sprintf("/files/%d/raw/%d", number, m.ID)
	}
	for _, warning := range m.Warnings {
		out.Warnings = append(out.Warnings, s.n.env.Sentence(warning))
	}
	return out
}

// earlier is what a message said before, the latest first.
func earlier(m tickets.Message) []desk.Earlier {
	var out []desk.Earlier
	for _, v := range slices.Backward(m.Earlier) {
		was := m
		was.Body = v.Body
		out = append(out, desk.Earlier{At: v.At, HTML: textOf(was)})
	}
	return out
}

func emojis(list []tickets.Reaction) []string {
	var out []string
	for _, r := range list {
		out = append(out, r.Emoji)
	}
	return out
}

func (s story) delivery(m tickets.Message) desk.Delivery {
	d := desk.Delivery{State: m.Delivery.State, At: m.Delivery.At, Until: m.Delivery.SendAt, Detail: m.Delivery.Detail}
	if m.Delivery.Reason.Key != "" {
		d.Reason = s.n.env.Sentence(m.Delivery.Reason)
	}
	return d
}

func sideOf(m tickets.Message) string {
	switch {
	case m.Kind == tickets.Note:
		return "note"
	case m.Author.Kind == tickets.ByPerson:
		return ""
	}
	return "agent"
}

func quotedLines(text string) int {
	if text == "" {
		return 0
	}
	return strings.Count(strings.TrimRight(text, "\n"), "\n") + 1
}

// actor names who did something.
func (s story) actor(a tickets.Actor) string {
	switch a.Kind {
	case tickets.BySystem:
		return s.n.env.T("talk.desk")
	case tickets.ByAgent:
		if name := s.n.agent(a.ID); name != "" {
			return name
		}
	case tickets.ByPerson:
		if a.ID == s.requester.ID {
			return s.requester.Name
		}
		for _, f := range s.followers {
			if f.ID == a.ID {
				return f.Name
			}
		}
		if name := s.approvers[a.ID]; name != "" {
			return name
		}
	}
	return s.n.env.T("talk.someone")
}
