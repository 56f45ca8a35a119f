package desk

import (
	"okno/tickets"
	"okno/ui"
)

// List is one page of a view.
type List struct {
	Key     string // of the rail's entry: "mine", "team:5"
	Title   string
	Count   int // 0 hides it
	Address string
	Rows    []Row
	Next    string // address of the next page, "" on the last
	First   bool   // false when it was paged
	Step    Step   // what can still be taken back
}

// Row is one ticket of a list.
type Row struct {
	tickets.Row
	Status  Choice
	Channel string   // its name
	Address string   // of the ticket
	Solved  int64    // status to set by "solve"; 0 hides the action
	Wait    Wait     // chip
	Looking []string // who else has it open
}

// class marks rows with something unread.
func (r Row) class() string {
	if r.Unread {
		return "row unread"
	}
	return "row"
}

// spoken is the state of a row for who cannot see its sign.
func (r Row) spoken(env ui.Env) string {
	if r.Unread {
		return r.Status.Name + env.T("list.unread")
	}
	return r.Status.Name
}
