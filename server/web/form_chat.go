package web

import (
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"okno/channels"
	"okno/channels/dialog"
	"okno/channels/markdown"
	"okno/tickets/forms"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/editor"
)

// The chat beside the form is played anew for every page: from its first turn,
// with the draft as it is now. Turns are "t:" and a text, or "b:" and the id of
// a button. Nothing is sent and nothing is kept.

// mostTurns bounds how long such a conversation is.
const mostTurns = 200

// chatting says that a form is a turn of the chat.
func chatting(c *gin.Context) bool {
	return c.PostForm("press") != "" || strings.HasPrefix(c.PostForm("do"), "chat.")
}

// played is the conversation so far.
func (w *Web) played(c *gin.Context, env ui.Env, d editor.Draft) editor.Chat {
	chat := editor.Chat{Language: c.PostForm("chat_language"), Plain: c.PostForm("chat_plain") != "", At: parseID(c.PostForm("chat_at"))}
	if !known(chat.Language) {
		chat.Language = env.Lang
	}
	if chat.Turns = turnsOf(c); len(chat.Turns) == 0 || chat.At == 0 {
		chat.At = env.Now.Unix()
	}
	p := play{chat: &chat, draft: d, zone: env.Zone, say: w.words()}
	p.turn(dialog.Turn{Button: "type:" + strconv.FormatInt(d.Type.ID, 36)})
	for _, turn := range chat.Turns {
		p.repeat(turn)
	}
	return chat
}

// turnsOf are the turns of a form with the one it adds.
func turnsOf(c *gin.Context) []string {
	turns := c.PostFormArray("turn")
	switch said := strings.TrimSpace(c.PostForm("say")); {
	case c.PostForm("do") == "chat.again":
		return nil
	case c.PostForm("press") != "":
		turns = append(turns, c.PostForm("press"))
	case c.PostForm("do") == "chat.say" && said != "":
		turns = append(turns, "t:"+said)
	}
	return turns[max(0, len(turns)-mostTurns):]
}

// words puts sentences of the dialog into a language.
func (w *Web) words() dialog.Words {
	return func(language string, t channels.Text) string { return say(w.Locale.T(language), t.Key, t.Args) }
}

// play is a conversation under way.
type play struct {
	chat  *editor.Chat
	draft editor.Draft
	zone  *time.Location
	say   dialog.Words
	state dialog.State
	turns int
}

// repeat plays a turn as the page keeps it.
func (p *play) repeat(kept string) {
	kind, text, _ := strings.Cut(kept, ":")
	if kind == "b" {
		p.mine(p.labelOf(kept))
		p.turn(dialog.Turn{Button: text})
		return
	}
	p.mine(text)
	p.turn(dialog.Turn{Text: text})
}

func (p *play) mine(text string) {
	p.chat.Bubbles = append(p.chat.Bubbles, editor.Bubble{Mine: true, Text: text})
}

// labelOf is what a button says that was offered last.
func (p *play) labelOf(kept string) string {
	for _, k := range p.chat.Keys {
		if k.Turn == kept {
			return k.Label
		}
	}
	return "…"
}

// turn has the dialog answer. Every turn comes a minute after the one before, so
// that the same turns always lead to the same place.
func (p *play) turn(t dialog.Turn) {
	at := time.Unix(p.chat.At, 0).Add(time.Duration(p.turns) * time.Minute)
	p.turns++
	if p.zone != nil {
		at = at.In(p.zone)
	}
	t.Language, t.Now, t.Buttons = p.chat.Language, at, !p.chat.Plain
	p.state.Language = p.chat.Language
	out := dialog.Step(p.state, t, p.world(), p.say)
	p.state = out.State
	p.chat.Keys, p.chat.Over = nil, len(out.Do) > 0
	for _, m := range out.Say {
		p.hear(m)
	}
}

func (p *play) hear(m dialog.Message) {
	p.chat.Bubbles = append(p.chat.Bubbles, editor.Bubble{HTML: markdown.HTML(m.Body)})
	p.chat.Keys = nil
	if p.chat.Plain {
		return
	}
	for _, row := range m.Buttons {
		for _, b := range row {
			p.chat.Keys = append(p.chat.Keys, editor.Press{Turn: "b:" + b.ID, Label: b.Text, Wide: len(row) == 1})
		}
	}
}

// world has the draft as if it were offered.
func (p *play) world() dialog.World {
	t := p.draft.Type
	return dialog.World{
		Catalog: forms.Catalog{Menu: p.draft.Menu, Types: []forms.RequestType{t}, Lists: p.draft.Lists},
		Begun:   &t,
		Me:      people.Person{ID: 1, Name: p.say(p.chat.Language, channels.Text{Key: "editor.chat.me"})},
	}
}
