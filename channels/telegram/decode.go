package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/mymmrac/telego"

	"okno/channels"
)

// Decode implements channels.Adapter. The library trusts the shape of updates and
// leaves nothing where something must be, so a crash over one is kept apart.
func (a *adapter) Decode(ctx context.Context, e channels.Event) (in channels.Inbound, err error) {
	defer func() {
		if p := recover(); p != nil {
			a.deps.Logger.Warn("an update of unknown shape", "key", e.Key, "panic", p)
			in, err = a.unreadable(ctx, e)
		}
	}()
	return a.decode(ctx, e)
}

func (a *adapter) decode(ctx context.Context, e channels.Event) (channels.Inbound, error) {
	var u telego.Update
	if err := json.Unmarshal(e.Raw, &u); err != nil {
		return a.unreadable(ctx, e)
	}
	switch {
	case u.Message != nil:
		return a.message(ctx, e, u.Message)
	case u.EditedMessage != nil:
		return a.edited(ctx, e, u.EditedMessage)
	case u.CallbackQuery != nil:
		return a.press(u.CallbackQuery, e.ReceivedAt), nil
	case u.MessageReaction != nil:
		return a.reaction(u.MessageReaction), nil
	case u.MyChatMember != nil:
		return a.membership(u.MyChatMember), nil
	}
	return channels.Inbound{Ignored: say("ignored.kind")}, nil
}

// unreadable keeps an update of a shape nobody knows, as it came.
func (a *adapter) unreadable(ctx context.Context, e channels.Event) (channels.Inbound, error) {
	in := channels.Inbound{Object: e.Object, At: e.ReceivedAt, Unreadable: say("unreadable")}
	if envelope, err := readEnvelope(e.Raw); err == nil {
		if on, from := envelope.subject(); on != nil && from != nil {
			in.From, in.Place = address(*from), chatText(on.Chat.ID)
		}
	}
	blob, size, err := a.deps.Files.Put(ctx, bytes.NewReader(e.Raw))
	if err != nil {
		return in, fmt.Errorf("keep an update: %w", err)
	}
	in.Files = []channels.File{{Name: "update.json", Type: "application/json", Size: size, Blob: blob}}
	return in, nil
}

// message reads what somebody wrote in the private chat.
func (a *adapter) message(ctx context.Context, e channels.Event, m *telego.Message) (channels.Inbound, error) {
	if why := ignored(m); !why.IsZero() {
		return channels.Inbound{Ignored: why}, nil
	}
	in := channels.Inbound{
		Object: a.ref(m.Chat.ID, m.MessageID), From: address(*m.From), Place: chatText(m.Chat.ID),
		At: time.Unix(m.Date, 0).UTC(), Language: language(m.From.LanguageCode), Thread: a.thread(m),
	}
	if payload, ok := started(m.Text); ok {
		in.Doing = channels.Doing{Act: channels.ActReturn, Start: payload}
		return in, nil
	}
	if m.MediaGroupID != "" {
		in.Album = a.botID + "/" + m.MediaGroupID
	}
	read(m, &in)
	err := a.files(ctx, e, m, &in)
	return in, err
}

// edited is the message as it reads now.
func (a *adapter) edited(ctx context.Context, e channels.Event, m *telego.Message) (channels.Inbound, error) {
	in, err := a.message(ctx, e, m)
	if err != nil || !in.Ignored.IsZero() {
		return in, err
	}
	in.Doing, in.At = channels.Doing{Act: channels.ActEdit, Of: in.Object}, time.Unix(m.EditDate, 0).UTC()
	return in, nil
}

// ignored says why a message is not for the desk.
func ignored(m *telego.Message) channels.Text {
	switch {
	case m.Chat.Type != telego.ChatTypePrivate:
		return say("ignored.group", "chat", oneLine(m.Chat.Title, 100))
	case m.From == nil || m.From.IsBot:
		return say("ignored.bot")
	case service(m):
		return say("ignored.service")
	}
	return channels.Text{}
}

// started answers what a /start command carries.
func started(text string) (payload string, ok bool) {
	command, payload, _ := strings.Cut(text, " ")
	command, _, _ = strings.Cut(command, "@")
	payload = strings.TrimSpace(payload)
	return payload, command == "/start" && len(payload) <= 64
}

// press is a button under a message of ours.
func (a *adapter) press(q *telego.CallbackQuery, at time.Time) channels.Inbound {
	if q.Message == nil || q.Message.GetChat().Type != telego.ChatTypePrivate {
		return channels.Inbound{Ignored: say("ignored.kind")}
	}
	chat := q.Message.GetChat().ID
	return channels.Inbound{
		From: address(q.From), Place: chatText(chat), At: at, Language: language(q.From.LanguageCode),
		Doing: channels.Doing{Act: channels.ActPress, Of: a.ref(chat, q.Message.GetMessageID()), Button: q.Data},
	}
}

// reaction is the first emoji a person has on a message now; the others and
// those of their own making are not told apart.
func (a *adapter) reaction(r *telego.MessageReactionUpdated) channels.Inbound {
	if r.User == nil || r.User.IsBot || r.Chat.Type != telego.ChatTypePrivate {
		return channels.Inbound{Ignored: say("ignored.kind")}
	}
	doing := channels.Doing{Act: channels.ActReact, Of: a.ref(r.Chat.ID, r.MessageID)}
	for _, one := range r.NewReaction {
		if emoji, ok := one.(*telego.ReactionTypeEmoji); ok {
			doing.Reaction = emoji.Emoji
			break
		}
	}
	if doing.Reaction == "" && len(r.NewReaction) > 0 {
		doing.Reaction = "⭐" // an emoji of somebody's own, which has no character
	}
	return channels.Inbound{
		From: address(*r.User), Place: chatText(r.Chat.ID), At: time.Unix(r.Date, 0).UTC(),
		Language: language(r.User.LanguageCode), Doing: doing,
	}
}

// membership is the bot being blocked or let in again.
func (a *adapter) membership(m *telego.ChatMemberUpdated) channels.Inbound {
	if m.Chat.Type != telego.ChatTypePrivate {
		return channels.Inbound{Ignored: say("ignored.group", "chat", oneLine(m.Chat.Title, 100))}
	}
	act := channels.ActReturn
	if !m.NewChatMember.MemberIsMember() {
		act = channels.ActLeave
	}
	return channels.Inbound{
		From: address(m.From), Place: chatText(m.Chat.ID), At: time.Unix(m.Date, 0).UTC(),
		Language: language(m.From.LanguageCode), Doing: channels.Doing{Act: act},
	}
}

func address(u telego.User) channels.Address {
	return channels.Address{Network: kindName, ID: chatText(u.ID), Name: fullName(u)}
}

// language is the one of the desk's languages that somebody set their Telegram
// to.
func language(code string) string {
	base, _, _ := strings.Cut(strings.ToLower(code), "-")
	if base == "ru" || base == "en" {
		return base
	}
	return ""
}

// thread names the message this one answers.
func (a *adapter) thread(m *telego.Message) channels.Thread {
	if m.ReplyToMessage == nil || m.ReplyToMessage.Chat.ID != m.Chat.ID {
		return channels.Thread{}
	}
	return channels.Thread{Refs: []string{a.ref(m.Chat.ID, m.ReplyToMessage.MessageID)}}
}
