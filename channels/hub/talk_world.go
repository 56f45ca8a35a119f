package hub

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"okno/channels"
	"okno/channels/dialog"
	"okno/channels/dialog/understand"
	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// mostFound is how many people are looked up for each name somebody wrote.
const mostFound = 5

// world reads what the dialog may look at.
func (h *Hub) world(ctx context.Context, c Channel, in channels.Inbound, person int64, s dialog.State) (w dialog.World, err error) {
	if w, err = h.offers(ctx, person, in.Text); err != nil {
		return w, err
	}
	w.Desk = h.opts.Desk(ctx)
	if err := h.begun(ctx, s, &w); err != nil {
		return w, err
	}
	if in.Text != "" {
		if w.Found, err = h.found(ctx, in.Text, s, w); err != nil {
			return w, err
		}
	}
	if person == 0 {
		return w, nil
	}
	if w.Me, err = h.opts.Records.Person(ctx, person); err != nil {
		return w, fmt.Errorf("load person: %w", err)
	}
	language := h.opts.Language(ctx, cmp.Or(s.Language, in.Language, w.Me.Language))
	if w.Tickets, err = h.requests(ctx, c, in.Place, person, language); err != nil {
		return w, err
	}
	w.Asking, err = h.asking(ctx, person)
	return w, err
}

// offers reads what a person may ask for, and what of it their words may mean.
func (h *Hub) offers(ctx context.Context, person int64, words string) (w dialog.World, err error) {
	if w.Catalog, err = h.opts.Requests.Catalog(ctx, tickets.AsPerson(person)); err != nil {
		return w, fmt.Errorf("load catalogue: %w", err)
	}
	if words == "" {
		return w, nil
	}
	if w.Matches, err = h.opts.Find(ctx, w.Catalog, words); err != nil {
		return w, fmt.Errorf("find request types: %w", err)
	}
	return w, nil
}

// begun finds the version of the form that is being filled.
func (h *Hub) begun(ctx context.Context, s dialog.State, w *dialog.World) error {
	if s.Filling == nil {
		return nil
	}
	t, err := h.opts.Requests.RequestType(ctx, s.Filling.Type, s.Filling.Version)
	if tickets.KindOf(err) == tickets.Missing {
		return nil
	}
	if err != nil {
		return fmt.Errorf("load form: %w", err)
	}
	w.Begun = &t
	return nil
}

// found are the people a text may mean: whoever answers a question for a person
// types a name, as it is in the directory or in a case of it. Answers to other
// questions mean nobody.
func (h *Hub) found(ctx context.Context, text string, s dialog.State, w dialog.World) ([]people.Person, error) {
	step, asked := askedStep(s, w)
	if asked && step.Type != fields.Person {
		return nil, nil
	}
	if asked {
		if all, err := h.search(ctx, []string{text}); err != nil || len(all) > 0 {
			return all, err
		}
	}
	return h.search(ctx, understand.People(text))
}

// search looks words up in the directory; whoever is found twice is there once.
func (h *Hub) search(ctx context.Context, words []string) (all []people.Person, err error) {
	for _, word := range words {
		list, err := h.opts.Records.SearchPersons(ctx, word, mostFound)
		if err != nil {
			return nil, fmt.Errorf("find people: %w", err)
		}
		for _, p := range list {
			if !slices.ContainsFunc(all, func(o people.Person) bool { return o.ID == p.ID }) {
				all = append(all, p)
			}
		}
	}
	return all, nil
}

// askedStep is the question that waits for an answer; false when none does.
func askedStep(s dialog.State, w dialog.World) (forms.Step, bool) {
	if s.Filling == nil || w.Begun == nil || s.Filling.Asked == "" {
		return forms.Step{}, false
	}
	i := slices.IndexFunc(w.Begun.Steps, func(x forms.Step) bool { return x.Key == s.Filling.Asked })
	if i < 0 {
		return forms.Step{}, false
	}
	return w.Begun.Steps[i], true
}

// requests are the person's tickets of this chat as they see them.
func (h *Hub) requests(ctx context.Context, c Channel, place string, person int64, language string) ([]dialog.Request, error) {
	list, err := h.inPlace(ctx, c, place, person)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	statuses, err := h.opts.Records.Statuses(ctx)
	if err != nil {
		return nil, fmt.Errorf("load statuses: %w", err)
	}
	out := make([]dialog.Request, 0, len(list))
	for _, t := range list {
		r, err := h.request(ctx, t, scene{statuses: statuses, language: language})
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

func (h *Hub) request(ctx context.Context, t tickets.Ticket, s scene) (dialog.Request, error) {
	x := s.status(t.StatusID)
	r := dialog.Request{Ticket: t, Status: s.called(x), Emoji: x.Emoji, Rating: t.Rating}
	if t.AssigneeID != 0 {
		a, err := h.opts.Records.Agent(ctx, t.AssigneeID)
		if _, err := exists(err); err != nil {
			return r, fmt.Errorf("load agent: %w", err)
		}
		r.Assignee = a.Name
	}
	if t.Category.Active() {
		return r, nil
	}
	given, _, err := h.opts.Requests.Rating(ctx, t.ID)
	if err != nil {
		return r, fmt.Errorf("load rating: %w", err)
	}
	r.Rateable = tickets.Rateable(t, given, h.opts.Store.Now(ctx))
	return r, nil
}

// asking are the approvals that wait for a person.
func (h *Hub) asking(ctx context.Context, person int64) ([]dialog.Asking, error) {
	list, err := h.opts.Requests.ApprovalsOf(ctx, person)
	if err != nil {
		return nil, fmt.Errorf("load approvals: %w", err)
	}
	var out []dialog.Asking
	for _, a := range list {
		t, err := h.opts.Records.Ticket(ctx, a.TicketID)
		if errors.Is(err, people.ErrMissing) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("load ticket: %w", err)
		}
		p, err := h.opts.Records.Person(ctx, t.RequesterID)
		if err != nil {
			return nil, fmt.Errorf("load requester: %w", err)
		}
		out = append(out, dialog.Asking{Approval: a, Number: t.Number, Subject: t.Subject, Requester: p.Name})
	}
	return out, nil
}
