package telegram

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"okno/channels"
)

// tokenShape is how BotFather writes tokens: the bot's id and a secret.
var tokenShape = regexp.MustCompile(`^[0-9]{1,20}:[A-Za-z0-9_-]{35}$`)

// settings is a connection's configuration, read.
type settings struct {
	id     int64
	token  string
	botID  string // the part of the token that is no secret
	server string // base URL without a slash at its end
	mode   string
}

func newSettings(c channels.Connection) settings {
	s := settings{
		id: c.ID, token: strings.TrimSpace(c.Secrets["token"]),
		server: strings.TrimRight(setting(c, "server"), "/"), mode: setting(c, "mode"),
	}
	s.botID, _, _ = strings.Cut(s.token, ":")
	return s
}

// setting answers a setting, its default when it is empty.
func setting(c channels.Connection, key string) string {
	if v := strings.TrimSpace(c.Settings[key]); v != "" {
		return v
	}
	for _, f := range fields() {
		if f.Key == key {
			return f.Default
		}
	}
	return ""
}

// validate implements channels.Kind.
func validate(c channels.Connection) map[string]channels.Text {
	faults := map[string]channels.Text{}
	token := strings.TrimSpace(c.Secrets["token"])
	switch {
	case token == "":
		faults["token"] = say("fault.required")
	case !tokenShape.MatchString(token):
		faults["token"] = say("fault.token")
	}
	if !isServer(setting(c, "server")) {
		faults["server"] = say("fault.server")
	}
	if !slices.Contains([]string{modePoll, modeWebhook}, setting(c, "mode")) {
		faults["mode"] = say("fault.choice")
	}
	return faults
}

// isServer takes the address of a server, with a path or without, and nothing
// that would end up among the arguments of a call.
func isServer(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" &&
		u.User == nil && u.RawQuery == "" && u.Fragment == ""
}

// host names the server to people.
func (s settings) host() string {
	if u, err := url.Parse(s.server); err == nil {
		return u.Host
	}
	return s.server
}
