package dialog

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"okno/channels/dialog/understand"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// answer takes what somebody wrote or sent as the answer to the question.
func (d *talk) answer() bool {
	d.state.Filling.TouchedAt = d.turn.Now
	if d.form == nil {
		d.heldBack()
		d.gone()
		return true
	}
	s, asked := d.step()
	switch {
	case !asked:
		d.remark()
	case s.Type == fields.Files:
		d.collect(s)
	case !d.worded():
		d.wordless()
	default:
		if len(d.turn.Files) > 0 {
			d.stow(d.files())
		}
		d.hearAnswer(s)
	}
	return true
}

// worded says that there are words: a sticker comes as the emoji it stands for.
func (d *talk) worded() bool {
	return strings.ContainsFunc(d.turn.Text, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.In(r, unicode.So, unicode.Sk, unicode.M, unicode.Cf)
	})
}

// sticker says that the only file is the picture of a sticker.
func (d *talk) sticker() bool {
	return d.turn.Text != "" && !d.worded() && len(d.turn.Files) == 1 && d.turn.Files[0].Type == "image/webp"
}

// remark is something written while the summary stands: it goes along.
func (d *talk) remark() {
	if d.turn.Text == "" && len(d.turn.Files) == 0 {
		d.again(d.nothing())
		return
	}
	d.aloud(d.turn.Text)
	d.stow(d.files())
	d.again(d.text("dialog.remark"))
}

// wordless is a file, a sticker or nothing readable where words are asked.
func (d *talk) wordless() {
	if d.turn.Text != "" {
		d.state.Filling.Tried = with(d.state.Filling.Tried, d.turn.Text)
	}
	if len(d.turn.Files) == 0 || d.sticker() {
		d.again(d.nothing())
		return
	}
	d.stow(d.files())
	d.again(d.text("dialog.stowed"))
}

func (d *talk) hearAnswer(s forms.Step) {
	switch {
	case s.Optional && strings.Trim(d.turn.Text, "-–— ") == "":
		d.skip()
		return
	case s.Type == fields.Person:
		d.whom(s)
		return
	}
	answer, err := d.read(s, d.turn.Text)
	if err == nil {
		d.record(s, answer)
		return
	}
	if close := d.close(s, d.turn.Text); len(close) > 0 {
		d.narrow(s, close)
		return
	}
	d.refused(err)
}

// read makes an answer of what was typed.
func (d *talk) read(s forms.Step, typed string) (string, error) {
	if s.Type == fields.Many {
		return d.readMany(s, typed)
	}
	return d.readOne(s, typed)
}

func (d *talk) readOne(s forms.Step, typed string) (string, error) {
	options := forms.Offered(d.options(s))
	answer, err := forms.Parse(s, options, typed, d.state.Language, d.turn.Now)
	if err == nil {
		return answer, nil
	}
	if meant, ok := understand.Value(s, options, typed, d.state.Language, d.turn.Now); ok {
		return d.within(s, options, typed, meant)
	}
	if close := closeTo(options, typed, d.state.Language); len(close) == 1 {
		return close[0].Key, nil
	}
	return "", err
}

// within takes an answer found within a sentence. The sentence goes along where
// it says more than the answer.
func (d *talk) within(s forms.Step, options []fields.Option, typed, meant string) (string, error) {
	answer, err := forms.Parse(s, options, meant, "", d.turn.Now)
	if err == nil && len(strings.Fields(typed)) > mostWords {
		d.aloud(typed)
	}
	return answer, err
}

// mostWords is how many words an answer has that says nothing beside it: "с 23 по
// 30 ноября 2026".
const mostWords = 6

// close are the options that something typed may mean, when there are several.
func (d *talk) close(s forms.Step, typed string) []fields.Option {
	if s.Type != fields.One && s.Type != fields.Place {
		return nil
	}
	return closeTo(forms.Offered(d.options(s)), typed, d.state.Language)
}

// closeTo are the options with the words typed in their name.
func closeTo(options []fields.Option, typed, language string) []fields.Option {
	words := normal(typed)
	if words == "" {
		return nil
	}
	var found []fields.Option
	for _, o := range options {
		if strings.Contains(" "+normal(o.Name(language)), " "+words) {
			found = append(found, o)
		}
	}
	return found
}

// narrow asks which of a few options was meant.
func (d *talk) narrow(s forms.Step, few []fields.Option) {
	q := sheet{numbers: true}
	q.say(d.text("dialog.which", "text", shortened(d.turn.Text, longestQuote)))
	q.say(d.wording(s))
	for _, o := range few[:min(len(few), mostOptions)] {
		d.listOption(&q, s, o)
	}
	d.exits(&q, s)
	d.show(q)
}

// refused repeats the question with the reason and what was typed.
func (d *talk) refused(err error) {
	d.state.Filling.Tried = with(d.state.Filling.Tried, d.turn.Text)
	d.again(d.reason(err) + "\n" + d.quoted())
}

// quoted gives back what was typed, so that it can be copied and mended.
func (d *talk) quoted() string {
	return d.text("dialog.typed", "text", shortened(d.turn.Text, longestQuote))
}

// reason says why an answer is not taken.
func (d *talk) reason(err error) string {
	var f *fields.Fault
	if !errors.As(err, &f) {
		return d.text("dialog.refused")
	}
	var pairs []string
	for name, value := range f.Args {
		pairs = append(pairs, name, shortened(value, longestQuote))
	}
	return d.text(f.Message, pairs...)
}

// take records an answer that is canonical already, after the checks.
func (d *talk) take(s forms.Step, canonical string) {
	answer, err := forms.Parse(s, forms.Offered(d.options(s)), canonical, "", d.turn.Now)
	if err != nil {
		d.again(d.reason(err))
		return
	}
	d.record(s, answer)
}

// pick takes the answer of a button.
func (d *talk) pick(argument string) {
	s, ok := d.step()
	if !ok {
		d.again()
		return
	}
	d.take(s, d.keyOf(s, argument))
}

// keyOf is the option whose key stands short in a button, else the argument.
func (d *talk) keyOf(s forms.Step, argument string) string {
	options := d.options(s)
	if i := slices.IndexFunc(options, func(o fields.Option) bool { return short(o.Key) == argument }); i >= 0 {
		return options[i].Key
	}
	return argument
}
