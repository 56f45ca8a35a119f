package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/mymmrac/telego"
	ta "github.com/mymmrac/telego/telegoapi"

	"okno/channels"
)

// grace is how much longer than a poll takes we wait for its answer.
const grace = 15 * time.Second

// Run implements channels.Adapter. Nothing makes it give up: a token that was
// refused is tried again rarely, and another program that reads the bot is left
// alone for a while.
func (a *adapter) Run(ctx context.Context, in channels.Sink) error {
	receive := a.poll
	if a.mode == modeWebhook {
		receive = a.watch
	}
	delay := a.options.RetryMin
	for ctx.Err() == nil {
		worked, err := receive(ctx, in)
		if ctx.Err() != nil {
			return nil
		}
		if worked {
			delay = a.options.RetryMin
		}
		a.contested = a.contested || says(err, http.StatusConflict, "")
		in.Report(ctx, a.state(err))
		channels.Wait(ctx, a.pause(err, delay))
		delay = min(2*delay, a.options.RetryMax)
	}
	return nil
}

// pause is how long to keep off the server after a failure.
func (a *adapter) pause(err error, delay time.Duration) time.Duration {
	asked := retryAfter(err)
	switch {
	case asked > 0:
		return asked + rand.N(time.Second)
	case tokenRefused(err):
		return 10 * a.options.RetryMax
	case says(err, http.StatusConflict, ""), errors.Is(err, errWebhookGone):
		return a.options.Conflict + rand.N(a.options.Conflict)
	}
	return delay/2 + rand.N(delay)
}

// introduce asks who the bot is and tells the desk.
func (a *adapter) introduce(ctx context.Context) (*telego.User, error) {
	ctx, cancel := context.WithTimeout(ctx, a.options.Answer)
	defer cancel()
	me, err := a.bot.GetMe(ctx)
	if err != nil {
		return nil, fmt.Errorf("ask for the bot's name: %w", err)
	}
	if a.deps.Named != nil && me.Username != "" {
		if err := a.deps.Named(ctx, a.id, "@"+me.Username); err != nil {
			return nil, fmt.Errorf("%w: %w", errStore, err)
		}
	}
	return me, nil
}

// poll takes updates until something fails; worked says that it was good for
// something.
func (a *adapter) poll(ctx context.Context, in channels.Sink) (worked bool, err error) {
	if _, err := a.introduce(ctx); err != nil {
		return false, err
	}
	if err := a.dropWebhook(ctx); err != nil {
		return false, err
	}
	stored, err := in.Cursor(ctx, a.cursor())
	if err != nil {
		return false, fmt.Errorf("%w: read the cursor: %w", errStore, err)
	}
	p, confirm := parsePosition(stored), true
	// After a conflict only a poll that was waited out shows that we are alone.
	for ; ; worked = true {
		if p, confirm, err = a.pollOnce(ctx, in, p, confirm, worked); err != nil {
			return worked, err
		}
		a.contested = a.contested && !worked
		if !a.contested {
			in.Report(ctx, channels.State{OK: true})
		}
	}
}

// dropWebhook takes over from a webhook, once: if somebody sets another while we
// poll, they mean it. What waits for us is never dropped.
func (a *adapter) dropWebhook(ctx context.Context) error {
	if a.taken {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, a.options.Answer)
	defer cancel()
	if err := a.bot.DeleteWebhook(ctx, &telego.DeleteWebhookParams{}); err != nil {
		return fmt.Errorf("end the webhook: %w", err)
	}
	a.taken = true
	return nil
}

// pollOnce asks for updates and stores them. An offset only confirms what was
// stored: once that is done we ask for whatever is there, because numbers that
// begin anew may lie below the offset. The first poll does not wait, so that the
// state of the connection is known at once.
func (a *adapter) pollOnce(ctx context.Context, in channels.Sink, p position, confirm, waits bool) (position, bool, error) {
	var offset int64
	if confirm {
		offset = p.offset(a.deps.Clock())
	}
	list, err := a.updates(ctx, offset, waits)
	if err != nil {
		return p, confirm, err
	}
	for _, raw := range list {
		var e envelope
		p, e, err = a.take(ctx, in, raw, p)
		if errors.Is(err, errNoUpdate) {
			a.deps.Logger.Warn("skipped what is no update", "bytes", len(raw))
			continue
		}
		if err != nil {
			return p, confirm, err
		}
		a.answerPress(ctx, e)
	}
	return p, len(list) > 0, nil
}

// updates calls getUpdates by hand: the library would refuse a whole batch for
// one update it cannot read.
func (a *adapter) updates(ctx context.Context, offset int64, waits bool) ([]json.RawMessage, error) {
	asked := telego.GetUpdatesParams{Offset: int(offset), Limit: 100, AllowedUpdates: allowed()}
	within := a.options.Answer
	if waits {
		asked.Timeout = max(1, int(a.options.Poll/time.Second))
		within = a.options.Poll + grace
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	data, err := form{}.JSONRequest(asked)
	if err != nil {
		return nil, fmt.Errorf("ask for updates: %w", err)
	}
	answer, err := a.wire.Call(ctx, a.server+"/bot"+a.token+"/getUpdates", data)
	if err == nil {
		err = unlessOK(answer)
	}
	if err != nil {
		return nil, fmt.Errorf("ask for updates: %w", err)
	}
	var list []json.RawMessage
	if err := json.Unmarshal(answer.Result, &list); err != nil {
		return nil, fmt.Errorf("read updates: %w", err)
	}
	return list, nil
}

func unlessOK(answer *ta.Response) error {
	if answer.Ok {
		return nil
	}
	return answer.Error
}

// answerPress ends the spinner on a button somebody pressed. That it came too
// late for that is no fault.
func (a *adapter) answerPress(ctx context.Context, e envelope) {
	if e.Press == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	err := a.bot.AnswerCallbackQuery(ctx, &telego.AnswerCallbackQueryParams{CallbackQueryID: e.Press.ID})
	if err != nil && !says(err, http.StatusBadRequest, "query is too old") {
		a.deps.Logger.Warn("a pressed button stays lit", "error", a.wire.redacted(err))
	}
}
