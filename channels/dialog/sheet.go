package dialog

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"okno/channels"
	"okno/channels/markdown"
	"okno/tickets"
)

// sheet is a message with choices, before it is known how the network shows
// them.
type sheet struct {
	parts    []string // paragraphs, Markdown
	options  []option
	numbers  bool // digits mean options: no answer awaited here is a number
	from     int  // number of the first option, less one
	ticket   int64
	replaces bool // the message whose button was pressed, see Message.Replaces
}

// option is something to choose.
type option struct {
	id, word string
	number   int // overrides the number by place
	group    group
	alone    bool // in a row of its own
	tight    bool // many in a row
	hidden   bool // only its number and its word work: the body shows it
}

// group is what a choice does. Only answers have numbers; the others stand below
// them, and networks without buttons name their words.
type group int

const (
	answers group = iota
	turning       // to another page
	going         // on with the form: done, keep, skip
	leaving       // back, cancel, a person
)

func groups() []group { return []group{answers, turning, going, leaving} }

func (s *sheet) say(paragraph string) {
	if paragraph != "" {
		s.parts = append(s.parts, paragraph)
	}
}

func (s *sheet) offer(id, word string) { s.options = append(s.options, option{id: id, word: word}) }

// first offers what most will choose, in a row of its own.
func (s *sheet) first(id, word string) {
	s.options = append(s.options, option{id: id, word: word, alone: true})
}

func (s *sheet) way(g group, id, word string) {
	s.options = append(s.options, option{id: id, word: word, group: g})
}

// show says a sheet and remembers what can be chosen now.
func (d *talk) show(s sheet) {
	d.state.Choice, d.state.ChoiceAt = nil, d.turn.Now
	n := s.from
	for _, o := range s.options {
		c := Choice{ID: o.id, Word: o.word, Number: o.number}
		if s.numbers && o.group == answers && o.number == 0 {
			n++
			c.Number = n
		}
		d.state.Choice = append(d.state.Choice, c)
	}
	if len(s.options) == 0 {
		d.state.ChoiceAt = time.Time{}
	}
	d.said = append(d.said, d.message(s))
}

func (d *talk) message(s sheet) Message {
	m := Message{Ticket: s.ticket, Replaces: s.replaces && d.turn.Button != ""}
	if d.turn.Buttons {
		for _, g := range groups() {
			m.Buttons = append(m.Buttons, rows(s.options, g)...)
		}
	} else {
		s.say(d.listed(s))
		s.say(d.ways(s))
	}
	m.Body = strings.Join(s.parts, "\n\n")
	return m
}

// listed writes the options below one another, for networks without buttons.
func (d *talk) listed(s sheet) string {
	var lines []string
	for i, o := range s.options {
		if o.group != answers || o.hidden {
			continue
		}
		mark := "• "
		if n := d.state.Choice[i].Number; n != 0 {
			mark = strconv.Itoa(n) + ". "
		}
		lines = append(lines, mark+markdown.Escape(o.word))
	}
	return strings.Join(lines, "\n")
}

// ways names the words that lead on or out, for networks without buttons.
func (d *talk) ways(s sheet) string {
	var words []string
	for _, o := range s.options {
		if o.group != answers {
			words = append(words, d.text("dialog.quoted", "text", strings.Trim(o.word, "‹› ")))
		}
	}
	if len(words) == 0 {
		return ""
	}
	return d.words(d.state.Language, sentence("dialog.also", []string{"words", strings.Join(words, ", ")}))
}

// wide is the longest text, in characters, of which two stand beside each other.
const wide = 18

// rows puts the buttons of a group two to a row, long ones alone.
func rows(options []option, g group) [][]channels.Button {
	var out [][]channels.Button
	room := 0 // how many more the last row takes
	for _, o := range options {
		if o.hidden || o.group != g {
			continue
		}
		b, of := channels.Button{ID: o.id, Text: o.word}, o.row()
		if of == 1 || room == 0 {
			out, room = append(out, nil), of
		}
		out[len(out)-1] = append(out[len(out)-1], b)
		room--
	}
	return out
}

// row is how many buttons stand in a row with this one.
func (o option) row() int {
	switch {
	case o.tight:
		return mostStars
	case o.alone || utf8.RuneCountInString(o.word) > wide:
		return 1
	}
	return 2
}

// choiceLasts is how long words and numbers of a menu are understood. Later they
// are more likely to mean something else.
const choiceLasts = time.Hour

// meant finds the choice that was typed: its words, else its number.
func (d *talk) meant() (id string, ok bool) {
	word := normal(d.turn.Text)
	if word == "" || d.choiceOver() {
		return "", false
	}
	for _, c := range d.state.Choice {
		if normal(c.Word) == word {
			return c.ID, true
		}
	}
	for _, c := range d.state.Choice {
		if c.Number != 0 && strconv.Itoa(c.Number) == word {
			return c.ID, true
		}
	}
	return "", false
}

func (d *talk) choiceOver() bool {
	since := d.turn.Now.Sub(d.state.ChoiceAt)
	if d.live() {
		return since > forgets
	}
	return since > choiceLasts || d.spokenTo()
}

// spokenTo says that an agent wrote since the choice was offered: "2" may answer
// them.
func (d *talk) spokenTo() bool {
	return slices.ContainsFunc(d.world.Tickets, func(r Request) bool {
		return r.Ticket.LastBy == tickets.ByAgent && r.Ticket.LastPublicAt.After(d.state.ChoiceAt)
	})
}
