package email

import (
	"errors"
	"strings"

	"github.com/emersion/go-smtp"

	"okno/channels"
)

// Where in the exchange sending failed.
const (
	atSender    = "sender"
	atRecipient = "recipient"
	atData      = "data"
	atEnd       = "end"
)

// sendFailure is what the server said, or did not say, to a letter.
type sendFailure struct {
	at    string
	maybe bool
	err   error
}

// Error implements error.
func (f *sendFailure) Error() string { return f.at + ": " + f.err.Error() }

// Unwrap gives the cause.
func (f *sendFailure) Unwrap() error { return f.err }

func (f *sendFailure) reply() *smtp.SMTPError {
	var reply *smtp.SMTPError
	if errors.As(f.err, &reply) {
		return reply
	}
	return nil
}

// answered says that the server spoke, as opposed to the line breaking. 421
// announces that it is about to.
func (f *sendFailure) answered() bool { return f.reply() != nil && f.reply().Code != 421 }

// final says that another try would end the same.
func (f *sendFailure) final() bool { return f.reply() != nil && f.reply().Code >= 500 }

// gone says that the address is what is wrong (RFC 3463 section 3.2).
func (f *sendFailure) gone() bool {
	if f.at != atRecipient || !f.final() {
		return false
	}
	reply := f.reply()
	code := reply.EnhancedCode
	switch {
	case code[1] == 1, code[1] == 2 && code[2] == 1:
		return true
	case code[1] != 0 || code[2] != 0:
		return false
	}
	return (reply.Code == 550 || reply.Code == 551 || reply.Code == 553) && !aboutPolicy(reply.Message)
}

// aboutPolicy finds refusals that are about us and not about the address, from
// servers that give no enhanced code.
func aboutPolicy(message string) bool {
	message = strings.ToLower(message)
	for _, word := range []string{"spam", "relay", "block", "policy", "authenticat", "reputation", "denied"} {
		if strings.Contains(message, word) {
			return true
		}
	}
	return false
}

func (f *sendFailure) verdict() channels.Verdict {
	switch {
	case f.gone():
		return channels.Gone
	case f.final():
		return channels.Never
	default:
		return channels.Later
	}
}

// text is the reason for people.
func (f *sendFailure) text() channels.Text {
	switch {
	case f.gone():
		return sendText("gone")
	case f.final() && (f.reply().Code == 552 || f.reply().EnhancedCode == smtp.EnhancedCode{5, 3, 4}):
		return sendText("too_large")
	case f.final() && f.at == atSender:
		return sendText("sender")
	case f.final():
		return sendText("refused")
	case f.maybe:
		return sendText("maybe")
	case f.reply() != nil:
		return sendText("postponed")
	default:
		return sendText("broken")
	}
}

func sendText(code string) channels.Text { return channels.Text{Key: "channel.email.send." + code} }

// sendError makes the error the outbox understands.
func (a *adapter) sendError(err error) *channels.SendError {
	var f *sendFailure
	if !errors.As(err, &f) {
		return &channels.SendError{Verdict: channels.Later, Reason: sendText("broken"), Err: err}
	}
	return &channels.SendError{Verdict: f.verdict(), Maybe: f.maybe, Reason: f.text(), Err: err}
}
