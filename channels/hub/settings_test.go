package hub_test

import (
	"context"
	"errors"
	"maps"
	"testing"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/tickets"
)

// consent is a sign-in that brings one token and remembers what it was shown.
type consent struct {
	with     channels.Connection
	redirect string
	code     string
	err      error
}

func (c *consent) Begin(_ context.Context, with channels.Connection, redirect string) (channels.Prompt, error) {
	c.with, c.redirect = with, redirect
	return channels.Prompt{URL: "https://provider.example/consent", State: "s"}, c.err
}

func (c *consent) Finish(_ context.Context, with channels.Connection, _ channels.Prompt, code string) (map[string]string, error) {
	c.with, c.code = with, code
	return map[string]string{"refresh": "token"}, c.err
}

// signing is a house whose kind of channel has a sign-in, and the last
// dependencies an adapter was opened with.
func signing(t *testing.T) (*house, *consent, *channels.Deps) {
	t.Helper()
	net, c, deps := channeltest.New(), &consent{}, &channels.Deps{}
	k := net.Kind()
	k.SignIn = c
	open := k.Open
	k.Open = func(c channels.Connection, d channels.Deps) (channels.Adapter, error) {
		*deps = d
		return open(c, d)
	}
	return houseOn(t, "memory", net, k), c, deps
}

// secrets are those the store keeps for the channel.
func (x *house) secrets(t *testing.T) map[string]string {
	t.Helper()
	c, err := x.Store.Channel(t.Context(), x.channel)
	must(t, err)
	return c.Secrets
}

func TestSaveChannelAnswersEveryFault(t *testing.T) {
	x := newHouse(t)
	_, err := x.SaveChannel(t.Context(), admin(), hub.Channel{Connection: channels.Connection{
		Kind: kind, Settings: map[string]string{"address": "HELP@desk.org", "port": "many"}}})
	var f hub.Faults
	if !errors.As(err, &f) || f["address"].Key != "hub.fault.taken" || f["port"].Key != "hub.fault.number" || f["password"].Key != "hub.fault.required" {
		t.Errorf("faults: %v", err)
	}
	if list, err := x.Channels(t.Context()); err != nil || len(list) != 1 || list[0].Secrets["password"] != "" {
		t.Errorf("channels %+v, %v", list, err)
	}
}

func TestCheckTriesStoredAndTypedSettings(t *testing.T) {
	x := newHouse(t)
	steps := 0
	report := func(s channels.Step) {
		if s.OK && s.Label.Key == "fake.check" {
			steps++
		}
	}
	typed := hub.Channel{Connection: connection("other@desk.org")}
	stored := hub.Channel{Connection: channels.Connection{ID: x.channel, Kind: kind, Settings: map[string]string{"address": "help@desk.org"}}}
	must(t, x.Check(t.Context(), admin(), typed, report))
	must(t, x.Check(t.Context(), admin(), stored, report)) // its password is the stored one
	if steps != 2 {
		t.Errorf("%d steps reported", steps)
	}
	typed.Secrets = nil
	var f hub.Faults
	if err := x.Check(t.Context(), admin(), typed, report); !errors.As(err, &f) || steps != 2 {
		t.Errorf("without a password: %v, %d steps", err, steps)
	}
	if err := x.Check(t.Context(), x.agent, stored, report); tickets.KindOf(err) != tickets.Denied {
		t.Errorf("an agent: %v", err)
	}
	stored.ID = 99
	if err := x.Check(t.Context(), admin(), stored, report); tickets.KindOf(err) != tickets.Missing {
		t.Errorf("a channel there is none of: %v", err)
	}
}

func TestSignInIsPassedOn(t *testing.T) {
	x, c, _ := signing(t)
	typed := hub.Channel{Connection: connection("new@desk.org")}
	p, err := x.BeginSignIn(t.Context(), admin(), typed, "https://desk.org/back")
	if err != nil || p.State != "s" || c.redirect != "https://desk.org/back" || c.with.Settings["address"] != "new@desk.org" || c.with.Settings["port"] != "25" {
		t.Errorf("begin: %+v, %v, %+v", p, err, c)
	}
	got, err := x.FinishSignIn(t.Context(), admin(), typed, p, "code")
	if err != nil || got["refresh"] != "token" || c.code != "code" || len(x.secrets(t)) != 1 {
		t.Errorf("a channel that is not stored yet: %v, %v", got, err)
	}
	typed.ID = x.channel
	_, err = x.FinishSignIn(t.Context(), admin(), typed, p, "code")
	if want := map[string]string{"password": "x", "refresh": "token"}; err != nil || !maps.Equal(x.secrets(t), want) {
		t.Errorf("stored %v, %v", x.secrets(t), err)
	}
	c.err = errors.New("access denied")
	if _, err = x.FinishSignIn(t.Context(), admin(), typed, p, "code"); !errors.Is(err, c.err) {
		t.Errorf("a refusal became %v", err)
	}
	if _, err = x.BeginSignIn(t.Context(), x.agent, typed, ""); tickets.KindOf(err) != tickets.Denied {
		t.Errorf("an agent: %v", err)
	}
	plain := newHouse(t)
	if _, err = plain.BeginSignIn(t.Context(), admin(), typed, ""); tickets.KindOf(err) == "" {
		t.Errorf("a kind without sign-in: %v", err)
	}
}

// TestRenewedSecretDoesNotRestart: the adapter that renews its token has it
// already, so it goes on; the token is stored beside the other secrets.
func TestRenewedSecretDoesNotRestart(t *testing.T) {
	x, _, deps := signing(t)
	ticket := x.opened(t) // opens the adapter
	before := *deps
	must(t, deps.SaveSecret(t.Context(), x.channel, "refresh", "renewed"))
	if want := map[string]string{"password": "x", "refresh": "renewed"}; !maps.Equal(x.secrets(t), want) {
		t.Errorf("stored %v", x.secrets(t))
	}
	*deps = channels.Deps{}
	x.replies(t, ticket.ID, "Hi")
	must(t, x.Deliver(t.Context(), x.only(t)))
	if deps.SaveSecret != nil || before.SaveSecret == nil {
		t.Error("the adapter was opened anew")
	}
	if err := before.SaveSecret(t.Context(), 99, "refresh", "x"); err == nil {
		t.Error("saved a secret of no channel")
	}
}
