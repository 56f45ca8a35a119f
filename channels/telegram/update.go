package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"

	"github.com/mymmrac/telego"

	"okno/channels"
)

// allowed are the updates we ask for. Telegram leaves reactions out unless they
// are named, and keeps the last list it was given.
func allowed() []string {
	return []string{
		telego.MessageUpdates, telego.EditedMessageUpdates, telego.CallbackQueryUpdates,
		telego.MessageReactionUpdates, telego.MyChatMemberUpdates,
	}
}

// errNoUpdate says that something is not an update at all.
var errNoUpdate = errors.New("not an update")

// envelope is what has to be known of an update before it is stored. Whatever
// else an update holds may be of a shape nobody here knows yet.
type envelope struct {
	ID       *int64      `json:"update_id"`
	Message  *outside    `json:"message"`
	Edited   *outside    `json:"edited_message"`
	Reaction *outside    `json:"message_reaction"`
	Member   *outside    `json:"my_chat_member"`
	Press    *pressOuter `json:"callback_query"`
}

// outside is what stands on a message.
type outside struct {
	Message int          `json:"message_id"`
	Edited  int64        `json:"edit_date"`
	Chat    telego.Chat  `json:"chat"`
	From    *telego.User `json:"from"`
	User    *telego.User `json:"user"` // of a reaction
	raw     []byte
}

// UnmarshalJSON keeps the bytes beside what they say. A part that cannot be read
// hides no other.
func (o *outside) UnmarshalJSON(data []byte) error {
	type plain outside
	o.raw = append([]byte(nil), data...)
	_ = json.Unmarshal(data, (*plain)(o))
	return nil
}

type pressOuter struct {
	ID      string       `json:"id"`
	From    *telego.User `json:"from"`
	Message *outside     `json:"message"`
}

// readEnvelope reads what can be read; only an update without an id is refused,
// because it could not be confirmed.
func readEnvelope(raw []byte) (envelope, error) {
	var e envelope
	if err := json.Unmarshal(raw, &e); err != nil {
		e = envelope{}
		var id struct {
			ID *int64 `json:"update_id"`
		}
		_ = json.Unmarshal(raw, &id) // checked below
		e.ID = id.ID
	}
	if e.ID == nil {
		return e, errNoUpdate
	}
	return e, nil
}

// cursor names the place where the position of this bot is kept.
func (a *adapter) cursor() string { return "updates:" + a.botID }

// take stores one update with the position after it.
func (a *adapter) take(ctx context.Context, in channels.Sink, raw []byte, p position) (position, envelope, error) {
	e, err := readEnvelope(raw)
	if err != nil {
		return p, e, err
	}
	p = p.after(*e.ID, a.deps.Clock())
	event := channels.Event{
		Key: fmt.Sprintf("%s:%d:%d", a.botID, p.epoch, *e.ID), Raw: raw,
		Cursor: channels.Cursor{Name: a.cursor(), Value: p.String()},
	}
	a.label(&event, e)
	if _, err := in.Receive(ctx, event); err != nil {
		return p, e, fmt.Errorf("%w: %w", errStore, err)
	}
	return p, e, nil
}

// label fills in what the envelope says: whose turn it is and what it is about.
func (a *adapter) label(event *channels.Event, e envelope) {
	on, from := e.subject()
	if on != nil {
		event.Lane = chatText(on.Chat.ID)
	}
	if from != nil {
		event.Hint = fullName(*from)
	}
	switch {
	case e.Message != nil:
		event.Object = a.ref(e.Message.Chat.ID, e.Message.Message)
	case e.Edited != nil:
		// Two changes within a second carry the same date.
		event.Object = a.ref(e.Edited.Chat.ID, e.Edited.Message) + ":" + strconv.FormatInt(e.Edited.Edited, 10) + ":" + digest(e.Edited.raw)
	case e.Press != nil:
		event.Object = a.botID + "/press:" + e.Press.ID
	}
}

// subject answers what an update is about and who caused it.
func (e envelope) subject() (*outside, *telego.User) {
	for _, on := range []*outside{e.Message, e.Edited, e.Member, e.Reaction} {
		switch {
		case on != nil && on.User != nil:
			return on, on.User
		case on != nil:
			return on, on.From
		}
	}
	if e.Press != nil {
		return e.Press.Message, e.Press.From
	}
	return nil, nil
}

func digest(data []byte) string {
	h := fnv.New64a()
	_, _ = h.Write(data) // a hash takes everything
	return strconv.FormatUint(h.Sum64(), 36)
}

func fullName(u telego.User) string {
	name := u.FirstName
	if u.LastName != "" {
		name += " " + u.LastName
	}
	if name == "" {
		name = u.Username
	}
	return oneLine(name, 200)
}
