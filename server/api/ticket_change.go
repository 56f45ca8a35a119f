package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"okno/tickets"
)

type getIn struct {
	Number      int64  `path:"number" minimum:"1" doc:"Number of the ticket." example:"4711"`
	IfNoneMatch string `header:"If-None-Match" doc:"An ETag; the ticket is answered only when it has another one by now." example:"\"7\""`
}

func (a *API) getTicket(ctx context.Context, by caller, in *getIn) (*ticketOut, error) {
	t, err := a.Tickets.Find(ctx, by.actor(), in.Number)
	if err != nil {
		return nil, err
	}
	if in.IfNoneMatch == etag(t.Version) {
		return &ticketOut{Status: http.StatusNotModified, ETag: in.IfNoneMatch}, nil
	}
	return a.out(ctx, t, http.StatusOK)
}

// Clearable is a text that can be left as it is, changed, or cleared by null
// and by "".
type Clearable struct {
	Given bool
	Text  string
}

// UnmarshalJSON implements json.Unmarshaler.
func (c *Clearable) UnmarshalJSON(raw []byte) error {
	c.Given = true
	if string(raw) == "null" {
		return nil
	}
	return json.Unmarshal(raw, &c.Text)
}

// Schema implements huma.SchemaProvider.
func (c Clearable) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Nullable: true}
}

// TicketChange is a set of changes; what is missing stays.
type TicketChange struct {
	Subject    *string        `json:"subject,omitempty" minLength:"1" maxLength:"300"`
	Status     *string        `json:"status,omitempty" doc:"Category or id of a status. A category is its first status." example:"solved"`
	Priority   *string        `json:"priority,omitempty" enum:"low,normal,high,urgent"`
	Team       Clearable      `json:"team" required:"false" doc:"Id or name of a team; null for none." example:"First line"`
	Assignee   Clearable      `json:"assignee" required:"false" doc:"Id or mail address of an agent, or me; null for nobody." example:"me"`
	Requester  *string        `json:"requester,omitempty" doc:"Id or mail address of a person the desk knows."`
	Spam       *bool          `json:"spam,omitempty"`
	Tags       *[]string      `json:"tags,omitempty" maxItems:"20" nullable:"false" doc:"All tags; use add_tags and remove_tags to change some."`
	AddTags    []string       `json:"add_tags,omitempty" maxItems:"20" nullable:"false"`
	RemoveTags []string       `json:"remove_tags,omitempty" maxItems:"20" nullable:"false"`
	Fields     map[string]any `json:"fields,omitempty" doc:"Answers to the desk's own fields by key; null clears one."`
}

type changeIn struct {
	Number  int64  `path:"number" minimum:"1" doc:"Number of the ticket." example:"4711"`
	IfMatch string `header:"If-Match" doc:"The ETag the change was decided on, or * for any." example:"\"7\""`
	Body    TicketChange
}

func (a *API) changeTicket(ctx context.Context, by caller, in *changeIn) (*ticketOut, error) {
	version, err := versionOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	var t tickets.Ticket
	err = a.Store.InTx(ctx, func(ctx context.Context) error {
		if t, err = a.Tickets.Find(ctx, by.actor(), in.Number); err != nil {
			return err
		}
		if version != 0 && version != t.Version {
			return a.changed(ctx, by, t, version)
		}
		c, err := a.change(ctx, by, t, in.Body)
		if err != nil {
			return err
		}
		t, err = a.Tickets.Change(ctx, by.actor(), t.ID, version, c)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.out(ctx, t, http.StatusOK)
}

// versionOf reads If-Match (RFC 9110, section 13.1.1); 0 for "*". What is no
// version of ours matches nothing.
func versionOf(header string) (int64, error) {
	switch header = strings.TrimSpace(header); header {
	case "":
		return 0, errNoVersion
	case "*":
		return 0, nil
	}
	v, err := strconv.ParseInt(strings.Trim(header, `"`), 10, 64)
	if err != nil || v < 1 {
		return -1, nil
	}
	return v, nil
}

// changed is the refusal of a change that was decided on an old version.
func (a *API) changed(ctx context.Context, by caller, t tickets.Ticket, version int64) error {
	talk, err := a.Tickets.Conversation(ctx, by.actor(), t.Number)
	if err != nil {
		return err
	}
	tr := a.Locale.T(by.lang)
	p := a.newProblem(tr, kindNamed("changed"))
	for _, e := range slices.Backward(talk.Events) {
		field, _, _ := strings.Cut(string(e.Type), ".")
		pointer := "#/" + field
		known := slices.ContainsFunc(p.Errors, func(i InputError) bool { return i.Pointer == pointer })
		if e.Seq <= version || known {
			continue
		}
		who, err := a.actorName(ctx, tr, e.Actor)
		if err != nil {
			return err
		}
		p.Errors = append(p.Errors, InputError{Pointer: pointer, Detail: tr("api.changed."+partOf(field), "who", who)})
	}
	if len(p.Errors) > 0 {
		p.Detail += " " + p.Errors[0].Detail
	}
	return p
}

// partOf is the part of a ticket an event belongs to, in the words there are.
func partOf(field string) string {
	parts := []string{"subject", "status", "priority", "team", "assignee", "requester", "tags", "fields", "message"}
	if slices.Contains(parts, field) {
		return field
	}
	return "other"
}

func (a *API) actorName(ctx context.Context, tr translator, by tickets.Actor) (string, error) {
	switch by.Kind {
	case tickets.ByAgent:
		agent, err := a.Store.Agent(ctx, by.ID)
		return agent.Name, err
	case tickets.ByPerson:
		person, err := a.Store.Person(ctx, by.ID)
		return person.Name, err
	}
	return tr("api.desk"), nil
}

// change reads what is to become of a ticket.
func (a *API) change(ctx context.Context, by caller, t tickets.Ticket, b TicketChange) (c tickets.Change, err error) {
	c = tickets.Change{Subject: b.Subject, Spam: b.Spam, AddTags: b.AddTags, RemoveTags: b.RemoveTags}
	if b.Tags != nil {
		c.AddTags = append(c.AddTags, *b.Tags...)
		c.RemoveTags = append(c.RemoveTags, without(t.Tags, *b.Tags)...)
	}
	if b.Priority != nil {
		p := priorityOf(*b.Priority)
		c.Priority = &p
	}
	if c.Fields, err = answers(b.Fields); err != nil {
		return c, err
	}
	if b.Status != nil && *b.Status != string(t.Category) { // it has a status of that category already
		if c.StatusID, err = found(a.oneStatus(ctx, *b.Status)); err != nil {
			return c, err
		}
	}
	return c, a.changeNames(ctx, by, b, &c)
}

func (a *API) changeNames(ctx context.Context, by caller, b TicketChange, c *tickets.Change) (err error) {
	if b.Team.Given {
		if c.TeamID, err = found(a.team(ctx, "team", b.Team.Text)); err != nil {
			return err
		}
	}
	if b.Assignee.Given {
		if c.AssigneeID, err = found(a.agentNamed(ctx, by, "assignee", b.Assignee.Text)); err != nil {
			return err
		}
	}
	if b.Requester != nil {
		c.RequesterID, err = found(a.personNamed(ctx, "requester", *b.Requester))
	}
	return err
}

// found points at an id that was looked for.
func found(n int64, err error) (*int64, error) { return &n, err }

func without(list, kept []string) (out []string) {
	for _, one := range list {
		if !slices.Contains(kept, one) {
			out = append(out, one)
		}
	}
	return out
}
