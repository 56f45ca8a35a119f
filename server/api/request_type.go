package api

import (
	"context"
	"net/http"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// RequestType is the definition of a form.
type RequestType struct {
	ID       string `json:"id" example:"7260152823513088"`
	Key      string `json:"key" doc:"Names it in requests; never changes." example:"guest_pass"`
	Version  int    `json:"version" doc:"Grows each time it is published." example:"3"`
	Name     Name   `json:"name"`
	About    Name   `json:"about" doc:"One sentence under the name."`
	Section  string `json:"section" doc:"Key of the section of the menu." example:"office"`
	Topic    string `json:"topic,omitempty" doc:"Key of what it is about."`
	Audience string `json:"audience" enum:"everybody,known,agents,hidden" doc:"Who finds it: known are people with a verified address; hidden types are reached by their link."`
	Steps    []Step `json:"steps" nullable:"false" doc:"What is asked, in this order."`
}

// Step is one question of a form.
type Step struct {
	Key      string        `json:"key" doc:"Names its answer." example:"day"`
	Type     string        `json:"type" doc:"What its answer is; info has none, files takes ids that POST /files answered." example:"date"`
	Label    Name          `json:"label" doc:"The question."`
	Help     Name          `json:"help"`
	Optional bool          `json:"optional"`
	Currency string        `json:"currency,omitempty" doc:"Of an amount without one."`
	Options  []FieldOption `json:"options,omitempty" nullable:"false" doc:"What can be chosen."`
	Check    Check         `json:"check" doc:"What narrows the answer; missing parts do not."`
	When     any           `json:"when,omitempty" doc:"It is asked only where this holds of the answers before it: {step, is, to}, or all or any with a list of such."`
}

// Check narrows what a step takes.
type Check struct {
	Min     string   `json:"min,omitempty" doc:"The least number, amount, day or time; today is a day too."`
	Max     string   `json:"max,omitempty" doc:"The most."`
	Shorter int      `json:"shorter,omitempty" doc:"Fewer characters are too few."`
	Longer  int      `json:"longer,omitempty" doc:"More characters, options or files are too many."`
	Pattern string   `json:"pattern,omitempty" doc:"RE2 syntax, of the whole text."`
	Bytes   int64    `json:"bytes,omitempty" doc:"Most bytes of a file."`
	Files   []string `json:"files,omitempty" nullable:"false" doc:"Media types and endings of files." example:"[\"image/*\"]"`
}

func (a *API) addRequestTypes() {
	add(a, route{
		method: http.MethodGet, path: "/request-types", id: "listRequestTypes", tag: "Lists", scope: people.ScopeRead,
		summary: "List request types",
		text:    "What people can ask for and what they are asked then, in the order of the menu. POST /tickets takes the key of one with the answers.",
	}, a.listRequestTypes)
}

func (a *API) listRequestTypes(ctx context.Context, by caller, _ *struct{}) (*list[RequestType], error) {
	c, err := a.Tickets.Catalog(ctx, by.actor())
	if err != nil {
		return nil, err
	}
	out := make([]RequestType, len(c.Types))
	for i, t := range c.Types {
		out[i] = requestType(t, c.Lists)
	}
	return listOf(out, ""), nil
}

func requestType(t forms.RequestType, lists []forms.List) RequestType {
	out := RequestType{
		ID: id(t.ID), Key: t.Key, Version: t.Version, Name: words(t.Name), About: words(t.About), Section: t.Section,
		Topic: t.Topic, Audience: audienceName(t.Audience), Steps: make([]Step, len(t.Steps)),
	}
	for i, s := range t.Steps {
		out.Steps[i] = step(s, forms.Options(s, lists))
	}
	return out
}

func words(t forms.Text) Name { return Name{t.EN, t.RU} }

func audienceName(a forms.Audience) string {
	if a == forms.Everybody {
		return "everybody"
	}
	return string(a)
}

func step(s forms.Step, options []fields.Option) Step {
	c := s.Check
	out := Step{
		Key: s.Key, Type: string(s.Type), Label: words(s.Label), Help: words(s.Help), Optional: s.Optional, Currency: s.Currency,
		Check: Check{Min: c.Min, Max: c.Max, Shorter: c.Shorter, Longer: c.Longer, Pattern: c.Pattern, Bytes: c.Bytes, Files: c.Files},
	}
	if s.When != nil {
		out.When = s.When
	}
	for _, o := range forms.Offered(options) {
		out.Options = append(out.Options, FieldOption{Key: o.Key, Name: Name{o.NameEN, o.NameRU}})
	}
	return out
}

// asked are the form and the answers of a ticket that was made with one.
func (a *API) asked(ctx context.Context, t tickets.Ticket, out *Ticket) error {
	if t.TypeID == 0 {
		return nil
	}
	kind, answers, _, err := a.Tickets.TicketAnswers(ctx, t.ID)
	if err != nil {
		return err
	}
	out.RequestType, out.RequestVersion, out.Answers = kind.Key, kind.Version, answers
	return nil
}
