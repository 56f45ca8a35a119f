// Package fields is what can be asked in a form and what is answered: a Field
// is the definition, an answer is a canonical text that does not depend on who
// typed it. Parse makes the canonical text of what somebody typed in their
// language, Show writes it for somebody else. It is pure: no clock, no I/O, no
// numbers that round.
//
// The canonical texts, by type:
//
//	text, long  the words; long keeps its line breaks
//	number      -1234.5, without spaces, the point before decimals
//	money       1234.50 RUB: two decimals and an ISO 4217 code
//	date        2006-01-02
//	time        15:04
//	yesno       yes or no
//	one         the key of an option
//	many        keys of options, sorted, with commas between
//	email       name@example.org
//	phone       digits, + before them when it was typed
//	period      2006-01-02/2006-01-05, the same day twice for one day
//	plate       letters and digits without blanks: А412МР77, in Cyrillic where it can be
//	person      the id of the person, a blank, their name when it was given
//	place       the key of an option
//	files       how many there are; the files themselves are kept beside
//	info        none
//
// The empty text is no answer, for every type.
package fields

import (
	"cmp"
	"slices"
)

// Type says what a field takes.
type Type string

// The types of fields.
const (
	Text   Type = "text"
	Long   Type = "long"
	Number Type = "number"
	Money  Type = "money"
	Date   Type = "date"
	Time   Type = "time"
	YesNo  Type = "yesno"
	One    Type = "one"
	Many   Type = "many"
	Email  Type = "email"
	Phone  Type = "phone"
)

// The types that only forms ask for, see tickets/forms.
const (
	Period Type = "period" // from one day to another
	Plate  Type = "plate"  // of a car
	Person Type = "person" // somebody the desk knows
	Place  Type = "place"  // an entry of a reference list of places
	Files  Type = "files"
	Info   Type = "info" // words between questions, without an answer
)

// Types answers every type, in the order a menu shows them.
func Types() []Type {
	return []Type{Text, Long, Number, Money, Date, Time, YesNo, One, Many, Email, Phone}
}

// InForms answers every type a step of a form can have, in the order a menu
// shows them.
func InForms() []Type { return append(Types(), Period, Plate, Person, Place, Files, Info) }

// HasOptions says that the answer is chosen from a list.
func (t Type) HasOptions() bool { return t == One || t == Many || t == Place }

// Field is the definition of one thing that is asked.
type Field struct {
	ID       int64
	Key      string // names it in tickets, the log and the API; never changes
	Type     Type   // never changes
	NameEN   string
	NameRU   string
	Options  []Option // of one and many, in the order shown
	Currency string   // of money: what an amount without one is in
	Required bool     // a ticket is solved only with an answer
	TeamID   int64    // 0: tickets of all teams
	Position int
	Archived bool // asked no more; answers are kept
}

// Option is one entry of a list to choose from.
type Option struct {
	Key      string `json:"key"`
	NameEN   string `json:"en"`
	NameRU   string `json:"ru"`
	Archived bool   `json:"archived,omitempty"` // offered no more; answers are kept
}

// Name is what the field is called in a language, "en" or "ru".
func (f Field) Name(language string) string { return named(f.NameEN, f.NameRU, language) }

// Name is what the option is called in a language, "en" or "ru".
func (o Option) Name(language string) string { return named(o.NameEN, o.NameRU, language) }

func named(en, ru, language string) string {
	if language == "ru" {
		return cmp.Or(ru, en)
	}
	return cmp.Or(en, ru)
}

// Offered are the options that can be chosen now, with the archived ones that
// an answer has already.
func (f Field) Offered(answer string) []Option {
	chosen := keys(answer)
	return slices.DeleteFunc(slices.Clone(f.Options), func(o Option) bool {
		return o.Archived && !slices.Contains(chosen, o.Key)
	})
}

// option finds an option by its key.
func (f Field) option(key string) (Option, bool) {
	i := slices.IndexFunc(f.Options, func(o Option) bool { return o.Key == key })
	if i < 0 {
		return Option{}, false
	}
	return f.Options[i], true
}

// For are the fields asked on tickets of a team (0: of none): its own and those
// of all teams.
func For(all []Field, team int64) []Field {
	var asked []Field
	for _, f := range all {
		if !f.Archived && (f.TeamID == 0 || f.TeamID == team) {
			asked = append(asked, f)
		}
	}
	return asked
}

// Fault says why something typed is not taken: a key of assets/locale and its
// arguments. Part names the part of a definition it is about, or the step of a
// form whose answers are checked together; it is empty for a single answer.
type Fault struct {
	Part    string
	Message string
	Args    map[string]string
}

// Error implements error, for logs.
func (f *Fault) Error() string { return f.Message }

// fault makes a Fault. pairs are argument names and values in turn.
func fault(message string, pairs ...string) *Fault {
	f := &Fault{Message: message}
	for i := 0; i+1 < len(pairs); i += 2 {
		if f.Args == nil {
			f.Args = map[string]string{}
		}
		f.Args[pairs[i]] = pairs[i+1]
	}
	return f
}
