package telegram

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mymmrac/telego"

	"okno/channels"
)

// read puts into words what a message says beside its files. What has no words
// of its own gets a sentence, so that no message is empty.
func read(m *telego.Message, in *channels.Inbound) {
	in.Text = plainText(m.Text+m.Caption, append(m.Entities, m.CaptionEntities...))
	if m.Quote != nil && m.Quote.IsManual {
		in.Quoted = "> " + strings.ReplaceAll(plainText(m.Quote.Text, nil), "\n", "\n> ")
	}
	for _, part := range []func(*telego.Message) (string, channels.Text){
		contact, place, poll, dice, sticker, unsupported,
	} {
		text, note := part(m)
		in.Text = strings.TrimSpace(in.Text + "\n\n" + visible(text))
		if !note.IsZero() {
			in.Warnings = append(in.Warnings, note)
		}
	}
	if from := origin(m.ForwardOrigin); from != "" {
		in.Warnings = append(in.Warnings, say("note.forwarded", "name", from))
	}
}

// contact is a card. It is the sender's own only when Telegram says so: a card
// of somebody else can be passed on by anybody.
func contact(m *telego.Message) (string, channels.Text) {
	c := m.Contact
	if c == nil {
		return "", channels.Text{}
	}
	name := oneLine(c.FirstName+" "+c.LastName, 200)
	text := strings.TrimSpace(name + "\n" + phone(c.PhoneNumber))
	if c.UserID != 0 && c.UserID == m.From.ID && m.ForwardOrigin == nil {
		return text, say("note.contact_own")
	}
	return text, say("note.contact_other", "name", name)
}

// phone has the plus that Telegram leaves out now and then.
func phone(number string) string {
	if number == "" || strings.HasPrefix(number, "+") {
		return number
	}
	return "+" + number
}

func place(m *telego.Message) (string, channels.Text) {
	switch {
	case m.Venue != nil:
		return strings.TrimSpace(m.Venue.Title+"\n"+m.Venue.Address) + "\n" + onMap(m.Venue.Location), say("note.place")
	case m.Location == nil:
		return "", channels.Text{}
	case m.Location.LivePeriod > 0:
		return onMap(*m.Location), say("note.place_live")
	}
	return onMap(*m.Location), say("note.place")
}

// onMap is a point as people type it, and a map of it.
func onMap(l telego.Location) string {
	return fmt.Sprintf("%.6f, %.6f\nhttps://www.openstreetmap.org/?mlat=%.6f&mlon=%.6f#map=17/%.6f/%.6f",
		l.Latitude, l.Longitude, l.Latitude, l.Longitude, l.Latitude, l.Longitude)
}

func poll(m *telego.Message) (string, channels.Text) {
	switch {
	case m.Poll != nil:
		lines := []string{m.Poll.Question}
		for _, o := range m.Poll.Options {
			lines = append(lines, "- "+o.Text)
		}
		return strings.Join(lines, "\n"), say("note.poll")
	case m.Checklist != nil:
		lines := []string{m.Checklist.Title}
		for _, t := range m.Checklist.Tasks {
			lines = append(lines, "- "+t.Text)
		}
		return strings.Join(lines, "\n"), channels.Text{}
	}
	return "", channels.Text{}
}

func dice(m *telego.Message) (string, channels.Text) {
	if m.Dice == nil {
		return "", channels.Text{}
	}
	return m.Dice.Emoji + " " + strconv.Itoa(m.Dice.Value), channels.Text{}
}

func sticker(m *telego.Message) (string, channels.Text) {
	if m.Sticker == nil {
		return "", channels.Text{}
	}
	return m.Sticker.Emoji, say("note.sticker")
}

// unsupported names what the desk cannot show.
func unsupported(m *telego.Message) (string, channels.Text) {
	for _, one := range []struct {
		name  string
		there bool
	}{
		{"story", m.Story != nil || m.ReplyToStory != nil}, {"game", m.Game != nil}, {"paid", m.PaidMedia != nil},
		{"invoice", m.Invoice != nil || m.SuccessfulPayment != nil || m.RefundedPayment != nil},
		{"gift", m.Gift != nil || m.UniqueGift != nil}, {"giveaway", m.Giveaway != nil || m.GiveawayWinners != nil},
		{"passport", m.PassportData != nil}, {"form", m.WebAppData != nil},
	} {
		if one.there {
			return "", say("note." + one.name)
		}
	}
	if empty(m) {
		return "", say("note.unknown")
	}
	return "", channels.Text{}
}

// empty says that a message holds nothing this version of the desk knows.
func empty(m *telego.Message) bool {
	return m.Text+m.Caption == "" && len(attachments(m)) == 0 && m.Contact == nil && m.Location == nil &&
		m.Poll == nil && m.Checklist == nil && m.Dice == nil && m.Sticker == nil
}

// origin names whom a forwarded message comes from.
func origin(o telego.MessageOrigin) string {
	switch o := o.(type) {
	case *telego.MessageOriginUser:
		return fullName(o.SenderUser)
	case *telego.MessageOriginHiddenUser:
		return oneLine(o.SenderUserName, 200)
	case *telego.MessageOriginChat:
		return oneLine(o.SenderChat.Title, 200)
	case *telego.MessageOriginChannel:
		return oneLine(o.Chat.Title, 200)
	}
	return ""
}
