package telegramtest

import (
	"encoding/json"
	"reflect"
	"strings"
	"time"
)

// deletable is how long a message can be deleted.
const deletable = 48 * time.Hour

func editMessageText(c call) (any, *refusal) {
	return c.edit(func(m *Message) *refusal {
		if m.Text == "" {
			return bad("there is no text in the message to edit")
		}
		return c.say(m)
	})
}

func editMessageCaption(c call) (any, *refusal) {
	return c.edit(func(m *Message) *refusal {
		if len(m.Files) == 0 {
			return bad("there is no caption in the message to edit")
		}
		return describe(m, c.params.text("caption"), c.params.text("parse_mode"))
	})
}

func editMessageReplyMarkup(c call) (any, *refusal) {
	return c.edit(func(*Message) *refusal { return nil })
}

// edit changes a message of the bot. Buttons that are not given again go.
func (c call) edit(change func(*Message) *refusal) (any, *refusal) {
	m, refused := c.message("edit")
	if refused != nil {
		return nil, refused
	}
	if m.From == nil || m.From.ID != c.bot.ID {
		return nil, bad("message can't be edited")
	}
	now := m.copied()
	now.Keyboard = ""
	if now.Buttons, refused = inlineOf(c.params); refused != nil {
		return nil, refused
	}
	if refused := change(now); refused != nil {
		return nil, refused
	}
	if same(m, now) {
		return nil, bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	now.EditDate = c.server.now().Unix()
	now.ReplyTo = m.ReplyTo
	*m = *now
	return m.copied(), nil
}

// same compares what people see.
func same(a, b *Message) bool {
	return a.Text == b.Text && a.Caption == b.Caption && reflect.DeepEqual(a.Buttons, b.Buttons) &&
		reflect.DeepEqual(a.Entities, b.Entities) && reflect.DeepEqual(a.CaptionEntities, b.CaptionEntities)
}

func deleteMessage(c call) (any, *refusal) {
	m, refused := c.message("delete")
	if refused != nil {
		return nil, refused
	}
	if c.server.now().Sub(time.Unix(m.Date, 0)) > deletable {
		return nil, bad("message can't be deleted for everyone")
	}
	m.Deleted = true
	return true, nil
}

// reactions are those a bot may use.
const reactions = `❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡`

func setMessageReaction(c call) (any, *refusal) {
	m, refused := c.message("react")
	if refused != nil {
		return nil, refused
	}
	var list []Reaction
	if _, refused := c.params.object("reaction", &list); refused != nil {
		return nil, refused
	}
	if len(list) > 1 {
		return nil, bad("REACTIONS_TOO_MANY")
	}
	for _, one := range list {
		if one.Type != "emoji" || !strings.Contains(" "+reactions+" ", " "+one.Emoji+" ") {
			return nil, bad("REACTION_INVALID")
		}
	}
	m.Reactions = list
	return true, nil
}

// plain is a value as JSON has it.
func plain(v any) (out any, err error) {
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	return out, err
}
