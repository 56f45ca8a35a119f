package telegram

import "okno/channels"

const kindName = "telegram"

// The ways updates come in.
const (
	modePoll    = "poll"
	modeWebhook = "webhook"
)

const defaultServer = "https://api.telegram.org"

// Kind describes the channel of a Telegram bot.
func Kind() channels.Kind { return Options{}.Kind() }

// Kind describes the channel with other times and limits, as tests need.
func (o Options) Kind() channels.Kind {
	return channels.Kind{
		Name: kindName, Chat: true, Buttons: true, Fields: fields(), Address: "username",
		Validate: validate, Open: o.open, Check: o.check,
	}
}

// fields are the settings in the order in which they are asked. The token is all
// a newcomer needs.
func fields() []channels.Field {
	return []channels.Field{
		{Key: "token", Type: channels.FieldSecret, Required: true, Group: "bot"},
		{Key: "username", Type: channels.FieldText, Group: "bot", More: true},
		{Key: "mode", Type: channels.FieldChoice, Default: modePoll, Options: []string{modePoll, modeWebhook}, Group: "network", More: true},
		{Key: "server", Type: channels.FieldText, Required: true, Default: defaultServer, Group: "network", More: true},
	}
}
