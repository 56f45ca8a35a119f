package settings

import (
	"slices"
	"strconv"
	"strings"

	"okno/tickets"
	"okno/ui"
)

// Statuses is the form of the whole list of statuses.
type Statuses struct {
	Rows  []StatusRow
	Focus string // id of the control that goes on having the focus
	Saved string
	Error string // a refusal of the whole list
}

// StatusRow is one status in the form.
type StatusRow struct {
	tickets.Status
	Key   string // its id, or a word for a new one
	Alone bool   // the only one with its meaning
	// Wrong is the field that was refused, "" when none was, and Error why.
	Wrong, Error string
}

// List is the statuses in their order.
func (f Statuses) List() []tickets.Status {
	var list []tickets.Status
	for _, r := range f.Rows {
		list = append(list, r.Status)
	}
	return list
}

// Refuse puts a refusal where its field stands: a name, a dot and the place in
// the list.
func (f *Statuses) Refuse(field, text string) {
	name, place, _ := strings.Cut(field, ".")
	if i, err := strconv.Atoi(place); err == nil && i < len(f.Rows) {
		f.Rows[i].Wrong, f.Rows[i].Error = name, text
		f.Focus = f.Rows[i].id(name)
		return
	}
	f.Error = text
}

// Added has one more row at the end, to be filled in.
func (f Statuses) Added() Statuses {
	row := StatusRow{Key: "new" + strconv.Itoa(len(f.Rows)), Status: tickets.Status{Category: tickets.Open, Color: "ink"}}
	for slices.ContainsFunc(f.Rows, func(r StatusRow) bool { return r.Key == row.Key }) {
		row.Key += "0"
	}
	f.Rows = append(f.Rows, row)
	f.Focus = row.id("name_en")
	return f
}

// Moved has the row at i one place up (-1) or down (1). The focus stays on the
// button as long as it leads anywhere.
func (f Statuses) Moved(i, by int) Statuses {
	to := i + by
	if to < 0 || to >= len(f.Rows) {
		return f
	}
	f.Rows[i], f.Rows[to] = f.Rows[to], f.Rows[i]
	button := "down"
	if by < 0 && to > 0 || to == len(f.Rows)-1 {
		button = "up"
	}
	f.Focus = f.Rows[to].id(button)
	return f
}

// Removed lacks the row at i.
func (f Statuses) Removed(i int) Statuses {
	f.Rows = slices.Delete(f.Rows, i, i+1)
	f.Focus = "status-add"
	return f
}

// id of a control of this row.
func (r StatusRow) id(name string) string { return name + "-" + r.Key }

// fixed says why the row cannot be removed, "" when it can.
func (r StatusRow) fixed() string {
	switch {
	case r.Used:
		return "statuses.used"
	case r.Alone:
		return "statuses.alone"
	}
	return ""
}

// name of the status for this person.
func (r StatusRow) name(env ui.Env) string {
	name := r.NameEN
	if env.Lang == "ru" {
		name = r.NameRU
	}
	if name == "" {
		return env.T("statuses.unnamed")
	}
	return name
}

func statusColors(env ui.Env) []ui.Option {
	var out []ui.Option
	for _, c := range tickets.StatusColors() {
		out = append(out, ui.Option{Value: c, Label: env.T("statuses.color." + c)})
	}
	return out
}

func statusMeanings(env ui.Env) []ui.Option {
	var out []ui.Option
	for _, c := range tickets.Categories() {
		out = append(out, ui.Option{Value: string(c), Label: env.T("statuses.category." + string(c))})
	}
	return out
}
