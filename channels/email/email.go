// Package email is the adapter for mail: it takes mail from an IMAP mailbox and
// sends mail by SMTP.
//
// Receiving (Run, receive.go): the mailbox's UIDs are the truth, kept as a
// cursor "UIDVALIDITY UID" that moves with every stored mail; IDLE only wakes
// the reader up (idle.go). Nothing depends on \Seen, so people may work in the
// mailbox too. Every wait is watched (wire.go): a connection on which nothing
// moves is closed and dialled again.
//
// Sending (Send, send.go): one mail per call with a Message-ID derived from
// Outbound.Key and signed (mark.go), so that a second try is the same mail and
// an answer finds its ticket before anything about it was recorded.
//
// Reading (Decode, decode.go): channels/email/read does it; this package only
// adds what the desk knows: its own addresses, marks and agents.
package email

import (
	"crypto/x509"
	"time"

	"okno/channels"
)

// Options are the times and limits of the adapter; the zero value means the
// defaults named beside each field.
type Options struct {
	Poll      time.Duration  // IDLE is left and the mailbox looked at this often: 2 minutes
	Answer    time.Duration  // a server that does not answer a NOOP for so long is gone: 20 seconds
	Connect   time.Duration  // for each of connecting, TLS and signing in: 20 seconds
	Stall     time.Duration  // a transfer in which nothing moves for so long is broken: 1 minute
	Accept    time.Duration  // for the answer after a whole mail was sent: 5 minutes
	RetryMin  time.Duration  // first pause before dialling again: 1 second
	RetryMax  time.Duration  // longest pause: 1 minute, five times that after a refused password
	LargeMail int64          // bytes; of a larger mail only the head is taken: 50 MB
	Roots     *x509.CertPool // whom to trust instead of the system's certificates
}

// adapter is one mailbox.
type adapter struct {
	settings
	options Options
	deps    channels.Deps
	tokens  *tokens           // nil when signing in by password
	starts  map[string]string // first positions by cursor; only Run touches it
}

// Name implements channels.Adapter.
func (a *adapter) Name() string { return kindName }

// open implements channels.Kind.
func (o Options) open(c channels.Connection, d channels.Deps) (channels.Adapter, error) {
	return o.newAdapter(c, d), nil
}

func (o Options) newAdapter(c channels.Connection, d channels.Deps) *adapter {
	a := &adapter{settings: newSettings(c), options: o.withDefaults(), deps: d, starts: map[string]string{}}
	if start, ok := c.Secrets[a.cursor()]; ok {
		a.starts[a.cursor()] = start
	}
	if a.auth != authPassword {
		a.tokens = newTokens(c, d)
	}
	return a
}

func (o Options) withDefaults() Options {
	defaults := []struct {
		field *time.Duration
		value time.Duration
	}{
		{&o.Poll, 2 * time.Minute}, {&o.Answer, 20 * time.Second}, {&o.Connect, 20 * time.Second},
		{&o.Stall, time.Minute}, {&o.Accept, 5 * time.Minute},
		{&o.RetryMin, time.Second}, {&o.RetryMax, time.Minute},
	}
	for _, d := range defaults {
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	if o.LargeMail == 0 {
		o.LargeMail = 50 << 20
	}
	return o
}
