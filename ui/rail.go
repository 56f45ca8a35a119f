package ui

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"okno/tickets"
)

// views are the lists of the rail. Only administrators see what was deleted.
func views(env Env) []tickets.View {
	list := slices.DeleteFunc(tickets.Views(), func(v tickets.View) bool { return v == tickets.ViewDeleted })
	if env.Rail.Admin {
		list = append(list, tickets.ViewDeleted)
	}
	return list
}

func viewIcon(v tickets.View) string {
	return map[tickets.View]string{
		tickets.ViewMine: "user", tickets.ViewUnassigned: "nobody", tickets.ViewOpen: "inbox",
		tickets.ViewWaiting: "s-waiting", tickets.ViewMentions: "at",
		tickets.ViewSolved: "checkring", tickets.ViewSpam: "ban", tickets.ViewDeleted: "trash",
	}[v]
}

func teamKey(id int64) string { return "team:" + strconv.FormatInt(id, 10) }

// counted says that the number beside an entry is work to do.
func counted(key string) bool {
	return key != string(tickets.ViewSolved) && key != string(tickets.ViewSpam) && key != string(tickets.ViewDeleted)
}

// capped is a counter: beyond 99 nobody reads it.
func capped(n int) string {
	if n > 99 {
		return "99+"
	}
	return strconv.Itoa(n)
}

// Current lights the entry people are at.
func Current(is bool) templ.Attributes {
	if !is {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}
