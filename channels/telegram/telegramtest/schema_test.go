package telegramtest

import (
	"strings"
	"testing"
)

// TestRequestsFollowTheOfficialDescription shows that the check finds what bots
// get wrong, by hand; every other test of a bot is checked in passing.
func TestRequestsFollowTheOfficialDescription(t *testing.T) {
	RequireSchema(t)
	r := newRig(t)
	m := r.anna.Start("")
	chat := r.anna.chat.ID
	for _, c := range []struct {
		method string
		args   args
		want   string
	}{
		{"sendMessage", args{"chat_id": chat, "text": "hi"}, ""},
		{"sendMessage", args{"chat_id": chat}, "sendMessage: parameter text is missing"},
		{"sendMessage", args{"chat_id": chat, "text": "hi", "colour": "red"}, "sendMessage: unknown parameter colour"},
		{"sendMessage", args{"chat_id": chat, "text": 5}, "sendMessage: text is float64, not String"},
		{"sendMessage", args{"chat_id": chat, "text": "hi", "disable_notification": "yes"}, "sendMessage: disable_notification is string, not Boolean"},
		{"sendMessage", args{"chat_id": chat, "text": "hi", "reply_parameters": args{"id": m.ID}}, "sendMessage: reply_parameters (ReplyParameters) lacks message_id"},
		{"sendMessage", args{"chat_id": chat, "text": "hi", "reply_parameters": `{"message_id":1}`}, ""},
		{"sendMessage", args{"chat_id": chat, "text": "hi", "reply_markup": args{"inline_keyboard": [][]args{{{"text": "a", "url": 1}}}}}, "sendMessage: reply_markup.inline_keyboard[0][0].url is float64, not String"},
		{"getUpdates", args{"limit": 101}, "getUpdates: limit is 101"},
		{"getUpdates", args{"limit": 1.5}, "getUpdates: limit is float64, not Integer"},
		{"setMessageReaction", args{"chat_id": chat, "message_id": m.ID, "reaction": []args{{"type": "emo", "emoji": "👍"}}}, "setMessageReaction: reaction[0].type is \"emo\", not"},
		{"sendSmoke", nil, "sendSmoke: this server does not know the method"},
	} {
		r.ask(c.method, c.args)
		found := r.Violations()
		if (c.want == "") != (len(found) == 0) || len(found) > 0 && !strings.HasPrefix(found[0], c.want) {
			t.Errorf("%s %v: found %q, want %q", c.method, c.args, found, c.want)
		}
	}
}
