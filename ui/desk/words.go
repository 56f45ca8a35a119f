package desk

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"okno/tickets"
	"okno/ui"
)

const (
	rfc3339 = time.RFC3339
	// toastStays is how long a toast can be read.
	toastStays = 10 * time.Second
)

// priorityKey is the name of a priority.
func priorityKey(p tickets.Priority) string { return "priority." + strconv.Itoa(int(p)) }

// subject is never empty: a link needs words.
func subject(env ui.Env, s string) string {
	if strings.TrimSpace(s) == "" {
		return env.T("ticket.nosubject")
	}
	return s
}

// emptyKey is which empty view it is; all teams share one.
func emptyKey(key string) string {
	if strings.HasPrefix(key, "team:") {
		return "team"
	}
	return key
}

// firstPage is the address of a view or a team from its beginning.
func firstPage(key string) string {
	if team, ok := strings.CutPrefix(key, "team:"); ok {
		return "/tickets?team=" + url.QueryEscape(team)
	}
	return "/tickets?view=" + url.QueryEscape(key)
}

// fields is where changes of a ticket are sent.
func fields(number int64) string { return "/tickets/" + id(number) + "/fields" }

// undo is where a reply is taken back.
func undo(message int64) string { return "/messages/" + id(message) + "/undo" }

// retry is where a failed reply is sent again.
func retry(message int64) string { return "/messages/" + id(message) + "/retry" }

// seconds are left until a moment, never less than one.
func seconds(env ui.Env, until time.Time) int {
	return max(int(until.Sub(env.Now).Round(time.Second)/time.Second), 1)
}

// sideKey names who wrote a message in a key of the words.
func sideKey(side string) string {
	if side == "" {
		return "person"
	}
	return side
}

func joined(names []string) string { return strings.Join(names, ", ") }

// failure says that a reply did not arrive and why.
func failure(env ui.Env, d Delivery) string {
	if d.Reason == "" {
		return env.T("delivery.failed")
	}
	return env.T("delivery.failed.why", "reason", d.Reason)
}

// messages is where the composer sends.
func messages(c Composer) string { return "/tickets/" + id(c.Number) + "/messages" }

// nameOf finds the name of a choice, "" when there is none.
func nameOf(choices []Choice, id int64) string {
	for _, c := range choices {
		if c.ID == id {
			return c.Name
		}
	}
	return ""
}

// images are the files that are shown in place.
func images(files []File) []File {
	return slices.DeleteFunc(slices.Clone(files), func(f File) bool { return !f.Image })
}

// others are the files that can only be saved.
func others(files []File) []File {
	return slices.DeleteFunc(slices.Clone(files), func(f File) bool { return f.Image })
}

// orWord is a name, or a word where there is none.
func orWord(name, word string) string {
	if name == "" {
		return word
	}
	return name
}
