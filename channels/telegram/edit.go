package telegram

import (
	"context"
	"fmt"
	"net/http"

	"github.com/mymmrac/telego"

	"okno/channels"
)

// Edit implements channels.Editor. A text that has become too long for one
// message keeps its beginning.
func (a *adapter) Edit(ctx context.Context, of string, out channels.Outbound) error {
	chat, message, ok := a.parseRef(of)
	if !ok {
		return never("send.address")
	}
	p := part{buttons: out.Buttons}
	if texts := split(signed(out), longestText); len(texts) > 0 {
		p.runs = texts[0]
	}
	for range 3 {
		err := a.edit(ctx, chat, message, p)
		if err == nil || says(err, http.StatusBadRequest, "message is not modified") {
			return nil
		}
		if d := retryAfter(err); d > 0 {
			a.pace.hold(chat, d)
		}
		var otherwise bool
		if p, otherwise = adapted(p, &chat, err); !otherwise {
			return a.sendError(err)
		}
	}
	return never("send.refused")
}

// edit changes the text of a message, or the words under its file.
func (a *adapter) edit(ctx context.Context, chat int64, message int, p part) error {
	if err := a.pace.wait(ctx, chat, 1); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, a.options.Answer)
	defer cancel()
	text, mode := p.text()
	_, err := a.bot.EditMessageText(ctx, &telego.EditMessageTextParams{
		ChatID: telego.ChatID{ID: chat}, MessageID: message, Text: text, ParseMode: mode, ReplyMarkup: inline(p.buttons),
	})
	if !says(err, http.StatusBadRequest, "no text in the message to edit") {
		return err
	}
	if texts := split(p.runs, longestCaption); len(texts) > 0 {
		p.runs = texts[0]
	}
	text, mode = p.text()
	_, err = a.bot.EditMessageCaption(ctx, &telego.EditMessageCaptionParams{
		ChatID: telego.ChatID{ID: chat}, MessageID: message, Caption: text, ParseMode: mode, ReplyMarkup: inline(p.buttons),
	})
	return err
}

// React implements channels.Reactor. A bot has one reaction on a message; it may
// be any of Telegram's own emoji.
func (a *adapter) React(ctx context.Context, _, of, emoji string) error {
	chat, message, ok := a.parseRef(of)
	if !ok {
		return never("send.address")
	}
	ctx, cancel := context.WithTimeout(ctx, a.options.Answer)
	defer cancel()
	list := []telego.ReactionType{}
	if emoji != "" {
		list = append(list, &telego.ReactionTypeEmoji{Type: telego.ReactionEmoji, Emoji: emoji})
	}
	err := a.bot.SetMessageReaction(ctx, &telego.SetMessageReactionParams{
		ChatID: telego.ChatID{ID: chat}, MessageID: message, Reaction: list,
	})
	if err != nil {
		return fmt.Errorf("react: %w", a.sendError(err))
	}
	return nil
}
