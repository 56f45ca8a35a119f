package telegramtest

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestTokens(t *testing.T) {
	r := newRig(t)
	r.expect("getMe", nil, 0, "")
	token := r.bot.Token()
	wrong := token[:len(token)-1] + "#"
	for _, c := range []struct {
		token string
		code  int
	}{{"hello", 404}, {wrong, 404}, {token[:len(token)-3] + "xyz", 401}} {
		if out := r.askAs(t.Context(), c.token, "getMe", nil); out.Code != c.code {
			t.Errorf("%q: %+v", c.token, out)
		}
	}
	r.bot.Revoke()
	if out := r.askAs(t.Context(), token, "getMe", nil); out.Code != 401 || out.Description != "Unauthorized" {
		t.Errorf("revoked: %+v", out)
	}
}

func TestPeopleBotsCannotWriteTo(t *testing.T) {
	r := newRig(t)
	chat := r.anna.chat.ID
	hi := args{"chat_id": chat, "text": "hi"}
	r.expect("sendMessage", hi, 400, "chat not found")
	r.anna.Start("")
	r.expect("sendMessage", hi, 0, "")
	r.anna.Block()
	r.expect("sendMessage", hi, 403, "Forbidden: bot was blocked by the user")
	r.anna.Write("I am back")
	r.expect("sendMessage", hi, 0, "")
	r.anna.person.Deactivate()
	r.expect("sendMessage", hi, 403, "Forbidden: user is deactivated")
	g := r.NewGroup("Mayak", r.bot)
	old := args{"chat_id": g.ID(), "text": "hi"}
	now := g.Upgrade()
	if out := r.expect("sendMessage", old, 400, "group chat was upgraded to a supergroup chat"); out.Parameters.Migrate != now.ID() {
		t.Errorf("migrated to %d", out.Parameters.Migrate)
	}
	now.Kick()
	r.expect("sendMessage", args{"chat_id": now.ID(), "text": "hi"}, 403, "Forbidden: bot was kicked from the supergroup chat")
}

func TestTexts(t *testing.T) {
	r := newRig(t)
	r.anna.Start("")
	for _, c := range []struct {
		text, mode  string
		code        int
		description string
	}{
		{"  \n ", "", 400, "message text is empty"},
		{"<b> </b>", "HTML", 400, "message text is empty"},
		{strings.Repeat("🙂", 2048), "", 0, ""},
		{strings.Repeat("🙂", 2049), "", 400, "message is too long"},
		{"<b>" + strings.Repeat("я", 4096) + "</b>", "HTML", 0, ""},
		{"a < b", "HTML", 400, "Unclosed start tag at byte offset 2"},
		{"<b>a", "HTML", 400, `Can't find end tag corresponding to start tag "b"`},
		{"<b>a</i>", "HTML", 400, `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`},
		{"a</b>", "HTML", 400, "Unexpected end tag at byte offset 1"},
		{"<p>a</p>", "HTML", 400, `Unsupported start tag "p" at byte offset 0`},
		{"<blockquote expandable>a &lt; b &amp;&#35;</blockquote>", "HTML", 0, ""},
	} {
		r.expect("sendMessage", args{"chat_id": r.anna.chat.ID, "text": c.text, "parse_mode": c.mode}, c.code, c.description)
	}
	if last := r.anna.Got()[2]; last.Text != "a < b &#" || last.Entities[0].Type != "blockquote" || last.Entities[0].Length != 8 {
		t.Errorf("read as %q %+v", last.Text, last.Entities)
	}
	r.bends("sendMessage: text is 0 long", "sendMessage: text is 0 long", "sendMessage: text is 4098 long")
}

// bends fetches what was against the description on purpose. Where there is no
// description nothing is found.
func (r *rig) bends(want ...string) {
	r.t.Helper()
	list := r.Violations()
	if r.schema == nil {
		return
	}
	for i, v := range list {
		if i >= len(want) || !strings.HasPrefix(v, want[i]) {
			r.t.Errorf("against the description: %s", v)
		}
	}
	if len(list) != len(want) {
		r.t.Errorf("%d findings, want %d", len(list), len(want))
	}
}

func TestButtons(t *testing.T) {
	r := newRig(t)
	r.anna.Start("")
	with := func(b Button) args {
		return args{"chat_id": r.anna.chat.ID, "text": "hi", "reply_markup": Inline{Rows: [][]Button{{b}}}}
	}
	r.expect("sendMessage", with(Button{Text: "Yes", Data: strings.Repeat("a", 65)}), 400, "BUTTON_DATA_INVALID")
	r.expect("sendMessage", with(Button{Text: "Desk", URL: "http://localhost:8080/"}), 400, "is invalid: Wrong HTTP URL")
	r.expect("sendMessage", with(Button{Text: "Yes"}), 400, "unallowed in the inline keyboard")
	r.expect("sendMessage", with(Button{Text: "Yes", Data: "y"}), 0, "")
	m := r.anna.Got()[0]
	q := r.anna.Press(m.ID, "Yes")
	old := r.anna.Press(m.ID, "y")
	r.expect("answerCallbackQuery", args{"callback_query_id": q.ID, "text": "Good"}, 0, "")
	r.expect("answerCallbackQuery", args{"callback_query_id": q.ID}, 400, "query ID is invalid")
	r.Pass(time.Hour)
	r.expect("answerCallbackQuery", args{"callback_query_id": old.ID}, 400, "query ID is invalid")
	if a := r.Answer(q); !a.Answered || a.Text != "Good" {
		t.Errorf("answered: %+v", a)
	}
	r.bends("sendMessage: callback_data is 65 long")
}

