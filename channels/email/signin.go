package email

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/oauth2"

	"okno/channels"
)

// signIn grants access to a mailbox at Microsoft or Google: with a code typed
// at the provider (RFC 8628, Microsoft only; Google gives no mail access that
// way) or through the provider's consent page with PKCE (RFC 7636).
type signIn struct{}

// grant is what has to be remembered between Begin and Finish; it travels in
// Prompt.Device.
type grant struct {
	Verifier string                     `json:"verifier,omitempty"`
	Redirect string                     `json:"redirect,omitempty"`
	Device   *oauth2.DeviceAuthResponse `json:"device,omitempty"`
}

// errNeedsRedirect says that the provider only knows the consent page.
var errNeedsRedirect = errors.New("this provider grants access only through its consent page")

// Begin implements channels.SignIn.
func (signIn) Begin(ctx context.Context, c channels.Connection, redirect string) (channels.Prompt, error) {
	config := oauthConfig(c)
	if redirect != "" {
		return consent(config, redirect)
	}
	if config.Endpoint.DeviceAuthURL == "" {
		return channels.Prompt{}, errNeedsRedirect
	}
	device, err := config.DeviceAuth(withClient(ctx))
	if err != nil {
		return channels.Prompt{}, fmt.Errorf("ask for a device code: %w", err)
	}
	kept, err := json.Marshal(grant{Device: device})
	if err != nil {
		return channels.Prompt{}, fmt.Errorf("keep the device code: %w", err)
	}
	return channels.Prompt{URL: device.VerificationURI, Code: device.UserCode, Device: string(kept)}, nil
}

func consent(config *oauth2.Config, redirect string) (channels.Prompt, error) {
	g := grant{Verifier: oauth2.GenerateVerifier(), Redirect: redirect}
	kept, err := json.Marshal(g)
	if err != nil {
		return channels.Prompt{}, fmt.Errorf("keep the verifier: %w", err)
	}
	config.RedirectURL = redirect
	state := oauth2.GenerateVerifier()
	url := config.AuthCodeURL(state, oauth2.S256ChallengeOption(g.Verifier),
		oauth2.AccessTypeOffline, oauth2.SetAuthURLParam("prompt", "consent"))
	return channels.Prompt{URL: url, Device: string(kept), State: state}, nil
}

// Finish implements channels.SignIn.
func (signIn) Finish(ctx context.Context, c channels.Connection, p channels.Prompt, code string) (map[string]string, error) {
	var g grant
	if err := json.Unmarshal([]byte(p.Device), &g); err != nil {
		return nil, fmt.Errorf("read the begun sign-in: %w", err)
	}
	token, err := g.redeem(withClient(ctx), oauthConfig(c), code)
	if err != nil {
		return nil, fmt.Errorf("redeem the grant: %w", err)
	}
	if token.RefreshToken == "" {
		return nil, fmt.Errorf("redeem the grant: %w", errNoGrant)
	}
	return map[string]string{secretRefresh: token.RefreshToken}, nil
}

func (g grant) redeem(ctx context.Context, config *oauth2.Config, code string) (*oauth2.Token, error) {
	if g.Device != nil {
		return config.DeviceAccessToken(ctx, g.Device)
	}
	config.RedirectURL = g.Redirect
	return config.Exchange(ctx, code, oauth2.VerifierOption(g.Verifier))
}
