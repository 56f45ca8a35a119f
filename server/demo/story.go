package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"okno/channels"
	"okno/tickets"
	"okno/tickets/people"
)

// Stage is a fresh desk on which Tell plays.
type Stage struct {
	Desk
	Tickets  *tickets.Service
	Settings Settings
	// Recall puts what was said in the pretend chat onto the phones.
	Recall func(player string, m Said)
}

// Settings keeps what an administrator sets once.
type Settings interface {
	PutSetting(ctx context.Context, key, value string) error
}

// Told is what a desk was furnished with.
type Told struct {
	Administrator            people.Agent
	Password                 string // of every agent
	Tickets, Persons, Agents int
}

// storyLasts is more than the oldest tale is ago.
const storyLasts = 15 * 24 * time.Hour

// stage is the desk while the tales are played.
type stage struct {
	Stage
	began    time.Time // the real time, from which tales count back
	agents   map[string]people.Agent
	teams    map[string]people.Team
	persons  map[string]people.Person
	networks map[string]channels.Connection // by kind
	statuses []tickets.Status
	opened   map[string]tickets.Ticket // by the key of their tale
	refs     int
}

// Tell furnishes a desk that never had a ticket: agents, teams, people, channels
// and fields, and two weeks of tickets in Russian and English up to now.
func Tell(ctx context.Context, d Stage, password string) (Told, error) {
	tales, err := readTales()
	if err != nil {
		return Told{}, err
	}
	defer d.Clock.release()
	s := &stage{Stage: d, began: d.Clock.Now(), opened: map[string]tickets.Ticket{}}
	d.Clock.turn(s.began.Add(-storyLasts))
	told := Told{Password: password, Tickets: len(tales)}
	if err := s.furnish(ctx, password); err != nil {
		return told, err
	}
	told.Administrator, told.Persons, told.Agents = s.agents[staff()[0].key], len(s.persons), len(s.agents)
	for _, b := range s.beats(tales) {
		d.Clock.turn(b.at)
		if err := b.do(ctx); err != nil {
			return told, fmt.Errorf("tale %s: %w", b.tale.Key, err)
		}
	}
	d.Clock.release()
	return told, d.skip(ctx)
}

// beat is one step of a tale at its time.
type beat struct {
	at   time.Time
	tale *tale
	do   func(ctx context.Context) error
}

// beats are the steps of all tales in the order of time.
func (s *stage) beats(tales []tale) []beat {
	var all []beat
	for i := range tales {
		t := &tales[i]
		at := s.began.Add(-t.Ago)
		for k := range t.Steps {
			step := &t.Steps[k]
			at = at.Add(step.After)
			all = append(all, beat{at, t, func(ctx context.Context) error { return s.play(ctx, t, step) }})
		}
	}
	slices.SortStableFunc(all, func(a, b beat) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	return all
}

// play does one step. The first of a tale opens its ticket.
func (s *stage) play(ctx context.Context, t *tale, step *step) error {
	if _, open := s.opened[t.Key]; !open {
		return s.open(ctx, t, step)
	}
	switch {
	case step.Says != "":
		return s.says(ctx, t, step)
	case step.Reply != "":
		return s.replies(ctx, t, step)
	case step.Note != "":
		return s.notes(ctx, t, step)
	case step.Into != "":
		_, err := s.Tickets.Merge(ctx, s.actor(step), s.opened[t.Key].ID, s.opened[step.Into].ID)
		return err
	}
	return s.changes(ctx, t, step)
}

// actor is the agent of a step.
func (s *stage) actor(step *step) tickets.Actor { return tickets.AsAgent(s.agents[step.By]) }

// status is the first status of a category, 0 for none.
func (s *stage) status(c tickets.Category) int64 {
	for _, x := range s.statuses {
		if x.Category == c {
			return x.ID
		}
	}
	return 0
}

// errStranger is a tale about somebody who is not in the cast.
var errStranger = errors.New("nobody of that name")

// incoming is what the person of a tale writes.
func (s *stage) incoming(t *tale, step *step) (tickets.Incoming, error) {
	p, ok := s.persons[t.Who]
	if !ok {
		return tickets.Incoming{}, fmt.Errorf("%w: %s", errStranger, t.Who)
	}
	s.refs++
	in := tickets.Incoming{
		PersonID: p.ID, ChannelID: s.networks[t.network()].ID, Network: t.network(), Body: step.Says,
		Ref: fmt.Sprintf("told-%d", s.refs), At: s.Clock.Now(),
	}
	s.recall(t, Said{ID: in.Ref, Mine: true, Author: p.Name, Text: in.Body, At: in.At})
	return in, nil
}

// recall shows a message on the phone of whoever wrote by chat.
func (s *stage) recall(t *tale, m Said) {
	if t.network() == chatNetwork {
		s.Recall(t.Who, m)
	}
}

func (s *stage) open(ctx context.Context, t *tale, step *step) error {
	in, err := s.incoming(t, step)
	if err != nil {
		return err
	}
	n := tickets.NewTicket{
		Subject: cmp.Or(t.Subject, tickets.Snippet(step.Says)), RequesterID: in.PersonID, TeamID: s.teams[t.Team].ID,
		ChannelID: in.ChannelID, Tags: t.Tags, Priority: tickets.Priority(t.Priority), Fields: s.dated(t.Fields), Incoming: &in,
	}
	if t.network() == chatNetwork {
		n.Place = t.Who
	}
	s.opened[t.Key], _, err = s.Tickets.Create(ctx, tickets.AsPerson(in.PersonID), n)
	return err
}

func (s *stage) says(ctx context.Context, t *tale, step *step) error {
	in, err := s.incoming(t, step)
	if err != nil {
		return err
	}
	_, err = s.Tickets.Receive(ctx, s.opened[t.Key].ID, in)
	return err
}

func (s *stage) notes(ctx context.Context, t *tale, step *step) error {
	n := tickets.NewMessage{Body: step.Note, Then: s.status(step.Then)}
	if step.Mentions != "" {
		n.Mentions = []int64{s.agents[step.Mentions].ID}
	}
	_, err := s.Tickets.Note(ctx, s.actor(step), s.opened[t.Key].ID, n)
	return err
}

// dated are the answers of a tale; a "+4" is the day four days from now.
func (s *stage) dated(told map[string]string) map[string]string {
	out := map[string]string{}
	for key, answer := range told {
		if days, err := strconv.Atoi(strings.TrimPrefix(answer, "+")); err == nil && strings.HasPrefix(answer, "+") {
			answer = s.began.AddDate(0, 0, days).Format(time.DateOnly)
		}
		out[key] = answer
	}
	return out
}

// changes takes, moves, marks or reads the ticket.
func (s *stage) changes(ctx context.Context, t *tale, step *step) error {
	by, id := s.actor(step), s.opened[t.Key].ID
	c := tickets.Change{Fields: s.dated(step.Fields)}
	if step.Then != "" {
		status := s.status(step.Then)
		c.StatusID = &status
	}
	if step.Take {
		c.AssigneeID = &by.ID
	}
	if step.Spam {
		c.Spam = &step.Spam
	}
	if _, err := s.Tickets.Change(ctx, by, id, 0, c); err != nil {
		return err
	}
	return s.Tickets.MarkRead(ctx, by, id)
}
