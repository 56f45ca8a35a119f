package telegram

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	ta "github.com/mymmrac/telego/telegoapi"

	"okno/channels"
)

// errStore marks a failure of the desk itself to take an update.
var errStore = errors.New("store an update")

// errNoAddress says that a webhook needs a public https address the desk has not.
var errNoAddress = errors.New("the desk has no public https address")

// refusal answers what the API said, nil when it was not the API.
func refusal(err error) *ta.Error {
	var no *ta.Error
	if errors.As(err, &no) {
		return no
	}
	return nil
}

// says is whether the API refused with this code and words.
func says(err error, code int, words string) bool {
	no := refusal(err)
	return no != nil && no.ErrorCode == code && strings.Contains(strings.ToLower(no.Description), words)
}

// tokenRefused says that the server knows no bot with this token: 401 for one
// that was revoked, 404 for one that never was.
func tokenRefused(err error) bool {
	no := refusal(err)
	return no != nil && (no.ErrorCode == http.StatusUnauthorized || no.ErrorCode == http.StatusNotFound)
}

// retryAfter is how long the API asks to be left alone, 0 when it does not.
func retryAfter(err error) time.Duration {
	if no := refusal(err); no != nil && no.ErrorCode == http.StatusTooManyRequests && no.Parameters != nil {
		return time.Duration(no.Parameters.RetryAfter) * time.Second
	}
	return 0
}

// state is what an administrator sees of a failed connection.
func (a *adapter) state(err error) channels.State {
	return channels.State{Reason: a.reason(err), Detail: a.detail(err)}
}

// detail is the other side's words on one short line.
func (a *adapter) detail(err error) string {
	text := err.Error()
	if no := refusal(err); no != nil {
		text = no.Description
	}
	return oneLine(a.wire.clean(text), 300)
}

// reason says in words what is wrong and what to do.
func (a *adapter) reason(err error) channels.Text {
	return say("reason."+reasonCode(err), "host", a.host())
}

func reasonCode(err error) string {
	switch no := refusal(err); {
	case errors.Is(err, errStore):
		return "store"
	case errors.Is(err, errNoAddress):
		return "no_address"
	case errors.Is(err, errWebhookGone):
		return "webhook"
	case no == nil:
		return networkCode(err)
	case tokenRefused(err):
		return "token"
	case says(err, http.StatusConflict, "webhook"):
		return "webhook"
	case no.ErrorCode == http.StatusConflict:
		return "conflict"
	case no.ErrorCode == http.StatusTooManyRequests:
		return "too_many"
	case no.ErrorCode >= http.StatusInternalServerError:
		return "server"
	}
	return "unknown"
}

// networkCode tells what happened to a call that got no answer of the API.
func networkCode(err error) string {
	var (
		failed  *wireError
		name    *net.DNSError
		timeout net.Error
	)
	switch {
	case errors.As(err, &failed) && failed.status >= http.StatusInternalServerError:
		return "server"
	case failed != nil && failed.status != 0:
		return "not_telegram"
	case errors.As(err, &name):
		return "name"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case badCertificate(err):
		return "certificate"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "closed"
	}
	return "unknown"
}

func badCertificate(err error) bool {
	var (
		verify *tls.CertificateVerificationError
		host   x509.HostnameError
		record tls.RecordHeaderError
	)
	return errors.As(err, &verify) || errors.As(err, &host) || errors.As(err, &record)
}