func TestEdits(t *testing.T) {
	r := newRig(t)
	theirs := r.anna.Start("")
	chat := r.anna.chat.ID
	r.expect("sendMessage", args{"chat_id": chat, "text": "<b>hi</b>", "parse_mode": "HTML"}, 0, "")
	m := r.anna.Got()[0]
	r.expect("editMessageText", args{"chat_id": chat, "message_id": m.ID, "text": "<b>hi</b>", "parse_mode": "HTML"}, 400, "are exactly the same as a current content and reply markup of the message")
	r.expect("editMessageText", args{"chat_id": chat, "message_id": m.ID, "text": "hi"}, 0, "")
	r.expect("editMessageText", args{"chat_id": chat, "message_id": theirs.ID, "text": "hi"}, 400, "message can't be edited")
	r.expect("editMessageText", args{"chat_id": chat, "message_id": 99, "text": "hi"}, 400, "message to edit not found")
	r.expect("setMessageReaction", args{"chat_id": chat, "message_id": theirs.ID, "reaction": []Reaction{{"emoji", "👀"}}}, 0, "")
	r.expect("setMessageReaction", args{"chat_id": chat, "message_id": theirs.ID, "reaction": []Reaction{{"emoji", "✅"}}}, 400, "REACTION_INVALID")
	r.expect("sendMessage", args{"chat_id": chat, "text": "hi", "reply_parameters": args{"message_id": 99}}, 400, "message to be replied not found")
	r.expect("deleteMessage", args{"chat_id": chat, "message_id": m.ID}, 0, "")
	r.expect("sendMessage", args{"chat_id": chat, "text": "hi"}, 0, "")
	r.Pass(49 * time.Hour)
	r.expect("deleteMessage", args{"chat_id": chat, "message_id": r.anna.Got()[0].ID}, 400, "can't be deleted for everyone")
}

func TestRateAndFaults(t *testing.T) {
	r := newRig(t)
	r.anna.Start("")
	hi := args{"chat_id": r.anna.chat.ID, "text": "hi"}
	r.Limit(Rate{PerChat: 1, Burst: 2, Overall: 30})
	r.expect("sendMessage", hi, 0, "")
	r.expect("sendMessage", hi, 0, "")
	if out := r.expect("sendMessage", hi, 429, "Too Many Requests: retry after 1"); out.Parameters.RetryAfter != 1 {
		t.Errorf("again after %d", out.Parameters.RetryAfter)
	}
	r.Pass(time.Second)
	r.expect("sendMessage", hi, 0, "")
	r.Limit(Rate{})
	r.Fail("sendMessage", TooMany(7), BadGateway(), Fault{Cut: true}, Fault{Cut: true, Taken: true}, Fault{Hang: true})
	r.expect("sendMessage", hi, 429, "retry after 7")
	r.expect("sendMessage", hi, 502, "looking for beginning of value")
	before := len(r.anna.Got())
	for range 2 {
		if out := r.ask("sendMessage", hi); out.OK || !strings.HasSuffix(out.Description, "EOF") {
			t.Errorf("nothing was cut: %+v", out)
		}
	}
	if now := len(r.anna.Got()); now != before+1 {
		t.Errorf("%d of 2 cut requests were taken", now-before)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if out := r.askAs(ctx, r.bot.Token(), "sendMessage", hi); out.Code != 0 || !strings.Contains(out.Description, "deadline") {
		t.Errorf("nothing hung: %+v", out)
	}
}

func TestWebhooks(t *testing.T) {
	r := newRig(t)
	type visit struct {
		secret string
		update update
	}
	visits := make(chan visit, 10)
	fails := make(chan int, 10)
	fails <- http.StatusServiceUnavailable
	hook := listen(t, func(w http.ResponseWriter, q *http.Request) {
		var u update
		_ = json.NewDecoder(q.Body).Decode(&u)
		visits <- visit{q.Header.Get("X-Telegram-Bot-Api-Secret-Token"), u}
		select {
		case code := <-fails:
			w.WriteHeader(code)
		default:
		}
	})
	r.expect("setWebhook", args{"url": hook}, 400, "An HTTPS URL must be provided for webhook")
	r.AllowPlainHooks()
	r.expect("setWebhook", args{"url": hook, "secret_token": "a b"}, 400, "unallowed characters")
	r.expect("setWebhook", args{"url": hook, "secret_token": "s3cret", "max_connections": 1}, 0, "")
	r.expect("getUpdates", nil, 409, "use deleteWebhook to delete the webhook first")
	r.anna.Write("one")
	r.anna.Write("two")
	first, again, second := <-visits, <-visits, <-visits
	if first.secret != "s3cret" || first.update.ID != again.update.ID || again.update.Message.Text != "one" || second.update.Message.Text != "two" {
		t.Errorf("visits: %+v %+v %+v", first, again, second)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r.Await(ctx, func() bool { return r.bot.Waiting() == 0 })
	var info hookInfo
	if err := json.Unmarshal(r.ask("getWebhookInfo", nil).Result, &info); err != nil || info.Pending != 0 || !strings.Contains(info.Failure, "503") {
		t.Errorf("info: %+v, %v", info, err)
	}
	r.expect("deleteWebhook", nil, 0, "")
	r.expect("getUpdates", nil, 0, "")
}
