package telegram

import (
	"context"
	"net/url"

	"github.com/mymmrac/telego"

	"okno/channels"
)

// check implements channels.Kind: server, token, webhook, and whether updates
// would come. Nothing is sent and nothing about the bot changes.
func (o Options) check(ctx context.Context, c channels.Connection, d channels.Deps, report func(channels.Step)) {
	if _, bad := validate(c)["token"]; bad {
		report(channels.Step{Label: say("check.shape"), Reason: say("fault.token")})
		return
	}
	report(channels.Step{OK: true, Label: say("check.shape")})
	d.Named = nil // the settings may not be stored yet
	a, err := o.newAdapter(c, d)
	if err != nil {
		report(channels.Step{Label: say("check.shape"), Reason: say("fault.token")})
		return
	}
	if a.checkToken(ctx, report) {
		a.checkReceiving(ctx, report)
	}
}

// checkToken asks who the bot is. An answer of any kind shows that the server is
// there.
func (a *adapter) checkToken(ctx context.Context, report func(channels.Step)) bool {
	me, err := a.introduce(ctx)
	if err != nil && refusal(err) == nil {
		report(a.failed("server", err))
		return false
	}
	report(channels.Step{OK: true, Label: say("check.server", "host", a.host())})
	if err != nil {
		report(a.failed("refused", err))
		return false
	}
	report(channels.Step{OK: true, Label: say("check.token", "bot", "@"+me.Username)})
	a.checkPrivacy(me, report)
	return true
}

// checkPrivacy warns of a bot that reads along in groups: everything said there
// would end up in the journal.
func (a *adapter) checkPrivacy(me *telego.User, report func(channels.Step)) {
	step := channels.Step{OK: true, Label: say("check.privacy")}
	if me.CanReadAllGroupMessages {
		step.OK, step.Reason = false, say("check.privacy.off")
	}
	report(step)
}

// checkReceiving finds out who gets the messages of the bot today. Asking for
// updates would tell no more and disturb whoever reads them, which may be us.
func (a *adapter) checkReceiving(ctx context.Context, report func(channels.Step)) {
	ctx, cancel := context.WithTimeout(ctx, a.options.Answer)
	defer cancel()
	info, err := a.bot.GetWebhookInfo(ctx)
	if err != nil {
		report(a.failed("webhook", err))
		return
	}
	if info.URL != "" && info.URL != a.hookURL() {
		report(channels.Step{Label: say("check.webhook"), Reason: say("check.webhook.other", "host", hostOf(info.URL))})
		return
	}
	report(channels.Step{OK: true, Label: say("check.webhook")})
	if a.mode == modeWebhook && a.hookURL() == "" {
		report(a.failed("receive", errNoAddress))
		return
	}
	report(channels.Step{OK: true, Label: say("check.receive")})
}

func (a *adapter) failed(step string, err error) channels.Step {
	return channels.Step{Label: say("check."+step, "host", a.host()), Reason: a.reason(err), Detail: a.detail(err)}
}

// hostOf names the server of a webhook; the rest of its address may be a secret.
func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return "?"
}
