package tickets

import (
	"errors"
	"fmt"
)

// Kind sorts the errors a caller can do something about.
type Kind string

// The kinds of errors. Anything that is not an *Error is internal.
const (
	Invalid     Kind = "invalid"     // what was typed cannot be taken
	Denied      Kind = "denied"      // this actor may not do this
	Missing     Kind = "missing"     // there is no such thing, or this actor may not know of it
	Conflict    Kind = "conflict"    // it changed meanwhile
	Blocked     Kind = "blocked"     // it is in a state that does not allow this
	Limited     Kind = "limited"     // too often
	Unavailable Kind = "unavailable" // not now; the desk cannot write
)

// Error is a refusal that a person can read. Message is a key of
// assets/locale and Args its arguments; Field names the input it belongs to.
type Error struct {
	Kind    Kind
	Field   string
	Message string
	Args    map[string]string
	Err     error // the cause, for the log
}

// Error implements error, for logs.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s %s: %v", e.Kind, e.Message, e.Err)
	}
	return fmt.Sprintf("%s %s", e.Kind, e.Message)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf answers the kind of err, "" for an internal error and for nil.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// NewError makes an Error. pairs are argument names and values in turn.
func NewError(k Kind, field, message string, pairs ...string) *Error {
	e := &Error{Kind: k, Field: field, Message: message}
	for i := 0; i+1 < len(pairs); i += 2 {
		if e.Args == nil {
			e.Args = map[string]string{}
		}
		e.Args[pairs[i]] = pairs[i+1]
	}
	return e
}

// ErrStale is what Store.UpdateTicket answers when the row has another version.
var ErrStale = errors.New("row has another version")
