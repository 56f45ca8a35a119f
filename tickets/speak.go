package tickets

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// outgoing makes what an agent says from what they typed. A reply waits for the
// undo window; it is queued when the ticket has a channel to answer by. Without
// one nothing leaves to the requester (they read it on the web), yet followers
// with an address get it all the same: whoever sends decides that by SendAt.
func (s *Service) outgoing(ctx context.Context, by Actor, w *work, kind MessageKind, n NewMessage) (Message, error) {
	a, err := s.store.Agent(ctx, by.ID)
	if err != nil {
		return Message{}, fmt.Errorf("load author: %w", missing(err, "error.denied.agents"))
	}
	m := Message{
		ID: s.store.NewID(), TicketID: w.now.ID, Kind: kind, Author: by, AuthorAs: a.Name,
		Body: n.Body, Markdown: true, Files: n.Files, CreatedAt: w.at,
	}
	if kind == Reply {
		m.ChannelID = w.now.ChannelID
		m.Delivery = firstDelivery(w.now, w.at, s.opts.UndoWindow)
	}
	return m, nil
}

// firstDelivery is where a fresh reply stands.
func firstDelivery(t Ticket, now time.Time, undo time.Duration) Delivery {
	d := Delivery{State: DeliveryNone, SendAt: now.Add(undo), At: now}
	if t.ChannelID != 0 {
		d.State = DeliveryQueued
	}
	return d
}

// incoming makes a message of what a person wrote.
func (s *Service) incoming(ctx context.Context, w *work, in Incoming) (Message, error) {
	p, err := s.store.Person(ctx, in.PersonID)
	if err != nil {
		return Message{}, fmt.Errorf("load author: %w", missing(err, "error.requester.unknown"))
	}
	return Message{
		ID: s.store.NewID(), TicketID: w.now.ID, Kind: Reply, Author: AsPerson(p.ID), AuthorAs: p.Name,
		ChannelID: in.ChannelID, Body: in.Body, Markdown: in.Markdown, Quoted: in.Quoted, HTML: in.HTML, Files: in.Files,
		Copies: in.Copies, Auto: in.Auto, Warnings: in.Warnings, Original: in.Original,
		CreatedAt: written(in.At, w.at),
	}, nil
}

// oldest is how far back we believe a sender's clock.
const oldest = 30 * 24 * time.Hour

// written answers when a message was written: what its sender says, unless that
// lies in the future or so far back that the clock must be wrong.
func written(said, now time.Time) time.Time {
	if said.After(now) || now.Sub(said) > oldest {
		return now
	}
	return said
}

// say records a message as the next event, followed by what it brings about.
func (w *work) say(by Actor, m *Message, mentions []int64, follow ...fact) error {
	m.Seq, m.AddedAt = w.now.LastSeq+1, w.at
	w.known.Messages[m.ID] = *m
	d := MessageData{MessageID: m.ID, Kind: m.Kind, Auto: m.Auto, Mentions: mentions}
	return w.record(by, append([]fact{{MessageAdded, d}}, follow...)...)
}

// keepMessage has a message written with the ticket.
func (s *Service) keepMessage(w *work, m *Message) {
	w.then(func(ctx context.Context) error {
		if err := s.store.InsertMessage(ctx, *m); err != nil {
			return fmt.Errorf("insert message: %w", err)
		}
		return nil
	})
}

// keepRef has the network's id of an incoming message written with it.
func (s *Service) keepRef(w *work, in Incoming, message int64) {
	if in.Ref == "" {
		return
	}
	w.then(func(ctx context.Context) error {
		if err := s.store.PutRef(ctx, in.Network, in.Ref, message); err != nil {
			return fmt.Errorf("put ref: %w", err)
		}
		return nil
	})
}

// earlier answers the message that the same form made before, the zero Message
// for a form not seen yet, and remembers it as having made message.
func (s *Service) earlier(ctx context.Context, once string, message int64) (Message, error) {
	if once == "" {
		return Message{}, nil
	}
	id, err := s.store.Once(ctx, once, message)
	if err != nil {
		return Message{}, fmt.Errorf("check form: %w", err)
	}
	if id == 0 || id == message {
		return Message{}, nil
	}
	return s.store.Message(ctx, id)
}

// mentioned keeps the agents a note calls: those that work here, each once,
// without its author. Replies call nobody: the requester reads them.
func (s *Service) mentioned(ctx context.Context, by Actor, kind MessageKind, ids []int64) ([]int64, error) {
	if len(ids) == 0 || kind != Note {
		return nil, nil
	}
	all, err := s.store.Agents(ctx)
	if err != nil {
		return nil, fmt.Errorf("load agents: %w", err)
	}
	var out []int64
	for _, a := range all {
		if slices.Contains(ids, a.ID) && !a.Disabled && a.ID != by.ID {
			out = append(out, a.ID)
		}
	}
	return edited(nil, out, nil), nil
}
