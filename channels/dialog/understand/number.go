package understand

import (
	"strconv"

	"okno/tickets/fields"
)

// findNumbers reads numbers with the word behind them, which says what they
// count. Only a step that asks for it takes one.
func (r *reading) findNumbers() {
	for i := range r.tokens {
		count := r.count(i)
		if count < 0 || r.decimals(i+1) || r.decimals(i-1) {
			continue
		}
		r.things = append(r.things, thing{kind: fields.Number, value: strconv.Itoa(count), unit: stem(r.at(i + 1).text)})
		r.passLoosely(i)
	}
}
