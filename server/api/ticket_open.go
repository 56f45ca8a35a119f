package api

import (
	"context"
	"fmt"
	"net/mail"
	"strconv"
	"strings"

	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
)

// Asker is who asks, in a request that may make them known.
type Asker struct {
	Name     string `json:"name,omitempty" maxLength:"100" doc:"Used when the desk has no name for the address yet." example:"Ira Orlova"`
	Email    string `json:"email,omitempty" maxLength:"254" doc:"Their mail address; replies go there." example:"ira@example.org"`
	ID       string `json:"id,omitempty" doc:"Instead of the address: the id of a person the desk knows."`
	Language string `json:"language,omitempty" enum:"en,ru" doc:"The language the desk writes to them in, when it does not know yet."`
}

// NewTicket is what it takes to open a ticket.
type NewTicket struct {
	Subject     string         `json:"subject,omitempty" minLength:"1" maxLength:"300" doc:"Needed without a request type." example:"The printer prints nothing"`
	Body        string         `json:"body,omitempty" maxLength:"200000" doc:"What they ask, as Markdown or plain text; needed without a request type." example:"It hums and blinks, but no paper comes out."`
	Requester   Asker          `json:"requester"`
	Team        string         `json:"team,omitempty" doc:"Id or name of the team that owns it." example:"First line"`
	Assignee    string         `json:"assignee,omitempty" doc:"Id or mail address of an agent, or me."`
	Priority    string         `json:"priority,omitempty" enum:"low,normal,high,urgent" default:"normal"`
	Status      string         `json:"status,omitempty" doc:"Category or id of a status; new unless told." example:"new"`
	Tags        []string       `json:"tags,omitempty" maxItems:"20" nullable:"false" example:"[\"printer\"]"`
	Fields      map[string]any `json:"fields,omitempty" doc:"Answers to the desk's own fields by key: texts, numbers or booleans, see GET /fields."`
	Attachments []string       `json:"attachments,omitempty" maxItems:"20" nullable:"false" doc:"Ids that POST /files answered."`
	RequestType string         `json:"request_type,omitempty" doc:"Key of a request type, see GET /request-types. It decides subject, team, priority and tags." example:"guest_pass"`
	Answers     map[string]any `json:"answers,omitempty" doc:"Answers to the steps of the request type by key: texts, numbers, booleans, lists of options or of ids of files."`
}

type openIn struct{ Body NewTicket }

func (a *API) openTicket(ctx context.Context, by caller, in *openIn) (*ticketOut, error) {
	if in.Body.RequestType != "" {
		return a.openRequest(ctx, by, in.Body)
	}
	n, err := a.newTicket(ctx, by, in.Body)
	if err != nil {
		return nil, err
	}
	var t tickets.Ticket
	err = a.Store.InTx(ctx, func(ctx context.Context) error {
		p, err := a.asker(ctx, in.Body.Requester)
		if err != nil {
			return err
		}
		n.RequesterID, n.Incoming.PersonID = p.ID, p.ID
		t, _, err = a.Tickets.Create(ctx, by.actor(), n)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.opened(ctx, t)
}

// newTicket reads everything but who asks.
func (a *API) newTicket(ctx context.Context, by caller, b NewTicket) (n tickets.NewTicket, err error) {
	if strings.TrimSpace(b.Subject) == "" {
		return n, tickets.NewError(tickets.Invalid, "subject", "error.subject.empty")
	}
	if len(b.Answers) > 0 {
		return n, tickets.NewError(tickets.Invalid, "answers", "error.request.untyped")
	}
	if strings.TrimSpace(b.Body) == "" && len(b.Attachments) == 0 {
		return n, tickets.NewError(tickets.Invalid, "body", "error.body.empty")
	}
	n = tickets.NewTicket{Subject: b.Subject, Priority: priorityOf(b.Priority), Tags: b.Tags}
	if n.Fields, err = answers(b.Fields); err != nil {
		return n, err
	}
	if n.TeamID, err = a.team(ctx, "team", b.Team); err != nil {
		return n, err
	}
	if n.AssigneeID, err = a.agentNamed(ctx, by, "assignee", b.Assignee); err != nil {
		return n, err
	}
	if n.StatusID, err = a.oneStatus(ctx, b.Status); err != nil {
		return n, err
	}
	files, err := a.uploads(ctx, by, b.Attachments)
	if err != nil {
		return n, err
	}
	list, err := a.Hub.Channels(ctx)
	if err != nil {
		return n, fmt.Errorf("load channels: %w", err)
	}
	n.ChannelID = hub.Mailbox(list, n.TeamID)
	n.Incoming = &tickets.Incoming{Body: b.Body, Files: files, ChannelID: n.ChannelID}
	return n, nil
}

// oneStatus is the first status of a category, or the one with an id; 0 for "".
func (a *API) oneStatus(ctx context.Context, text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	found, err := a.status(ctx, text)
	if err != nil {
		return 0, err
	}
	return found[0], nil
}

// asker finds or makes who asks.
func (a *API) asker(ctx context.Context, r Asker) (people.Person, error) {
	if r.ID != "" {
		n, err := a.personNamed(ctx, "requester", r.ID)
		return people.Person{ID: n}, err
	}
	at, err := mail.ParseAddress(strings.TrimSpace(r.Email))
	if err != nil {
		return people.Person{}, &tickets.Error{Kind: tickets.Invalid, Field: "requester/email", Message: "error.people.email.form", Err: err}
	}
	return a.People.Known(ctx, mailNetwork, strings.ToLower(at.Address), strings.TrimSpace(r.Name), r.Language)
}

// answers writes the values of fields as they are typed.
func answers(values map[string]any) (map[string]string, error) {
	if values == nil {
		return nil, nil
	}
	out := make(map[string]string, len(values))
	for key, v := range values {
		text, ok := typed(v)
		if !ok {
			return nil, tickets.NewError(tickets.Invalid, "fields/"+key, "api.invalid.value")
		}
		out[key] = text
	}
	return out, nil
}

// typed is a value as somebody would type it; null clears.
func typed(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case []any:
		return typedList(v)
	}
	return "", false
}

func typedList(list []any) (string, bool) {
	parts := make([]string, len(list))
	for i, one := range list {
		text, ok := one.(string)
		if !ok {
			return "", false
		}
		parts[i] = text
	}
	return strings.Join(parts, ","), true
}
