package email

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/emersion/go-smtp"

	"okno/channels"
)

// errBadAddress says that an address cannot be written to.
var errBadAddress = errors.New("address cannot be used")

// Send implements channels.Adapter.
func (a *adapter) Send(ctx context.Context, out channels.Outbound) (channels.Receipt, error) {
	l, err := a.compose(out)
	if err != nil {
		return channels.Receipt{}, &channels.SendError{Verdict: channels.Gone, Reason: sendText("address"), Err: err}
	}
	c, err := a.connectSMTP(ctx, func(string) {})
	if err != nil {
		return channels.Receipt{}, &channels.SendError{Verdict: channels.Later, Reason: a.reason(err), Err: err}
	}
	defer c.close()
	accepted, err := c.address(l)
	if err != nil {
		return channels.Receipt{}, a.sendError(err)
	}
	if err := c.content(ctx, l, a.deps.Files); err != nil {
		return channels.Receipt{}, a.sendError(err)
	}
	return channels.Receipt{ID: l.id, Refused: accepted}, nil
}

// address names sender and recipients and answers whom the server refused while
// it took others. It is an error when the requester may be taken later, or when
// nobody is taken: then nothing has been sent yet.
func (c *connection) address(l *letter) ([]channels.Refusal, error) {
	if err := c.do(func() error { return c.client.Mail(l.sender, nil) }); err != nil {
		return nil, &sendFailure{at: atSender, err: err}
	}
	var refused []channels.Refusal
	var first error
	for i, recipient := range l.recipients {
		err := c.do(func() error { return c.client.Rcpt(recipient, nil) })
		if err == nil {
			continue
		}
		failure := &sendFailure{at: atRecipient, err: err}
		if !failure.answered() || (i == 0 && !failure.final()) {
			return nil, failure
		}
		refused = append(refused, channels.Refusal{Address: l.targets[i], Reason: failure.text(), Detail: detail(err)})
		if first == nil || !failure.final() {
			first = failure
		}
	}
	if len(refused) == len(l.recipients) {
		return nil, first
	}
	return refused, nil
}

// content sends the letter itself. Once the closing dot may have left, only the
// server knows whether it took the letter.
func (c *connection) content(ctx context.Context, l *letter, files channels.Files) error {
	var data *smtp.DataCommand
	err := c.do(func() (err error) {
		data, err = c.client.Data()
		return err
	})
	if err != nil {
		return &sendFailure{at: atData, err: err}
	}
	if err := c.do(func() error { return l.write(ctx, data, files) }); err != nil {
		return &sendFailure{at: atData, err: err}
	}
	if err := c.wire.during(c.options.Accept, data.Close); err != nil {
		failure := &sendFailure{at: atEnd, err: err}
		failure.maybe = !failure.answered()
		return failure
	}
	return nil
}

// write streams the letter.
func (l *letter) write(ctx context.Context, w io.Writer, files channels.Files) error {
	if _, err := w.Write(l.header); err != nil {
		return fmt.Errorf("write the header: %w", err)
	}
	return l.body.write(ctx, w, files)
}

// connection is one signed-in SMTP connection.
type connection struct {
	client  *smtp.Client
	wire    *wire
	options Options
	release func() bool
}

// connectSMTP connects as the settings ask and signs in; a refused token is
// renewed once.
func (a *adapter) connectSMTP(ctx context.Context, passed func(step string)) (*connection, error) {
	c, err := a.connectSMTPOnce(ctx, passed)
	if a.tokens == nil || !failedAt(err, stepSignIn) {
		return c, err
	}
	if err := a.tokens.renew(ctx); err != nil {
		return nil, &stepError{stepSignIn, a.smtp, err}
	}
	return a.connectSMTPOnce(ctx, passed)
}

func (a *adapter) connectSMTPOnce(ctx context.Context, passed func(step string)) (*connection, error) {
	c, err := a.dialSMTP(ctx, passed)
	if err != nil {
		return nil, err
	}
	err = c.wire.during(a.options.Connect, func() error { return a.signInSMTP(ctx, c.client) })
	if err != nil {
		c.close()
		return nil, &stepError{stepSignIn, a.smtp, err}
	}
	passed(stepSignIn)
	return c, nil
}

func (a *adapter) dialSMTP(ctx context.Context, passed func(step string)) (*connection, error) {
	d := dialer{a.options, passed}
	conn, w, err := d.dial(ctx, a.smtp)
	if err != nil {
		return nil, err
	}
	c := &connection{wire: w, options: a.options}
	c.release = context.AfterFunc(ctx, func() { _ = w.Close() })
	step := stepGreet
	err = w.during(a.options.Connect, func() (err error) {
		if a.smtp.security == securityStartTLS {
			step = stepTLS
			c.client, err = smtp.NewClientStartTLS(conn, d.tlsConfig(a.smtp))
		} else {
			c.client = smtp.NewClient(conn)
		}
		if err == nil {
			err = c.client.Hello(helloName(a.address))
		}
		return err
	})
	if err != nil {
		c.close()
		return nil, &stepError{step, a.smtp, err}
	}
	c.client.SubmissionTimeout = a.options.Accept
	passed(step)
	return c, nil
}

// helloName is how we introduce ourselves: not "localhost", which spam filters
// count against a mail.
func helloName(address string) string {
	if ascii, err := wireAddress(address); err == nil {
		return domain(ascii)
	}
	return "localhost"
}

func (c *connection) do(fn func() error) error { return c.wire.during(c.options.Stall, fn) }

// close says goodbye without waiting for the answer.
func (c *connection) close() {
	c.release()
	_ = c.wire.Close()
}
