package hub_test

import (
	"strings"
	"testing"

	"okno/assets/locale"
	"okno/channels"
	"okno/channels/dialog"
	"okno/tickets"
)

// TestALetterIsOfferedTheFormItAsksFor has people write by mail what a form is for.
func TestALetterIsOfferedTheFormItAsksFor(t *testing.T) {
	everywhere(t, func(t *testing.T, x *house) {
		var err error
		x.words, err = locale.New()
		must(t, err)
		form := x.offers(t)
		x.answers(t, "k1", "anna@home.org", "We have received your message and opened request #1: A guest\n\nAnswer this message")
		x.matches = []dialog.Match{{Type: form.ID, Score: 1}}
		x.answers(t, "k2", "olga@home.org", "This looks like “Guest pass”.", "[Guest pass](https://desk.example/pass?map[]&about=2)")
		x.matches[0].Score = 0.1
		x.answers(t, "k3", "ivan@home.org", "opened request #3: A guest\n\nAnswer this message")
	})
}

// answers checks what somebody is told who writes by mail.
func (x *house) answers(t *testing.T, key, from string, parts ...string) {
	t.Helper()
	x.comes(t, key, channels.Inbound{Object: key, From: address(from), Subject: "A guest", Text: "comes by car"})
	x.follows(t)
	must(t, x.Deliver(t.Context(), x.only(t)))
	sent := x.net.Sent()
	for _, part := range parts {
		if body := sent[len(sent)-1].Body; !strings.Contains(body, part) {
			t.Errorf("%s reads %q, without %q", from, body, part)
		}
	}
}

// TestWhatAFormMadeIsOfferedNone confirms a request that came by a form.
func TestWhatAFormMadeIsOfferedNone(t *testing.T) {
	x := newHouse(t)
	form := x.offers(t)
	x.matches = []dialog.Match{{Type: form.ID, Score: 1}}
	olga, err := x.people.Known(t.Context(), kind, "olga@home.org", "Olga", "en")
	must(t, err)
	_, _, err = x.use.Request(t.Context(), tickets.AsPerson(olga.ID), tickets.NewRequest{
		RequesterID: olga.ID, ChannelID: x.channel, Type: form.ID, Answers: map[string]string{"who": "Boris", "car": "no"},
	})
	must(t, err)
	x.follows(t)
	must(t, x.Deliver(t.Context(), x.only(t)))
	if sent := x.net.Sent(); len(sent) != 1 || sent[0].Body != "hub.acknowledge.body 1" {
		t.Errorf("sent %+v", sent)
	}
}
