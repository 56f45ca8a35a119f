package forms

import (
	"strings"
	"time"

	"okno/tickets/fields"
)

// checkRange compares with the least and the most. A period begins no earlier
// than the one and ends no later than the other.
func (s Step) checkRange(canonical string, now time.Time) error {
	first, last := canonical, canonical
	kind := s.Type
	if kind == fields.Period {
		first, last, _ = fields.Days(canonical)
		kind = fields.Date
	}
	if err := s.within(kind, first, dayOf(s.Check.Min, now), -1); err != nil {
		return err
	}
	return s.within(kind, last, dayOf(s.Check.Max, now), +1)
}

// within refuses an answer that lies on the wrong side of a limit, and an amount
// in another currency than the limit's, because it cannot be compared.
func (s Step) within(kind fields.Type, canonical, limit string, wrong int) error {
	if limit == "" {
		return nil
	}
	if _, code, _ := strings.Cut(limit, " "); kind == fields.Money && !strings.HasSuffix(canonical, " "+code) {
		return fault("form.fault.currency", "currency", code)
	}
	if order, ok := fields.Compare(kind, canonical, limit); !ok || order != wrong {
		return nil
	}
	side := "form.fault.least."
	if wrong > 0 {
		side = "form.fault.most."
	}
	shown := fields.Field{Type: kind}
	return fault(side+string(kind), "en", fields.Show(shown, limit, "en"), "ru", fields.Show(shown, limit, "ru"))
}
