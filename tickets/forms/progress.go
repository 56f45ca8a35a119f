package forms

import "okno/tickets/fields"

// Progress is which question of how many a step is, counted from 1, as far as
// the answers so far tell; later answers may bring more. Information only is no
// question: it stands with the one after it, or with the last. A step that is
// not asked, as the summary, is past the last question: n is of.
func Progress(t RequestType, a Answers, step string) (n, of int) {
	found := false
	for _, s := range Asked(t, a) {
		if s.Key == step {
			found = true
			n = of + 1
		}
		if s.Type != fields.Info {
			of++
		}
	}
	if !found {
		return of, of
	}
	return min(n, of), of
}
