package telegramtest

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// TestBotsOfOthersLiveHere runs the same story with the libraries most bots are
// made with: what they understand, Telegram would have said.
func TestBotsOfOthersLiveHere(t *testing.T) {
	own := []string{ // Telegraf sends a few things Telegram does not know and overlooks
		"sendMessage: reply_markup.inline_keyboard[0][0] (InlineKeyboardButton) has the unknown field hide",
		"sendDocument: unknown parameter method", "sendMediaGroup: unknown parameter method",
	}
	for _, c := range []struct {
		name, program, hook string
		bends               []string
	}{
		{"grammY", "grammy.mjs", "", nil},
		{"grammY by webhook", "grammy.mjs", "1", nil},
		{"Telegraf", "telegraf.cjs", "", own},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.AllowPlainHooks()
			Peer(t, c.program, "BASE="+r.URL, "TOKEN="+r.bot.Token(), "HOOK="+c.hook)
			r.listens()
			r.talks()
			r.pictures()
			r.bends(c.bends...)
		})
	}
}

// listens waits until the bot has said what it wants to hear of.
func (r *rig) listens() {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), patience)
	defer cancel()
	if !r.Await(ctx, func() bool {
		r.mu.Lock()
		defer r.mu.Unlock()
		return len(r.bot.queue.allowed) > 0
	}) {
		r.t.Fatal("the bot does not ask for updates")
	}
}

func (r *rig) talks() {
	r.t.Helper()
	start := r.anna.Start("link-1")
	hello := r.anna.Wait(r.t, "the bot greets", Says("Hello, Anna link-1"))
	if hello.ReplyTo == nil || hello.ReplyTo.ID != start.ID || len(hello.Entities) != 1 || hello.Entities[0].Type != "bold" {
		r.t.Errorf("greeting: %+v", hello)
	}
	q := r.anna.Press(hello.ID, "Yes")
	r.anna.Wait(r.t, "the greeting is changed", Says("You said yes"))
	if a := r.Answer(q); !a.Answered || a.Text != "Good" {
		r.t.Errorf("the button: %+v", a)
	}
	m := r.anna.Write("one")
	r.anna.Edit(m.ID, "two")
	r.anna.Wait(r.t, "the bot hears of the edit", Says("Now it says two"))
	r.anna.React(m.ID, "👍")
	r.reacted(m.ID)
	r.anna.Write("/fail")
	r.anna.Wait(r.t, "the bot understands a refusal", Says("400 Bad Request: chat not found"))
	if got := r.bot.Menu("en")["start"]; got != "Begin" {
		r.t.Errorf("menu: %q", got)
	}
}

func (r *rig) reacted(id int64) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), patience)
	defer cancel()
	if !r.Await(ctx, func() bool {
		for _, m := range r.anna.All() {
			if m.ID == id && len(m.Reactions) == 1 && strings.HasPrefix(m.Reactions[0].Emoji, "👀") {
				return true
			}
		}
		return false
	}) {
		r.t.Error("the bot does not react")
	}
}

func (r *rig) pictures() {
	r.t.Helper()
	sent := picture(r.t, 40, 30)
	r.anna.Send(Draft{Photo: sent, Caption: "Look"})
	doc := r.anna.Wait(r.t, "the picture comes back", Says("A copy"))
	if doc.Document.Name != "копия.png" || !bytes.Equal(doc.Files[0].Bytes, sent) {
		r.t.Errorf("the copy: %+v", doc.Document)
	}
	r.anna.Wait(r.t, "the album comes", Says("Two"))
	if list := r.anna.Got(); list[len(list)-1].Album == "" || list[len(list)-1].Album != list[len(list)-2].Album {
		r.t.Errorf("the album: %+v", list[len(list)-2:])
	}
}
