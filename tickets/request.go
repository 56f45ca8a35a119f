package tickets

import (
	"context"
	"errors"
	"fmt"
	"time"

	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// NewRequest is a form that was filled, or half filled by somebody who asked for
// a person.
type NewRequest struct {
	RequesterID int64
	ChannelID   int64
	TeamID      int64 // of the ticket where the type names none: that of the channel
	Place       string
	Language    string // of the words in the ticket: "en", "ru"
	Network     string // of the channel: "telegram"
	Ref         string // network id of the message it came with
	Type        int64  // 0 only when unfinished: no form had been found
	Version     int    // 0: the latest
	Answers     forms.Answers
	Files       map[string][]File // by step
	Said        []string          // what they wrote in their own words
	// Unfinished is somebody who asked for a person in the middle: nothing is
	// checked and nobody has to approve.
	Unfinished bool
	// About is the number of a ticket of theirs in which they said it in their own
	// words: it becomes part of this one. 0: none.
	About int64
	Once  string    // as NewMessage.Once
	At    time.Time // when, in the zone of whoever asks: "today" is a day there
}

// Request opens a ticket of a filled form. Every answer is checked again; the
// refusal names the step, "answers.KEY". The ticket gets what the type says, the
// first message has all answers, and the first stage of approval begins. A form
// that was sent twice makes one ticket.
func (s *Service) Request(ctx context.Context, by Actor, n NewRequest) (Ticket, Message, error) {
	if by.Kind == ByPerson && by.ID != n.RequesterID {
		return Ticket{}, Message{}, NewError(Denied, "", "error.denied.agents")
	}
	var t Ticket
	var m Message
	err := s.insist(ctx, func(ctx context.Context) error {
		form, err := s.requested(ctx, by, n)
		if err != nil {
			return err
		}
		if t, m, err = s.create(ctx, by, form.opening()); err != nil || n.About == 0 {
			return err
		}
		t, err = s.goOn(ctx, by, n.About, t)
		return err
	})
	if err != nil {
		return Ticket{}, Message{}, err
	}
	return t, m, nil
}

// goOn makes the ticket in which somebody began a part of the one their form
// made. It is left alone when it is not theirs or work on it has ended.
func (s *Service) goOn(ctx context.Context, by Actor, number int64, t Ticket) (Ticket, error) {
	was, err := s.store.TicketByNumber(ctx, number)
	if errors.Is(err, people.ErrMissing) {
		return t, nil
	}
	if err != nil {
		return t, wrap("load the ticket a form goes on with", err)
	}
	if was.ID == t.ID || was.RequesterID != t.RequesterID || !was.Category.Active() || was.Spam || s.workable(ctx, by, was) != nil {
		return t, nil
	}
	a, b, err := s.pair(ctx, was.ID, t.ID)
	if err != nil {
		return t, err
	}
	err = s.merge(ctx, by, a, b)
	return b.now, err
}

// requested finds the form of a request and checks what it was filled with. What
// was answered to steps that are not asked is left out.
func (s *Service) requested(ctx context.Context, by Actor, n NewRequest) (*filledForm, error) {
	shelf, err := s.shelf(ctx)
	if err != nil {
		return nil, err
	}
	f := &filledForm{NewRequest: n, lists: shelf.lists}
	if f.Language, err = s.languageOf(ctx, n); err != nil || n.Type == 0 && n.Unfinished {
		return f, err
	}
	if f.asked, err = s.RequestType(ctx, n.Type, n.Version); err != nil {
		return f, err
	}
	if err := s.mayAsk(ctx, by, f.asked); err != nil {
		return f, err
	}
	f.Answers = forms.Kept(f.asked, n.Answers)
	f.Files = keptFiles(n.Files, f.Answers)
	if n.Unfinished {
		return f, nil
	}
	now := written(n.At, s.store.Now(ctx)).In(n.At.Location())
	if err := forms.CheckAnswers(f.asked, f.lists, f.Answers, namesOf(f.Files), now); err != nil {
		return f, refusedStep(err)
	}
	return f, s.checkPersons(ctx, f.asked, f.Answers)
}

// checkPersons refuses people that are not in the directory under the name they
// were answered by: an answer must neither make people up nor tell their names.
func (s *Service) checkPersons(ctx context.Context, t forms.RequestType, a forms.Answers) error {
	for _, step := range t.Steps {
		if step.Type != fields.Person || a[step.Key] == "" {
			continue
		}
		id, _, _ := fields.PersonOf(a[step.Key])
		p, err := s.store.Person(ctx, id)
		if err != nil && !errors.Is(err, people.ErrMissing) {
			return wrap("load person of an answer", err)
		}
		if err != nil || fields.PersonText(p.ID, p.Name) != a[step.Key] {
			return NewError(Invalid, "answers."+step.Key, "field.fault.person")
		}
	}
	return nil
}

// languageOf is the language of the words in the ticket: that of the request, or
// of whoever asks.
func (s *Service) languageOf(ctx context.Context, n NewRequest) (string, error) {
	if n.Language != "" {
		return n.Language, nil
	}
	p, err := s.store.Person(ctx, n.RequesterID)
	return p.Language, unknown(err, "requester", "error.requester.unknown")
}

// keptFiles leaves out the files of steps that are not asked.
func keptFiles(files map[string][]File, a forms.Answers) map[string][]File {
	kept := map[string][]File{}
	for key, list := range files {
		if _, asked := a[key]; asked && len(list) > 0 {
			kept[key] = list
		}
	}
	return kept
}

// namesOf are files as the checks of a form know them.
func namesOf(files map[string][]File) map[string][]forms.File {
	named := map[string][]forms.File{}
	for key, list := range files {
		for _, f := range list {
			named[key] = append(named[key], forms.File{Name: f.Name, Type: f.Type, Size: f.Size})
		}
	}
	return named
}

// refusedStep is the fault of an answer as a refusal.
func refusedStep(err error) error {
	var f *fields.Fault
	if !errors.As(err, &f) {
		return err
	}
	return &Error{Kind: Invalid, Field: "answers." + f.Part, Message: f.Message, Args: f.Args, Err: err}
}

// keepForm has the answers written with a new ticket, and asks whoever has to
// approve.
func (s *Service) keepForm(ctx context.Context, w *work, f *filledForm) error {
	if f == nil || f.asked.ID == 0 {
		return nil
	}
	w.then(func(ctx context.Context) error {
		kept := Filled{TicketID: w.now.ID, Type: f.asked.ID, Version: f.asked.Version, Answers: f.Answers, Files: f.Files}
		return wrap("keep answers", s.store.InsertAnswers(ctx, kept))
	})
	if f.Unfinished {
		return nil
	}
	return s.beginApproval(ctx, w, f.asked, f.Answers)
}

// Filled is what the form of a ticket was filled with.
type Filled struct {
	TicketID int64
	Type     int64
	Version  int
	Answers  forms.Answers
	Files    map[string][]File // by step
}

// TicketAnswers answers the form a ticket was made with and what it was filled
// with; Missing for a ticket without one.
func (s *Service) TicketAnswers(ctx context.Context, ticket int64) (forms.RequestType, forms.Answers, map[string][]File, error) {
	f, err := s.store.Answers(ctx, ticket)
	if err != nil {
		return forms.RequestType{}, nil, nil, missing(err, "error.request.missing")
	}
	t, err := s.RequestType(ctx, f.Type, f.Version)
	if err != nil {
		return t, nil, nil, fmt.Errorf("load the form of ticket %d: %w", ticket, err)
	}
	return t, f.Answers, f.Files, nil
}
