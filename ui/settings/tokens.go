package settings

import (
	"strconv"

	"okno/tickets/people"
	"okno/ui"
)

// Tokens is the list of tokens of the API.
type Tokens struct{ Rows []TokenRow }

// TokenRow is one token in the list.
type TokenRow struct {
	people.Token
	As string // name of the agent it acts as, "" when that is the token's own
	By string // name of who made it, "" for the command line
}

// Token is the form of a new token.
type Token struct {
	Name, Scope, As, Days string
	Secret                string // just made
	Errors                map[string]string
}

func scopes(env ui.Env) (out []ui.Option) {
	for _, s := range people.Scopes() {
		out = append(out, ui.Option{Value: string(s), Label: env.T("tokens.scope." + string(s))})
	}
	return out
}

// bearers are whom a new token can act as: a program, or its maker.
func bearers(env ui.Env) []ui.Option {
	return []ui.Option{
		{Value: "", Label: env.T("tokens.as.program")},
		{Value: "me", Label: env.T("tokens.as.me", "name", env.Agent.Name)},
	}
}

// lasts are the times a token can be given; the value is in days.
func lasts(env ui.Env) []ui.Option {
	out := []ui.Option{{Value: "", Label: env.T("tokens.expires.0")}}
	for _, days := range []int{30, 90, 365} {
		out = append(out, ui.Option{Value: strconv.Itoa(days), Label: env.T("tokens.expires.days", "count", days)})
	}
	return out
}

func revokeAction(t TokenRow) string { return "/settings/tokens/" + number(t.ID) + "/revoke" }

// madeBy says where a token comes from.
func madeBy(env ui.Env, t TokenRow) string {
	if t.By == "" {
		return env.T("tokens.made.cli")
	}
	return env.T("tokens.made.by", "name", t.By)
}
