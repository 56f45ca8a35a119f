package web

import (
	"fmt"
	"strings"

	"okno/tickets"
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
	messages  map[int64]tickets.Message
}

func newStory(n names, requester people.Person, followers []desk.Choice, talk tickets.Conversation) story {
	s := story{n: n, requester: requester, followers: followers, talk: talk, messages: map[int64]tickets.Message{}}
	for _, m := range talk.Messages {
		s.messages[m.Seq] = m
	}
	return s
}

// entries follows the order of the log.
func (s story) entries() []desk.Entry {
	var (
		out   []desk.Entry
		line  *desk.Line
		by    tickets.Actor
		fresh bool
	)
	for _, e := range s.talk.Events {
		if m, ok := s.messages[e.Seq]; ok {
			shown := s.message(m)
			first := !fresh && s.isFresh(e)
			fresh = fresh || first
			out, line = append(out, desk.Entry{Message: &shown, Fresh: first}), nil
			continue
		}
		part := s.phrase(e)
		if part == "" {
			continue
		}
		if line == nil || by != e.Actor {
			line, by = &desk.Line{Seq: e.Seq, Who: s.actor(e.Actor)}, e.Actor
			out = append(out, desk.Entry{Line: line})
		}
		line.Parts, line.At = append(line.Parts, part), e.At
	}
	return out
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
	}
	return s.n.env.T("talk.someone")
}
