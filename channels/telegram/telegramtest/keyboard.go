package telegramtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

var validCommand = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

// keyboard reads reply_markup: the buttons under the message, or the JSON of
// another keyboard.
func keyboard(p params) (*Inline, string, *refusal) {
	var shape map[string]json.RawMessage
	given, refused := p.object("reply_markup", &shape)
	if !given || refused != nil {
		return nil, "", refused
	}
	if _, inline := shape["inline_keyboard"]; !inline {
		return nil, p.text("reply_markup"), nil
	}
	out, refused := inlineOf(p)
	return out, "", refused
}

// inlineOf reads an inline keyboard; one without buttons is none.
func inlineOf(p params) (*Inline, *refusal) {
	in := &Inline{}
	given, refused := p.object("reply_markup", in)
	if !given || refused != nil {
		return nil, refused
	}
	count := 0
	for _, row := range in.Rows {
		for _, b := range row {
			count++
			if refused := b.check(); refused != nil {
				return nil, refused
			}
		}
	}
	switch {
	case count > 100:
		return nil, bad("reply markup is too long")
	case count == 0:
		return nil, nil
	}
	return in, nil
}

func (b Button) check() *refusal {
	switch {
	case strings.TrimSpace(b.Text) == "":
		return bad("can't parse inline keyboard button: Text buttons must have non-empty text")
	case b.Data == "" && b.URL == "":
		return bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case len(b.Data) > 64:
		return bad("BUTTON_DATA_INVALID")
	case b.URL != "" && !publicURL(b.URL):
		return bad(fmt.Sprintf("inline keyboard button URL '%s' is invalid: Wrong HTTP URL", b.URL))
	}
	return nil
}

// publicURL says whether Telegram takes the address for a button: hosts without
// a dot, such as localhost, are refused.
func publicURL(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	if u.Scheme == "tg" || u.Scheme == "mailto" {
		return true
	}
	return (u.Scheme == "http" || u.Scheme == "https") && strings.Contains(u.Hostname(), ".")
}
