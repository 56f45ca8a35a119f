package telegram

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"okno/channels"
)

// Send implements channels.Adapter. With the same Key it goes on where it
// stopped.
func (a *adapter) Send(ctx context.Context, out channels.Outbound) (channels.Receipt, error) {
	chat, why := a.target(out)
	if why == nil {
		why = a.unfit(out)
	}
	if why != nil {
		return channels.Receipt{}, why
	}
	list, p := parts(out, a.options.Upload), a.trail.of(out)
	if len(list) == 0 {
		return channels.Receipt{}, &channels.SendError{Verdict: channels.Never, Reason: say("send.nothing")}
	}
	if answered, message, ok := a.parseRef(out.InReplyTo); ok && answered == chat {
		list[0].reply = message
	}
	if out.Replaces != "" && len(list) == 1 && len(out.Files) == 0 && len(p.Parts) == 0 {
		switch err := a.Edit(ctx, out.Replaces, out); {
		case err == nil:
			return channels.Receipt{ID: out.Replaces}, nil
		case !gone(err):
			return channels.Receipt{}, err
		}
	}
	for i := len(p.Parts); i < len(list); i++ {
		ids, err := a.sendPart(ctx, &chat, list[i])
		if err != nil {
			return channels.Receipt{}, a.stopped(ctx, out.Key, p, len(list), err)
		}
		p.Parts, p.Doubt = append(p.Parts, ids), 0
		if err := a.note(ctx, out.Key, p, len(list)); err != nil {
			return channels.Receipt{}, &channels.SendError{Verdict: channels.Later, Reason: say("send.store"), Err: err}
		}
	}
	return p.receipt(), nil
}

// gone says that a message cannot be changed any more, while its chat is there.
func gone(err error) bool {
	var e *channels.SendError
	return errors.As(err, &e) && e.Verdict == channels.Never
}

// target is the chat a message goes to.
func (a *adapter) target(out channels.Outbound) (int64, error) {
	id := out.Place
	if id == "" {
		id = out.To.ID
	}
	chat, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return 0, &channels.SendError{Verdict: channels.Gone, Reason: say("send.address"), Err: err}
	}
	return chat, nil
}

// unfit says what Telegram would refuse, before anything of it leaves.
func (a *adapter) unfit(out channels.Outbound) error {
	for _, f := range out.Files {
		switch {
		case f.Size > a.options.Upload:
			return never("send.large", "name", f.Name, "megabytes", strconv.FormatInt(a.options.Upload>>20, 10))
		case f.Size == 0:
			return never("send.empty", "name", f.Name)
		}
	}
	return nil
}

func never(code string, pairs ...string) error {
	return &channels.SendError{Verdict: channels.Never, Reason: say(code, pairs...), Err: errors.New(code)}
}

// sendPart makes one call, and makes it otherwise when Telegram says what it
// does not like. chat changes when the group moved.
func (a *adapter) sendPart(ctx context.Context, chat *int64, p part) ([]string, error) {
	const tries = 6
	var err error
	for range tries {
		if err := a.pace.wait(ctx, *chat, p.size()); err != nil {
			return nil, err
		}
		var messages []int
		if messages, err = a.call(ctx, *chat, p); err == nil {
			return a.refs(*chat, messages), nil
		}
		if d := retryAfter(err); d > 0 {
			a.pace.hold(*chat, d)
			return nil, err
		}
		var otherwise bool
		if p, otherwise = adapted(p, chat, err); !otherwise {
			return nil, err
		}
	}
	return nil, err
}

// adapted answers the part in a form that a refusal leaves open.
func adapted(p part, chat *int64, err error) (part, bool) {
	no := refusal(err)
	switch {
	case no == nil:
		return p, false
	case no.Parameters != nil && no.Parameters.MigrateToChatID != 0 && no.Parameters.MigrateToChatID != *chat:
		*chat, p.reply = no.Parameters.MigrateToChatID, 0
	case says(err, http.StatusBadRequest, "can't parse") && !p.plain:
		p.plain = true
	case aboutPicture(err) && !p.raw && len(p.files) > 0:
		p.raw = true
	case aboutButton(err) && p.linked():
		p = p.withoutLinks()
	case says(err, http.StatusBadRequest, "replied") && p.reply != 0:
		p.reply = 0
	default:
		return p, false
	}
	return p, true
}

// aboutPicture says that a file is no picture to Telegram; it still is a file.
func aboutPicture(err error) bool {
	for _, words := range []string{"photo_invalid", "photo_save_file", "photo_ext", "image_process_failed", "photo should be uploaded as an image"} {
		if says(err, http.StatusBadRequest, words) {
			return true
		}
	}
	return false
}

// aboutButton says that the address of a button is not to Telegram's liking.
func aboutButton(err error) bool {
	return says(err, http.StatusBadRequest, "button_url") || says(err, http.StatusBadRequest, "inline keyboard button url") ||
		says(err, http.StatusBadRequest, "wrong http url")
}

func (a *adapter) refs(chat int64, messages []int) []string {
	out := make([]string, len(messages))
	for i, m := range messages {
		out[i] = a.ref(chat, m)
	}
	return out
}

// stopped turns a failure into what the outbox understands. A lost answer is
// risked once: the part may arrive twice, or not at all, and only people can
// look.
func (a *adapter) stopped(ctx context.Context, key string, p progress, of int, err error) error {
	e := a.sendError(err)
	if !e.Maybe {
		return e
	}
	if p.Doubt++; p.Doubt > 1 {
		e.Verdict, e.Reason, p.Doubt = channels.Never, say("send.doubt"), 0
	}
	if err := a.note(ctx, key, p, of); err != nil {
		a.deps.Logger.Warn("could not note a lost answer", "error", err)
	}
	return e
}

// within bounds one call.
func (a *adapter) within(p part) time.Duration {
	if len(p.files) > 0 {
		return a.options.Transfer
	}
	return a.options.Answer
}
