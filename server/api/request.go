package api

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// openRequest opens a ticket by a form.
func (a *API) openRequest(ctx context.Context, by caller, b NewTicket) (*ticketOut, error) {
	if err := decided(b); err != nil {
		return nil, err
	}
	n, err := a.newRequest(ctx, by, b)
	if err != nil {
		return nil, err
	}
	var t tickets.Ticket
	err = a.Store.InTx(ctx, func(ctx context.Context) error {
		p, err := a.asker(ctx, b.Requester)
		if err != nil {
			return err
		}
		n.RequesterID = p.ID
		t, _, err = a.Tickets.Request(ctx, by.actor(), n)
		return placed(err)
	})
	if err != nil {
		return nil, err
	}
	return a.opened(ctx, t)
}

// decided refuses what the request type says itself.
func decided(b NewTicket) error {
	for part, given := range map[string]bool{
		"subject": b.Subject != "", "team": b.Team != "", "assignee": b.Assignee != "", "status": b.Status != "",
		"tags": len(b.Tags) > 0, "fields": len(b.Fields) > 0, "attachments": len(b.Attachments) > 0,
	} {
		if given {
			return tickets.NewError(tickets.Invalid, part, "error.request.decided")
		}
	}
	return nil
}

// newRequest reads everything but who asks.
func (a *API) newRequest(ctx context.Context, by caller, b NewTicket) (n tickets.NewRequest, err error) {
	c, err := a.Tickets.Catalog(ctx, by.actor())
	if err != nil {
		return n, err
	}
	i := slices.IndexFunc(c.Types, func(t forms.RequestType) bool { return t.Key == b.RequestType })
	if i < 0 {
		return n, tickets.NewError(tickets.Invalid, "request_type", "error.request.missing")
	}
	f := filling{api: a, by: by, asked: c.Types[i], lists: c.Lists, given: b.Answers, answers: forms.Answers{}, files: map[string][]tickets.File{}}
	if err := f.fill(ctx, a.Now()); err != nil {
		return n, placed(err)
	}
	n = tickets.NewRequest{Type: f.asked.ID, Version: f.asked.Version, Answers: f.answers, Files: f.files, Language: b.Requester.Language}
	if text := strings.TrimSpace(b.Body); text != "" {
		n.Said = []string{text}
	}
	list, err := a.Hub.Channels(ctx)
	n.ChannelID = hub.Mailbox(list, f.asked.TeamID)
	return n, err
}

// placed writes the place of a refused answer as a JSON pointer has it.
func placed(err error) error {
	var e *tickets.Error
	if errors.As(err, &e) {
		e.Field = strings.Replace(e.Field, "answers.", "answers/", 1)
	}
	return err
}

// filling is a form while a program's answers are read.
type filling struct {
	api     *API
	by      caller
	asked   forms.RequestType
	lists   []forms.List
	given   map[string]any
	answers forms.Answers
	files   map[string][]tickets.File
}

// fill answers every step that is asked. What is not given is skipped where that
// is allowed.
func (f *filling) fill(ctx context.Context, now time.Time) error {
	if err := f.known(); err != nil {
		return err
	}
	for s, left := forms.Next(f.asked, f.answers); left; s, left = forms.Next(f.asked, f.answers) {
		if err := f.answer(ctx, s, now); err != nil {
			return err
		}
	}
	return nil
}

// known refuses answers to what the form does not have.
func (f *filling) known() error {
	for _, key := range slices.Sorted(maps.Keys(f.given)) {
		if !slices.ContainsFunc(f.asked.Steps, func(s forms.Step) bool { return s.Key == key }) {
			return tickets.NewError(tickets.Invalid, "answers."+key, "error.request.step", "key", key)
		}
	}
	return nil
}

func (f *filling) answer(ctx context.Context, s forms.Step, now time.Time) error {
	if s.Type == fields.Files && f.given[s.Key] != nil {
		return f.upload(ctx, s)
	}
	text, ok := typed(f.given[s.Key])
	if !ok {
		return tickets.NewError(tickets.Invalid, "answers."+s.Key, "api.invalid.value")
	}
	canonical, err := forms.Parse(s, forms.Options(s, f.lists), text, "", now)
	var fault *fields.Fault
	if errors.As(err, &fault) {
		return &tickets.Error{Kind: tickets.Invalid, Field: "answers." + s.Key, Message: fault.Message, Args: fault.Args, Err: err}
	}
	f.answers[s.Key] = canonical
	return err
}

// upload takes the ids of files that were sent ahead.
func (f *filling) upload(ctx context.Context, s forms.Step) error {
	text, ok := typed(f.given[s.Key])
	if !ok {
		return tickets.NewError(tickets.Invalid, "answers."+s.Key, "api.invalid.value")
	}
	files, err := f.api.uploads(ctx, f.by, strings.Split(text, ","))
	var e *tickets.Error
	if errors.As(err, &e) {
		e.Field = "answers." + s.Key
	}
	if err != nil {
		return fmt.Errorf("take files: %w", err)
	}
	f.files[s.Key], f.answers[s.Key] = files, strconv.Itoa(len(files))
	return nil
}

// opened answers a ticket that was made just now, and where it is.
func (a *API) opened(ctx context.Context, t tickets.Ticket) (*ticketOut, error) {
	out, err := a.out(ctx, t, http.StatusCreated)
	if err == nil {
		out.Location = prefix + "/tickets/" + strconv.FormatInt(t.Number, 10)
	}
	return out, err
}
