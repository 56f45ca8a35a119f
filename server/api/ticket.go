package api

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
)

// Ticket is one request as programs see it.
type Ticket struct {
	ID             string            `json:"id" doc:"Never changes." example:"7260152823513088"`
	Number         int64             `json:"number" doc:"What people call it; never changes." example:"4711"`
	Version        int64             `json:"version" doc:"Grows with everything that happens to the ticket. It is the ETag, and what If-Match wants." example:"7"`
	Subject        string            `json:"subject" example:"The printer prints nothing"`
	Status         string            `json:"status" enum:"new,open,waiting,hold,solved,closed" doc:"What the status means, whatever the desk calls it." example:"open"`
	StatusID       string            `json:"status_id" doc:"The status itself, see GET /statuses." example:"2"`
	Priority       string            `json:"priority" enum:"low,normal,high,urgent" example:"normal"`
	Team           *Ref              `json:"team,omitempty" doc:"Who owns it; missing for nobody."`
	Assignee       *Ref              `json:"assignee,omitempty" doc:"The agent who works on it; missing for nobody."`
	Requester      Ref               `json:"requester" doc:"Who asks."`
	Channel        *ChannelRef       `json:"channel,omitempty" doc:"Where it was opened and where replies leave; missing when nothing leaves."`
	Tags           []string          `json:"tags" nullable:"false" example:"[\"printer\"]"`
	Followers      []string          `json:"followers" nullable:"false" doc:"Ids of the persons who get every reply too."`
	Fields         map[string]string `json:"fields" doc:"Answers to the desk's own fields, see GET /fields."`
	Spam           bool              `json:"spam" doc:"It is in no list but that of spam."`
	Snippet        string            `json:"snippet" doc:"First words of the last message." example:"It hums and blinks, but no paper comes out."`
	Undelivered    int               `json:"undelivered" doc:"Replies that could not be delivered." example:"0"`
	MergedInto     int64             `json:"merged_into,omitempty" doc:"Number of the ticket that has the messages of this one now."`
	CreatedAt      time.Time         `json:"created_at"`
	UpdatedAt      time.Time         `json:"updated_at" doc:"When something worth a look happened last."`
	WaitingSince   *time.Time        `json:"waiting_since,omitempty" doc:"Since when the requester waits for an answer; missing when they do not."`
	SolvedAt       *time.Time        `json:"solved_at,omitempty" doc:"Missing while it is active."`
	DeletedAt      *time.Time        `json:"deleted_at,omitempty" doc:"It is removed for good 30 days later."`
	RequestType    string            `json:"request_type,omitempty" doc:"Key of the request type it was made with; read with a single ticket." example:"guest_pass"`
	RequestVersion int               `json:"request_version,omitempty" doc:"Version of that type."`
	Answers        map[string]string `json:"answers,omitempty" doc:"What was answered, by step, in the form of GET /fields; empty for what was skipped, a count for files."`
	Rating         int               `json:"rating,omitempty" doc:"What the requester thought of the work: 1 to 5; missing when they did not say." example:"5"`
	URL            string            `json:"url" doc:"Where agents read it." example:"https://desk.example.org/tickets/4711"`
}

// ChannelRef is a channel of a ticket.
type ChannelRef struct {
	ID   string `json:"id" example:"1837462910"`
	Kind string `json:"kind" example:"email"`
}

// ticketOut is a ticket with its version where HTTP has it.
type ticketOut struct {
	Status   int
	ETag     string `header:"ETag" doc:"The version, in quotes." example:"\"7\""`
	Location string `header:"Location"`
	Body     Ticket
}

