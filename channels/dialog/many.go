package dialog

import (
	"slices"
	"strconv"
	"strings"

	"okno/tickets/fields"
	"okno/tickets/forms"
)

// collects says that a question takes several turns until it is done.
func collects(s forms.Step) bool { return s.Type == fields.Many || s.Type == fields.Files }

// tick ticks or unticks an option. Saying which of both keeps a button pressed
// twice from undoing itself.
func (d *talk) tick(argument string, on bool) {
	s, ok := d.step()
	if !ok || s.Type != fields.Many {
		d.again()
		return
	}
	f, key := d.state.Filling, d.keyOf(s, argument)
	f.Chosen = slices.DeleteFunc(f.Chosen, func(k string) bool { return k == key })
	if on {
		f.Chosen = append(f.Chosen, key)
	}
	if !d.turn.Buttons { // a number typed is the whole answer
		d.take(s, key)
		return
	}
	d.showAnew()
}

// done ends a question that takes several turns.
func (d *talk) done() {
	s, ok := d.step()
	switch {
	case ok && s.Type == fields.Files:
		d.filesDone(s)
	case ok && s.Type == fields.Many:
		d.take(s, fields.Join(d.state.Filling.Chosen))
	default:
		d.again()
	}
}

// readMany reads options by number or by name, with commas between. It is the
// whole answer, whatever was ticked.
func (d *talk) readMany(s forms.Step, typed string) (string, error) {
	if keys := d.numbered(s, typed); keys != nil {
		return d.checked(s, keys)
	}
	var chosen []string
	for part := range strings.SplitSeq(typed, ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		one, err := d.readOne(s, strings.TrimSpace(part))
		if err != nil {
			return "", err
		}
		chosen = append(chosen, one)
	}
	return d.checked(s, chosen)
}

func (d *talk) checked(s forms.Step, chosen []string) (string, error) {
	return forms.Parse(s, forms.Offered(d.options(s)), fields.Join(chosen), "", d.turn.Now)
}

// numbered are the options whose numbers were typed; nil when anything else was.
func (d *talk) numbered(s forms.Step, typed string) []string {
	offered := forms.Offered(d.options(s))
	var keys []string
	for word := range strings.FieldsSeq(normal(typed)) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > len(offered) {
			return nil
		}
		keys = append(keys, offered[n-1].Key)
	}
	return keys
}
