package telegramtest

import (
	"strings"
	"time"
)

// Lengths of texts in UTF-16 units, after the formatting was read.
const (
	maxText    = 4096
	maxCaption = 1024
)

// method is one method of the API.
type method struct {
	name  string
	run   func(call) (any, *refusal)
	sends bool // counts against the rate
	waits bool // takes the lock by itself
}

// methods are those the server knows, by their names in lower case.
func methods() map[string]method {
	list := []method{
		{name: "getMe", run: getMe}, {name: "getChat", run: getChat}, {name: "getFile", run: getFile},
		{name: "getUpdates", run: getUpdates, waits: true},
		{name: "setWebhook", run: setWebhook}, {name: "deleteWebhook", run: deleteWebhook}, {name: "getWebhookInfo", run: getWebhookInfo},
		{name: "setMyCommands", run: setMyCommands}, {name: "getMyCommands", run: getMyCommands}, {name: "deleteMyCommands", run: deleteMyCommands},
		{name: "sendMessage", run: sendMessage, sends: true},
		{name: "sendPhoto", run: sendMedia("photo"), sends: true},
		{name: "sendDocument", run: sendMedia("document"), sends: true},
		{name: "sendVideo", run: sendMedia("video"), sends: true},
		{name: "sendMediaGroup", run: sendMediaGroup, sends: true},
		{name: "sendChatAction", run: sendChatAction},
		{name: "editMessageText", run: editMessageText}, {name: "editMessageCaption", run: editMessageCaption},
		{name: "editMessageReplyMarkup", run: editMessageReplyMarkup},
		{name: "deleteMessage", run: deleteMessage}, {name: "setMessageReaction", run: setMessageReaction},
		{name: "answerCallbackQuery", run: answerCallbackQuery},
	}
	out := map[string]method{}
	for _, m := range list {
		out[strings.ToLower(m.name)] = m
	}
	return out
}

func sendMessage(c call) (any, *refusal) {
	r, refused := c.room()
	if refused != nil {
		return nil, refused
	}
	m, refused := c.begin(r)
	if refused == nil {
		refused = c.say(m)
	}
	if refused != nil {
		return nil, refused
	}
	return r.write(c.server, m).copied(), nil
}

// begin is a message of the bot with what all sorts share: what it answers, and
// its keyboard.
func (c call) begin(r *room) (m *Message, refused *refusal) {
	m = &Message{From: c.bot.user(false)}
	if m.Buttons, m.Keyboard, refused = keyboard(c.params); refused != nil {
		return nil, refused
	}
	var to struct {
		ID     int64 `json:"message_id"`
		Anyway bool  `json:"allow_sending_without_reply"`
	}
	if given, refused := c.params.object("reply_parameters", &to); !given || refused != nil {
		return m, refused
	}
	if m.ReplyTo = r.find(to.ID); m.ReplyTo == nil && !to.Anyway {
		return nil, bad("message to be replied not found")
	}
	return m, nil
}

// say puts the text of a call into a message.
func (c call) say(m *Message) *refusal {
	text, entities, refused := formatted(c.params.text("text"), c.params.text("parse_mode"))
	switch {
	case refused != nil:
		return refused
	case text == "":
		return bad("message text is empty")
	case units(text) > maxText:
		return bad("message is too long")
	}
	if _, refused := c.params.object("entities", &entities); refused != nil {
		return refused
	}
	m.Text, m.Entities, m.HTML = text, entities, c.params.text("text")
	return nil
}

// describe puts a caption into a message.
func describe(m *Message, caption, mode string) *refusal {
	text, entities, refused := formatted(caption, mode)
	if refused != nil {
		return refused
	}
	if units(text) > maxCaption {
		return bad("message caption is too long")
	}
	m.Caption, m.CaptionEntities, m.HTML = text, entities, caption
	return nil
}

func sendChatAction(c call) (any, *refusal) {
	if _, refused := c.room(); refused != nil {
		return nil, refused
	}
	known := " typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location record_video_note upload_video_note "
	if !strings.Contains(known, " "+c.params.text("action")+" ") {
		return nil, bad("wrong parameter action in request")
	}
	return true, nil
}

// chatInfo is a ChatFullInfo.
type chatInfo struct {
	Chat
	Accent    int             `json:"accent_color_id"`
	Reactions int             `json:"max_reaction_count"`
	Gifts     map[string]bool `json:"accepted_gift_types"`
}

func getChat(c call) (any, *refusal) {
	r, refused := c.room()
	if refused != nil {
		return nil, refused
	}
	gifts := map[string]bool{}
	for _, name := range []string{"unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"} {
		gifts[name] = true
	}
	return chatInfo{Chat: r.chat, Reactions: 11, Gifts: gifts}, nil
}

// queryLasts is how long a pressed button waits for its answer.
const queryLasts = time.Minute

func answerCallbackQuery(c call) (any, *refusal) {
	q := c.server.queries[c.params.text("callback_query_id")]
	if q == nil || q.bot != c.bot || q.Answered || c.server.now().Sub(q.at) > queryLasts {
		return nil, bad("query is too old and response timeout expired or query ID is invalid")
	}
	if units(c.params.text("text")) > 200 {
		return nil, bad("MESSAGE_TOO_LONG")
	}
	q.Answered, q.Text, q.Alert = true, c.params.text("text"), c.params.flag("show_alert")
	return true, nil
}
