package tickets

import (
	"context"

	"okno/tickets/people"
)

// onlyAgents refuses everybody who is not an agent.
func onlyAgents(by Actor) error {
	if by.Kind == ByAgent {
		return nil
	}
	return NewError(Denied, "", "error.denied.agents")
}

// onlyAdministrators refuses everybody but administrators and the desk itself.
func onlyAdministrators(by Actor) error {
	if by.Kind == BySystem || by.Kind == ByAgent && by.Role == people.Administrator {
		return nil
	}
	return NewError(Denied, "", "error.people.denied")
}

// notPersons refuses those who ask; agents and the desk itself may pass.
func notPersons(by Actor) error {
	if by.Kind == ByAgent || by.Kind == BySystem {
		return nil
	}
	return NewError(Denied, "", "error.denied.agents")
}

// mayCreate lets persons open tickets only with a message of their own.
func mayCreate(by Actor, n NewTicket) error {
	if by.Kind != ByPerson {
		return notPersons(by)
	}
	if n.Incoming == nil || n.Incoming.PersonID != by.ID {
		return NewError(Denied, "", "error.denied.agents")
	}
	return nil
}

// visible hides deleted tickets from everybody but administrators.
func visible(by Actor, t Ticket) error {
	if !t.DeletedAt.IsZero() && onlyAdministrators(by) != nil {
		return NewError(Missing, "", "error.ticket.missing")
	}
	return nil
}

// workable refuses to work on a ticket that was deleted or merged into another.
func (s *Service) workable(ctx context.Context, by Actor, t Ticket) error {
	if err := visible(by, t); err != nil {
		return err
	}
	if !t.DeletedAt.IsZero() {
		return NewError(Blocked, "", "error.ticket.deleted", "number", textOf(t.Number))
	}
	if t.MergedInto == 0 {
		return nil
	}
	home, err := s.Home(ctx, t.ID)
	if err != nil {
		return err
	}
	return NewError(Blocked, "", "error.ticket.merged", "number", textOf(t.Number), "into", textOf(home.Number))
}
