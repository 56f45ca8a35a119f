package hub

import (
	"errors"
	"sort"
	"strconv"
	"strings"

	"okno/channels"
	"okno/tickets"
	"okno/tickets/people"
)

// ErrDone is what Redo and MakeTicket answer for an entry that already made a
// message.
var ErrDone = errors.New("entry already made a message")

// Faults is every fault of a channel's settings by field key; "name" is the
// channel's own name.
type Faults map[string]channels.Text

// Error implements error, for logs.
func (f Faults) Error() string {
	fields := make([]string, 0, len(f))
	for field := range f {
		fields = append(fields, field)
	}
	sort.Strings(fields)
	return "faulty settings: " + strings.Join(fields, ", ")
}

func say(key string, pairs ...string) channels.Text {
	t := channels.Text{Key: key}
	for i := 0; i+1 < len(pairs); i += 2 {
		if t.Args == nil {
			t.Args = map[string]string{}
		}
		t.Args[pairs[i]] = pairs[i+1]
	}
	return t
}

func sentence(t channels.Text) tickets.Sentence {
	return tickets.Sentence{Key: t.Key, Args: t.Args}
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// administrator refuses everybody else.
func administrator(by people.Agent) error {
	if by.Disabled || by.Role != people.Administrator {
		return tickets.NewError(tickets.Denied, "", "hub.fault.denied")
	}
	return nil
}

// found turns "there is no such row" into a refusal people can read.
func found(err error) error {
	if errors.Is(err, people.ErrMissing) {
		return &tickets.Error{Kind: tickets.Missing, Message: "hub.fault.missing", Err: err}
	}
	return err
}
