package email

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"syscall"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"golang.org/x/oauth2"

	"okno/channels"
)

// state is what an administrator sees of a failed connection.
func (a *adapter) state(err error) channels.State {
	return channels.State{Reason: a.reason(err), Detail: detail(err)}
}

// detail is the other side's words on one short line.
func detail(err error) string {
	line := strings.Join(strings.Fields(err.Error()), " ")
	return strings.ToValidUTF8(line[:min(len(line), 300)], "")
}

// reason says in words what is wrong and what to do.
func (a *adapter) reason(err error) channels.Text {
	s, step := a.imap, ""
	var failed *stepError
	if errors.As(err, &failed) {
		s, step = failed.server, failed.step
	}
	return channels.Text{
		Key:  "channel.email.reason." + a.reasonCode(err, step, s),
		Args: map[string]string{"host": s.host, "port": strconv.Itoa(s.port), "folder": a.folder, "address": a.address},
	}
}

func (a *adapter) reasonCode(err error, step string, s server) string {
	for _, code := range []string{certificateCode(err), a.signInCode(err, step, s), networkCode(err, step, s)} {
		if code != "" {
			return code
		}
	}
	switch step {
	case stepFolder, stepSender, stepStore:
		return step
	}
	return "unknown"
}

// certificateCode tells what TLS did not like.
func certificateCode(err error) string {
	var (
		host    x509.HostnameError
		unknown x509.UnknownAuthorityError
		invalid x509.CertificateInvalidError
		record  tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &host):
		return "certificate_name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "certificate_expired"
	case errors.As(err, &unknown), errors.As(err, &invalid):
		return "certificate_unknown"
	case errors.As(err, &record):
		return "not_tls"
	case strings.Contains(err.Error(), "doesn't support STARTTLS"):
		return "no_starttls"
	}
	return ""
}

// signInCode tells why signing in failed.
func (a *adapter) signInCode(err error, step string, s server) string {
	var (
		grant  *oauth2.RetrieveError
		bearer *sasl.OAuthBearerError
	)
	switch {
	case errors.Is(err, errNoGrant):
		return "grant_missing"
	case errors.As(err, &grant):
		return "grant_lost"
	case errors.Is(err, errWantsTLS):
		return "wants_tls"
	case errors.Is(err, errNoSignIn):
		return "no_sign_in"
	case step != stepSignIn:
		return ""
	case errors.As(err, &bearer):
		return "token"
	case !answered(err):
		return ""
	case a.tokens != nil:
		return "token"
	}
	return "password" + provider(s.host)
}

// answered says that the server spoke and its word was no.
func answered(err error) bool {
	var reply *smtp.SMTPError
	if errors.As(err, &reply) {
		return reply.Code >= 500
	}
	var no *imap.Error
	return errors.As(err, &no) && no.Code != imap.ResponseCodeUnavailable
}

// provider names the two that take no ordinary password.
func provider(host string) string {
	host = strings.ToLower(host)
	switch {
	case strings.HasSuffix(host, ".gmail.com"), strings.HasSuffix(host, ".googlemail.com"):
		return "_google"
	case strings.HasSuffix(host, ".office365.com"), strings.HasSuffix(host, ".outlook.com"):
		return "_microsoft"
	}
	return ""
}

// networkCode tells what happened to the connection.
func networkCode(err error, step string, s server) string {
	var (
		name    *net.DNSError
		timeout net.Error
	)
	waited := errors.Is(err, errStalled) || errors.Is(err, context.DeadlineExceeded) ||
		(errors.As(err, &timeout) && timeout.Timeout())
	switch {
	case errors.As(err, &name):
		return "name"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case waited && step == stepGreet && s.security == securityPlain:
		return "silent"
	case waited:
		return "timeout"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "closed"
	}
	return ""
}
