// Package portal draws the pages of those who ask: what can be asked for, forms,
// signing in by mail, and a person's own requests. Every page works without
// scripts; scripts filter as somebody types, ask conditions anew, take files that
// are dropped, and keep a conversation current.
package portal

import (
	"net/url"
	"strconv"

	"okno/ui"
)

// Front is the first page.
type Front struct {
	Query    string
	Sections []Section
	Open     int // own requests that are not done
	Waiting  int // approvals this person is asked for
}

// Section is one entry of the menu with what it offers.
type Section struct {
	Key, Name, Icon string
	Cards           []Card
}

// Card is one request type on offer.
type Card struct {
	Key, Name, About, Icon string
	Begun                  bool // its form was begun in this browser
}

// FormAddress is where a form is filled; rest goes on after the key.
func FormAddress(key, rest string) string { return "/portal/r/" + url.PathEscape(key) + rest }

// Address is where a person reads their request.
func Address(number int64) string { return "/portal/t/" + text(number) }

func number(n int) string { return strconv.Itoa(n) }

func text(n int64) string { return strconv.FormatInt(n, 10) }

// icon of a card that has none of its own.
func (c Card) icon() string {
	if c.Icon == "" {
		return "📝"
	}
	return c.Icon
}

// found says how much a search found, for those who do not see it.
func (f Front) found(env ui.Env) string {
	if f.Query == "" {
		return ""
	}
	n := 0
	for _, s := range f.Sections {
		n += len(s.Cards)
	}
	return env.T("portal.found", "count", n)
}
