// Package entry draws the pages that lead into the desk: sign-in, one-time
// links, the set-up wizard, and what is shown when a page cannot be.
package entry

import (
	"okno/ui"
	"okno/ui/settings"
)

// Trouble is why a page is not shown, in the reader's words.
type Trouble struct {
	Title, Text string
	Portal      bool // it is shown to somebody who asks: the way out leads to their requests
}

// SignIn is the form of /signin.
type SignIn struct {
	Email string
	Next  string // local path to go to afterwards
	Error string
}

// Account is the form behind a one-time link: an administrator's, an invited
// agent's, or a new password.
type Account struct {
	Action   string // where the form goes
	Name     string
	Email    string
	Language string
	Kind     Kind
	Minutes  int               // how long a set-up link still works
	Errors   map[string]string // by field; "" for the form as a whole
}

// Kind is what an Account form is for.
type Kind string

// The kinds of Account forms.
const (
	First  Kind = "first"  // the first administrator
	Invite Kind = "invite" // somebody who was invited
	Reset  Kind = "reset"  // a new password
)

// Desk is the second step of the wizard.
type Desk struct {
	Name, Language, Teams string
	Errors                map[string]string
}

// Colleagues is the fourth step of the wizard.
type Colleagues struct {
	Addresses string
	Errors    map[string]string
	Invited   []settings.Invitation // links made so far, shown this once
}

// Done is the last step of the wizard.
type Done struct {
	Address string // of the first channel; "" when it was skipped
	Chat    string // the network of a channel for short messages, in words; "" for mail
}

// first says what to do to see the first ticket.
func (d Done) first(env ui.Env) string {
	if d.Chat != "" {
		return env.T("welcome.done.chat", "address", d.Address, "network", d.Chat)
	}
	return env.T("welcome.done.mail", "address", d.Address)
}

// channelStep is the third step for one sort of channel.
func channelStep(kind string) string { return "/welcome/channel?kind=" + kind }

// steps is the length of the wizard.
const steps = 5

func languages(env ui.Env) []ui.Option {
	return []ui.Option{{Value: "en", Label: env.T("language.en")}, {Value: "ru", Label: env.T("language.ru")}}
}

// otherLanguage is what the switch offers.
func otherLanguage(env ui.Env) string {
	if env.Lang == "ru" {
		return "en"
	}
	return "ru"
}
