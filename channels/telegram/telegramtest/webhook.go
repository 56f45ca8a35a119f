package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// hook is a webhook that is set and the delivery to it.
type hook struct {
	url    string
	secret string
	most   int64
	cancel context.CancelFunc

	failedAt int64
	failure  string
}

const (
	hookPatience = 10 * time.Second
	hookPause    = 20 * time.Millisecond // before the first repetition; doubles
	hookLongest  = time.Second
)

var validSecret = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// AllowPlainHooks lets webhooks have http addresses and any port, as servers run
// in local mode do.
func (s *Server) AllowPlainHooks() {
	s.change(func() { s.plainHooks = true })
}

// Resolve has the server find https://host at an address of this machine, as a
// name server and a proxy in front of the bot would.
func (s *Server) Resolve(host, address string) {
	s.change(func() { s.hosts[host] = address })
}

// target is where a webhook really is.
func (s *Server) target(hook string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for host, address := range s.hosts {
		if path, ok := strings.CutPrefix(hook, "https://"+host+"/"); ok {
			return address + "/" + path
		}
	}
	return hook
}

func setWebhook(c call) (any, *refusal) {
	address := c.params.text("url")
	if address == "" {
		return deleteWebhook(c)
	}
	if refused := c.server.checkHook(address, c.params.text("secret_token")); refused != nil {
		return nil, refused
	}
	if refused := c.bot.queue.allow(c.params); refused != nil {
		return nil, refused
	}
	c.bot.endHook(c.params.flag("drop_pending_updates"))
	c.bot.queue.interrupt(refuse(http.StatusConflict, "Conflict: terminated by setWebhook request"))
	most := c.params.number("max_connections")
	if most == 0 {
		most = 40
	}
	ctx, cancel := context.WithCancel(context.Background())
	c.bot.hook = &hook{url: address, secret: c.params.text("secret_token"), most: most, cancel: cancel}
	c.server.hooks.Add(1)
	go c.bot.deliver(ctx, c.bot.hook)
	return true, nil
}

func (s *Server) checkHook(address, secret string) *refusal {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return bad("bad webhook: invalid URL")
	}
	if !s.plainHooks && u.Scheme != "https" {
		return bad("bad webhook: An HTTPS URL must be provided for webhook")
	}
	if !s.plainHooks && !slices.Contains([]string{"", "443", "80", "88", "8443"}, u.Port()) {
		return bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
	}
	if secret != "" && !validSecret.MatchString(secret) {
		return bad("secret token contains unallowed characters")
	}
	return nil
}

func deleteWebhook(c call) (any, *refusal) {
	c.bot.endHook(c.params.flag("drop_pending_updates"))
	return true, nil
}

// endHook ends the delivery to a webhook. The lock is held.
func (b *Bot) endHook(drop bool) {
	if b.hook != nil {
		b.hook.cancel()
		b.hook = nil
	}
	if drop {
		b.queue.pending = nil
	}
}

// hookInfo is a WebhookInfo.
type hookInfo struct {
	URL         string   `json:"url"`
	Certificate bool     `json:"has_custom_certificate"`
	Pending     int      `json:"pending_update_count"`
	FailedAt    int64    `json:"last_error_date,omitempty"`
	Failure     string   `json:"last_error_message,omitempty"`
	Most        int64    `json:"max_connections,omitempty"`
	Allowed     []string `json:"allowed_updates,omitempty"`
}

func getWebhookInfo(c call) (any, *refusal) {
	info := hookInfo{Pending: len(c.bot.queue.pending), Allowed: c.bot.queue.allowed}
	if h := c.bot.hook; h != nil {
		info.URL, info.Most, info.FailedAt, info.Failure = h.url, h.most, h.failedAt, h.failure
	}
	return info, nil
}

// deliver calls the webhook with one update after the other, each until it is
// taken.
func (b *Bot) deliver(ctx context.Context, h *hook) {
	defer b.server.hooks.Done()
	client := &http.Client{Timeout: hookPatience}
	for pause := hookPause; ; {
		u, ok := b.firstWaiting(ctx)
		if !ok {
			return
		}
		err := h.post(ctx, client, b.server.target(h.url), u)
		if err == nil {
			b.server.change(func() { b.queue.drop(u.ID) })
			pause = hookPause
			continue
		}
		b.server.change(func() { h.failedAt, h.failure = b.server.now().Unix(), err.Error() })
		if !b.server.rest(ctx, pause) {
			return
		}
		pause = min(2*pause, hookLongest)
	}
}

// firstWaiting waits for an update.
func (b *Bot) firstWaiting(ctx context.Context) (u update, ok bool) {
	for {
		b.server.mu.Lock()
		changed := b.server.changed
		if len(b.queue.pending) > 0 {
			u, ok = b.queue.pending[0].update, true
		}
		b.server.mu.Unlock()
		if ok && ctx.Err() == nil {
			return u, true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return u, false
		case <-b.server.quit:
			return u, false
		}
	}
}

func (s *Server) rest(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
	case <-s.quit:
	}
	return false
}

// drop forgets the first update with this id.
func (q *queue) drop(id int64) {
	if at := slices.IndexFunc(q.pending, func(w waiting) bool { return w.ID == id }); at >= 0 {
		q.pending = slices.Delete(q.pending, at, at+1)
	}
}

func (h *hook) post(ctx context.Context, client *http.Client, to string, u update) error {
	body, err := json.Marshal(u)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	res, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("connection failed: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, res.Body) // what it says does not matter
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("wrong response from the webhook: %s", res.Status)
	}
	return nil
}