// out answers a ticket that was read or changed.
func (a *API) out(ctx context.Context, t tickets.Ticket, status int) (*ticketOut, error) {
	row, err := a.row(ctx, t)
	if err != nil {
		return nil, err
	}
	all, err := a.shown(ctx, []tickets.Row{row})
	if err != nil {
		return nil, err
	}
	out := &ticketOut{Status: status, ETag: etag(t.Version), Body: all[0]}
	if err := a.asked(ctx, t, &out.Body); err != nil {
		return nil, err
	}
	if t.MergedInto != 0 {
		into, err := a.Store.Ticket(ctx, t.MergedInto)
		if err != nil {
			return nil, fmt.Errorf("load ticket it was merged into: %w", err)
		}
		out.Body.MergedInto = into.Number
	}
	return out, nil
}

func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// row reads the names beside a ticket.
func (a *API) row(ctx context.Context, t tickets.Ticket) (tickets.Row, error) {
	r := tickets.Row{Ticket: t}
	asks, err := a.Store.Person(ctx, t.RequesterID)
	if err != nil {
		return r, fmt.Errorf("load requester: %w", err)
	}
	r.Requester = asks.Name
	if t.AssigneeID != 0 {
		works, err := a.Store.Agent(ctx, t.AssigneeID)
		if err != nil && !errors.Is(err, people.ErrMissing) {
			return r, fmt.Errorf("load assignee: %w", err)
		}
		r.Assignee = works.Name
	}
	if t.ChannelID != 0 {
		r.ChannelKind, err = a.kindOfChannel(ctx, t.ChannelID)
	}
	return r, err
}

func (a *API) kindOfChannel(ctx context.Context, channel int64) (string, error) {
	all, err := a.Hub.Channels(ctx)
	if err != nil {
		return "", fmt.Errorf("load channels: %w", err)
	}
	return channelNamed(all, channel).Kind, nil
}

func channelNamed(all []hub.Channel, id int64) hub.Channel {
	for _, c := range all {
		if c.ID == id {
			return c
		}
	}
	return hub.Channel{}
}

// shown makes tickets of rows; the names of teams are read once.
func (a *API) shown(ctx context.Context, rows []tickets.Row) ([]Ticket, error) {
	teams, err := a.Store.Teams(ctx)
	if err != nil {
		return nil, fmt.Errorf("load teams: %w", err)
	}
	names := map[int64]string{}
	for _, t := range teams {
		names[t.ID] = t.Name
	}
	out := make([]Ticket, len(rows))
	for i, r := range rows {
		out[i] = a.view(r, names)
	}
	return out, nil
}

func (a *API) view(r tickets.Row, teams map[int64]string) Ticket {
	t := Ticket{
		ID: id(r.ID), Number: r.Number, Version: r.Version, Subject: r.Subject, Status: string(r.Category),
		StatusID: id(r.StatusID), Priority: priorityName(r.Priority), Requester: Ref{id(r.RequesterID), r.Requester},
		Tags: filled(r.Tags), Followers: texts(r.Followers), Fields: r.Fields, Spam: r.Spam, Snippet: r.Snippet,
		Undelivered: r.Undelivered, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, WaitingSince: moment(r.WaitingSince),
		SolvedAt: moment(r.SolvedAt), DeletedAt: moment(r.DeletedAt), Rating: r.Rating,
		URL: a.PublicURL + "/tickets/" + strconv.FormatInt(r.Number, 10),
	}
	t.Team, t.Assignee = ref(r.TeamID, teams[r.TeamID]), ref(r.AssigneeID, r.Assignee)
	if r.ChannelID != 0 {
		t.Channel = &ChannelRef{id(r.ChannelID), r.ChannelKind}
	}
	if t.Fields == nil {
		t.Fields = map[string]string{}
	}
	return t
}

// ref is nil for nobody.
func ref(n int64, name string) *Ref {
	if n == 0 {
		return nil
	}
	return &Ref{id(n), name}
}

// moment is nil for never.
func moment(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// filled is a list that JSON writes as one, even when it is empty.
func filled[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func texts(ids []int64) []string {
	out := make([]string, len(ids))
	for i, n := range ids {
		out[i] = id(n)
	}
	return out
}
