package email

import (
	"context"
	"errors"

	"okno/channels"
)

// check implements channels.Kind: it walks the way of a mail in and of a mail
// out, and stops on each way at the first step that fails. Nothing is sent and
// nothing in the mailbox changes.
func (o Options) check(ctx context.Context, c channels.Connection, d channels.Deps, report func(channels.Step)) {
	a := o.newAdapter(c, d)
	if s, err := a.connect(ctx, passes("imap", report)); err != nil {
		report(a.failed("imap", err))
	} else {
		s.close()
	}
	if err := a.checkSending(ctx, passes("smtp", report)); err != nil {
		report(a.failed("smtp", err))
	}
}

func (a *adapter) checkSending(ctx context.Context, passed func(step string)) error {
	c, err := a.connectSMTP(ctx, passed)
	if err != nil {
		return err
	}
	defer c.close()
	sender, err := wireAddress(a.address)
	if err == nil {
		err = c.do(func() error { return c.client.Mail(sender, nil) })
	}
	if err == nil {
		err = c.do(c.client.Reset)
	}
	if err != nil {
		return &stepError{stepSender, a.smtp, err}
	}
	passed(stepSender)
	return nil
}

// passes reports the steps that went well, each once: a renewed token walks the
// same way again.
func passes(side string, report func(channels.Step)) func(step string) {
	seen := map[string]bool{}
	return func(step string) {
		if !seen[step] {
			seen[step] = true
			report(channels.Step{OK: true, Label: label(side, step)})
		}
	}
}

func (a *adapter) failed(side string, err error) channels.Step {
	step := stepConnect
	var named *stepError
	if errors.As(err, &named) {
		step = named.step
	}
	return channels.Step{Label: label(side, step), Reason: a.reason(err), Detail: detail(err)}
}

func label(side, step string) channels.Text {
	return channels.Text{Key: "channel.email.check." + side + "_" + step}
}
