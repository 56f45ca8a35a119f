// Package desk draws what agents work with all day: the list of tickets, the
// ticket with its conversation, the composer and the side panel. It takes view
// models that handlers fill and decides only how they look.
//
// Regions that refresh by themselves carry their own id and fetch the page they
// stand on; the answer is the region alone. The composer is never one of them.
package desk

import (
	"math"
	"strconv"
	"time"

	"okno/tickets"
	"okno/ui"
)

// Choice is one entry of a field: a status, an agent, a team, a priority.
type Choice struct {
	ID       int64
	Name     string
	Category tickets.Category // of statuses
	Color    string           // of statuses: tickets.Status.Color
	Emoji    string           // of statuses: shown instead of the sign of the category
}

// tint is the class of a status's colour.
func (c Choice) tint() string {
	if c.Color == "" {
		return "tint-ink"
	}
	return "tint-" + c.Color
}

// options are the choices as a <select> wants them; none names the empty one,
// "" when there is no such thing.
func options(choices []Choice, none string) []ui.Option {
	out := make([]ui.Option, 0, len(choices)+1)
	if none != "" {
		out = append(out, ui.Option{Value: "0", Label: none})
	}
	for _, c := range choices {
		out = append(out, ui.Option{Value: id(c.ID), Label: c.Name})
	}
	return out
}

// Address is the page of a ticket; view keeps the list it was opened from.
func Address(number int64, view string) string {
	where := "/tickets/" + id(number)
	if view != "" {
		where += "?from=" + view
	}
	return where
}

// event names the live event of a ticket, see live.js.
func event(number int64) string { return "desk:ticket-" + id(number) }

func id(n int64) string { return strconv.FormatInt(n, 10) }

// Wait is how long a requester has been waiting for us.
type Wait struct {
	Level string // class of the chip: "ok", "soon", "late", "paused"
	Text  string
	Note  string
	Since time.Time
}

// WaitOf judges a ticket: after four hours it is time, after a day it is late.
func WaitOf(env ui.Env, t tickets.Ticket) Wait {
	switch {
	case !t.DeletedAt.IsZero():
		left := max(int(math.Ceil(t.DeletedAt.Add(tickets.Grace).Sub(env.Now).Hours()/24)), 0)
		return Wait{Level: "paused", Text: env.T("wait.deleted", "n", left), Note: env.T("wait.deleted.note")}
	case !t.Listed(), t.WaitingSince.IsZero() && t.Undelivered > 0:
		return Wait{} // nobody waits, or the sign "not delivered" says more
	case t.WaitingSince.IsZero(), t.Category == tickets.Waiting, t.Category == tickets.OnHold:
		return Wait{Level: "paused", Text: env.T("wait.paused")}
	}
	note := "wait.reply"
	if t.Category == tickets.New {
		note = "wait.first"
	}
	since := env.Now.Sub(t.WaitingSince)
	return Wait{Level: level(since), Text: ui.Span(env, since), Note: env.T(note), Since: t.WaitingSince}
}

func level(d time.Duration) string {
	switch {
	case d >= 24*time.Hour:
		return "late"
	case d >= 4*time.Hour:
		return "soon"
	}
	return "ok"
}

// urgent says that a priority deserves its flag.
func urgent(p tickets.Priority) bool { return p >= tickets.High }

// ChannelIcon is the sign of a network.
func ChannelIcon(kind string) string {
	switch kind {
	case "telegram", "slack", "rocketchat":
		return kind
	case "email":
		return "mail"
	case "pretend":
		return "phone"
	}
	return "pencil"
}
