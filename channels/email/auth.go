package email

import (
	"context"
	"errors"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// xoauth2 is Google's and Microsoft's older way to present a token.
type xoauth2 struct{ user, token string }

// Start implements sasl.Client.
func (x xoauth2) Start() (string, []byte, error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next answers the error message of the server with the empty line it asks for;
// its verdict follows.
func (x xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }

// bearer picks the better of the two ways to present a token.
func bearer(s server, user, token string, offers func(mechanism string) bool) sasl.Client {
	if offers(sasl.OAuthBearer) {
		return sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: user, Token: token, Host: s.host, Port: s.port})
	}
	return xoauth2{user, token}
}

// errWantsTLS says that the server takes no password over an open connection.
var errWantsTLS = errors.New("the server signs nobody in without encryption")

// errNoSignIn says that the server offers no way to sign in that we know.
var errNoSignIn = errors.New("the server offers no known way to sign in")

func (a *adapter) signInIMAP(ctx context.Context, s *session) error {
	if a.tokens != nil {
		return a.tokenIMAP(ctx, s)
	}
	return s.wire.during(a.options.Connect, func() error {
		caps := s.client.Caps()
		switch {
		case caps.Has(imap.AuthCap(sasl.Plain)):
			return s.client.Authenticate(sasl.NewPlainClient("", a.imapUser, a.imapPassword))
		case caps.Has(imap.CapLoginDisabled):
			return errWantsTLS
		default:
			return s.client.Login(a.imapUser, a.imapPassword).Wait()
		}
	})
}

func (a *adapter) tokenIMAP(ctx context.Context, s *session) error {
	token, err := a.tokens.access(ctx)
	if err != nil {
		return err
	}
	return s.wire.during(a.options.Connect, func() error {
		caps := s.client.Caps()
		return s.client.Authenticate(bearer(a.imap, a.imapUser, token, func(m string) bool {
			return caps.Has(imap.AuthCap(m))
		}))
	})
}

func (a *adapter) signInSMTP(ctx context.Context, c *smtp.Client) error {
	if a.smtpUser == "" {
		return nil
	}
	if a.tokens != nil {
		token, err := a.tokens.access(ctx)
		if err != nil {
			return err
		}
		return c.Auth(bearer(a.smtp, a.smtpUser, token, c.SupportsAuth))
	}
	switch {
	case c.SupportsAuth(sasl.Plain):
		return c.Auth(sasl.NewPlainClient("", a.smtpUser, a.smtpPassword))
	case c.SupportsAuth(sasl.Login):
		return c.Auth(sasl.NewLoginClient(a.smtpUser, a.smtpPassword))
	case a.smtp.security == securityPlain:
		return errWantsTLS
	default:
		return errNoSignIn
	}
}
