package telegram

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/mymmrac/telego"

	"okno/channels"
)

const (
	longestUpdate = 1 << 20         // bytes; Telegram's own updates are far below it
	watchEvery    = time.Minute     // how often the webhook is looked after
	stillFailing  = 5 * time.Minute // an older failure to call us is history
	secretHeader  = "X-Telegram-Bot-Api-Secret-Token"
)

// errWebhookGone says that somebody gave the bot another webhook.
var errWebhookGone = errors.New("the webhook leads elsewhere")

// hookSecret proves that a call comes from Telegram: nobody else was told it. It
// follows from the token, so every process of the desk knows it.
func (s settings) hookSecret() string {
	mac := hmac.New(sha256.New, []byte(s.token))
	mac.Write([]byte("okno webhook"))
	return hex.EncodeToString(mac.Sum(nil))
}

// watch sets the webhook and looks after it until something fails.
func (a *adapter) watch(ctx context.Context, in channels.Sink) (worked bool, err error) {
	address := a.hookURL()
	if address == "" {
		return false, errNoAddress
	}
	if _, err := a.introduce(ctx); err != nil {
		return false, err
	}
	if err := a.setWebhook(ctx, address); err != nil {
		return false, err
	}
	for ; ; worked = true {
		state, err := a.webhookState(ctx, address)
		if err != nil {
			return worked, err
		}
		in.Report(ctx, state)
		if !channels.Wait(ctx, watchEvery) {
			return true, ctx.Err()
		}
	}
}

// hookURL is where Telegram is to call, "" when it cannot.
func (a *adapter) hookURL() string {
	if a.deps.HookURL == nil {
		return ""
	}
	return a.deps.HookURL(a.id)
}

// setWebhook takes the bot over, once, as dropWebhook does. One connection at a
// time keeps messages in the order they were written.
func (a *adapter) setWebhook(ctx context.Context, address string) error {
	if a.taken {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, a.options.Answer)
	defer cancel()
	err := a.bot.SetWebhook(ctx, &telego.SetWebhookParams{
		URL: address, SecretToken: a.hookSecret(), MaxConnections: 1, AllowedUpdates: allowed(),
	})
	if err != nil {
		return fmt.Errorf("set the webhook: %w", err)
	}
	a.taken = true
	return nil
}

// webhookState asks how Telegram gets on with calling us.
func (a *adapter) webhookState(ctx context.Context, address string) (channels.State, error) {
	ctx, cancel := context.WithTimeout(ctx, a.options.Answer)
	defer cancel()
	info, err := a.bot.GetWebhookInfo(ctx)
	if err != nil {
		return channels.State{}, fmt.Errorf("ask about the webhook: %w", err)
	}
	if info.URL != address {
		return channels.State{}, errWebhookGone
	}
	failed := a.deps.Clock().Sub(time.Unix(info.LastErrorDate, 0)) < stillFailing
	if failed && info.PendingUpdateCount > 0 {
		return channels.State{Reason: say("reason.hook_failing", "host", a.host()), Detail: oneLine(info.LastErrorMessage, 300)}, nil
	}
	return channels.State{OK: true}, nil
}

// Hook implements channels.Hooked. Telegram repeats whatever is not answered
// with 200.
func (a *adapter) Hook(w http.ResponseWriter, r *http.Request, in channels.Sink) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if !hmac.Equal([]byte(r.Header.Get(secretHeader)), []byte(a.hookSecret())) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longestUpdate))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	a.hooked(w, r.Context(), in, raw)
}

func (a *adapter) hooked(w http.ResponseWriter, ctx context.Context, in channels.Sink, raw []byte) {
	stored, err := in.Cursor(ctx, a.cursor())
	var e envelope
	if err == nil {
		_, e, err = a.take(ctx, in, raw, parsePosition(stored))
	}
	switch {
	case errors.Is(err, errNoUpdate):
		w.WriteHeader(http.StatusBadRequest)
	case err != nil:
		a.deps.Logger.Warn("could not store an update", "error", err)
		w.WriteHeader(http.StatusServiceUnavailable)
	default:
		w.WriteHeader(http.StatusOK)
		_ = http.NewResponseController(w).Flush() // Telegram need not wait for the rest
		a.answerPress(ctx, e)
	}
}
