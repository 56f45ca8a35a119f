package email

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"okno/channels"
)

const secretRefresh = "refresh_token"

// errNoGrant says that no administrator granted access yet.
var errNoGrant = errors.New("access was not granted")

// tokens keeps the access token of one mailbox and renews it.
type tokens struct {
	config *oauth2.Config
	clock  channels.Clock
	save   func(ctx context.Context, refresh string) error

	mu      sync.Mutex
	refresh string
	current *oauth2.Token
}

func newTokens(c channels.Connection, d channels.Deps) *tokens {
	return &tokens{
		config: oauthConfig(c), clock: d.Clock, refresh: c.Secrets[secretRefresh],
		save: func(ctx context.Context, refresh string) error {
			return d.SaveSecret(ctx, c.ID, secretRefresh, refresh)
		},
	}
}

// access answers a token that is good for another minute at least.
func (t *tokens) access(ctx context.Context) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.current != nil && (t.current.Expiry.IsZero() || t.current.Expiry.After(t.clock().Add(time.Minute))) {
		return t.current.AccessToken, nil
	}
	if err := t.renewLocked(ctx); err != nil {
		return "", err
	}
	return t.current.AccessToken, nil
}

// renew throws the access token away, which a server refused, and gets another.
func (t *tokens) renew(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.renewLocked(ctx)
}

// renewLocked keeps a new refresh token before the old one is forgotten:
// providers that rotate them accept each only once.
func (t *tokens) renewLocked(ctx context.Context) error {
	if t.refresh == "" {
		return errNoGrant
	}
	token, err := t.config.TokenSource(withClient(ctx), &oauth2.Token{RefreshToken: t.refresh}).Token()
	if err != nil {
		return fmt.Errorf("renew the access token: %w", err)
	}
	t.current = token
	if token.RefreshToken == "" || token.RefreshToken == t.refresh {
		return nil
	}
	t.refresh = token.RefreshToken
	if err := t.save(ctx, token.RefreshToken); err != nil {
		return fmt.Errorf("keep the new refresh token: %w", err)
	}
	return nil
}

// withClient gives oauth2 a client that does not wait for ever.
func withClient(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, &http.Client{Timeout: 30 * time.Second})
}

// oauthConfig names the provider's endpoints and what we ask for. The settings
// oauth_auth_url, oauth_token_url and oauth_device_url, which no page shows,
// name other endpoints.
func oauthConfig(c channels.Connection) *oauth2.Config {
	get := reader(c)
	config := google(c)
	if get("auth") == authMicrosoft {
		config = microsoft(c, get("microsoft_tenant"))
	}
	for key, field := range map[string]*string{
		"oauth_auth_url": &config.Endpoint.AuthURL, "oauth_token_url": &config.Endpoint.TokenURL,
		"oauth_device_url": &config.Endpoint.DeviceAuthURL,
	} {
		if v := c.Settings[key]; v != "" {
			*field = v
		}
	}
	return config
}

func microsoft(c channels.Connection, tenant string) *oauth2.Config {
	base := "https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/"
	return &oauth2.Config{
		ClientID: c.Settings["microsoft_client_id"], ClientSecret: c.Secrets["microsoft_client_secret"],
		Endpoint: oauth2.Endpoint{
			AuthURL: base + "authorize", TokenURL: base + "token", DeviceAuthURL: base + "devicecode",
			AuthStyle: oauth2.AuthStyleInParams,
		},
		Scopes: []string{
			"https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send", "offline_access",
		},
	}
}

func google(c channels.Connection) *oauth2.Config {
	return &oauth2.Config{
		ClientID: c.Settings["google_client_id"], ClientSecret: c.Secrets["google_client_secret"],
		Endpoint: oauth2.Endpoint{
			AuthURL: "https://accounts.google.com/o/oauth2/v2/auth", TokenURL: "https://oauth2.googleapis.com/token",
			AuthStyle: oauth2.AuthStyleInParams,
		},
		Scopes: []string{"https://mail.google.com/"},
	}
}
