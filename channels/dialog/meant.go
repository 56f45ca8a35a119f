package dialog

import (
	"time"

	"okno/tickets/forms"
)

// Meant is the request type that a letter asks for in its own words, with the
// answers found in them: what a chat offers, where nobody can be asked back. The
// matches of the world are of these words, days are those of now; people are not
// looked for. False when the words ask for none.
func Meant(words, language string, now time.Time, w World) (forms.RequestType, forms.Answers, bool) {
	d := newTalk(State{}, Turn{Text: words, Language: language, Now: now}, w, nil)
	best, _ := d.best()
	if best == 0 {
		return forms.RequestType{}, nil, false
	}
	t := *d.offeredType(best)
	return t, forms.Kept(t, d.meanings(t, []string{words}, now)), true
}
