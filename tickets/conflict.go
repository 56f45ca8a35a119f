package tickets

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// unchanged refuses facts about fields that changed since the version the actor
// has seen. A version is the seq of the last event, so the log knows.
func (s *Service) unchanged(ctx context.Context, t Ticket, version int64, facts []fact) error {
	if version == 0 || version >= t.Version || len(facts) == 0 {
		return nil
	}
	events, err := s.store.TicketEvents(ctx, t.ID)
	if err != nil {
		return fmt.Errorf("load events: %w", err)
	}
	meanwhile := touchedSince(events, version)
	for _, f := range facts {
		d, _ := f.data.(ChangeData)
		if field := fieldOf(f.kind, d.Key); meanwhile[field] != (Actor{}) {
			return s.conflict(ctx, field, meanwhile)
		}
	}
	return nil
}

// touchedSince answers the fields that changed after a version and who changed
// each last.
func touchedSince(events []Event, version int64) map[string]Actor {
	touched := map[string]Actor{}
	for _, e := range events {
		if field := fieldOf(e.Type, keyOf(e)); field != "" && e.Seq > version {
			touched[field] = e.Actor
		}
	}
	return touched
}

// fieldOf names the field an event changes, "" where two changes cannot
// contradict each other: messages, deliveries, and lists, which are changed by
// entries. key is that of ChangeData.
func fieldOf(kind EventType, key string) string {
	switch kind {
	case FieldsChanged:
		return answerField(key)
	case SubjectChanged, StatusChanged, PriorityChanged, TeamChanged, AssigneeChanged, RequesterChanged, SpamChanged:
		field, _, _ := strings.Cut(string(kind), ".")
		return field
	default:
		return ""
	}
}

// conflict says what changed meanwhile: every field with the name of who did
// it, and in "who" everybody's names.
func (s *Service) conflict(ctx context.Context, field string, meanwhile map[string]Actor) error {
	e := NewError(Conflict, field, "error.ticket.changed")
	e.Args = map[string]string{}
	var who []string
	for f, a := range meanwhile {
		name, err := s.nameOf(ctx, a)
		if err != nil {
			return err
		}
		e.Args[f] = name
		if name != "" {
			who = append(who, name)
		}
	}
	slices.Sort(who)
	e.Args["who"] = strings.Join(slices.Compact(who), ", ")
	if len(who) == 0 {
		e.Message = "error.ticket.changed.desk"
	}
	return e
}

// nameOf answers what people call an actor, "" for the desk itself.
func (s *Service) nameOf(ctx context.Context, a Actor) (string, error) {
	switch a.Kind {
	case ByAgent:
		agent, err := s.store.Agent(ctx, a.ID)
		return agent.Name, wrap("load agent", err)
	case ByPerson:
		person, err := s.store.Person(ctx, a.ID)
		return person.Name, wrap("load person", err)
	default:
		return "", nil
	}
}

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
