package telegram

import (
	"errors"
	"net/http"
	"strings"

	"okno/channels"
)

// sendError makes the error the outbox understands.
func (a *adapter) sendError(err error) *channels.SendError {
	e := &channels.SendError{Verdict: channels.Later, Reason: a.reason(err), Err: errors.New(a.detail(err))}
	var full *busy
	no := refusal(err)
	switch {
	case errors.As(err, &full):
		e.After, e.Reason = full.after, say("send.busy")
	case errors.Is(err, errFileGone):
		e.Verdict, e.Reason = channels.Never, say("send.file")
	case no == nil:
		e.Maybe = doubtful(err)
	case no.ErrorCode == http.StatusTooManyRequests:
		e.After, e.Reason = retryAfter(err), say("send.busy")
	case tokenRefused(err), no.ErrorCode >= http.StatusInternalServerError, no.ErrorCode == http.StatusConflict:
		// the reason of the connection says it
	default:
		e.Verdict, e.Reason = verdict(no.ErrorCode, strings.ToLower(no.Description))
	}
	return e
}

// doubtful says that a message may have been taken although no answer came. A
// gateway that answers in the place of a server that is away has not handed it
// on; one that waited in vain may have.
func doubtful(err error) bool {
	var w *wireError
	if !errors.As(err, &w) {
		return false
	}
	switch w.status {
	case 0, http.StatusOK, http.StatusInternalServerError, http.StatusGatewayTimeout:
		return w.handed
	}
	return false
}

// verdict tells a person who cannot be reached from a message that is not taken.
func verdict(code int, words string) (channels.Verdict, channels.Text) {
	for _, one := range []struct{ words, reason string }{
		{"blocked by the user", "send.blocked"},
		{"user is deactivated", "send.deactivated"},
		{"can't initiate conversation", "send.stranger"},
		{"chat not found", "send.unknown"},
		{"peer_id_invalid", "send.unknown"},
		{"user not found", "send.unknown"},
		{"bot was kicked", "send.kicked"},
		{"not a member", "send.kicked"},
		{"can't send messages to bots", "send.bot"},
		{"can't send messages to the bot", "send.bot"},
	} {
		if strings.Contains(words, one.words) {
			return channels.Gone, say(one.reason)
		}
	}
	switch code {
	case http.StatusForbidden:
		return channels.Gone, say("send.forbidden")
	case http.StatusRequestEntityTooLarge:
		return channels.Never, say("send.too_large")
	}
	return channels.Never, say("send.refused")
}
