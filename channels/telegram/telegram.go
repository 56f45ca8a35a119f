// Package telegram is the adapter for a Telegram bot. People write to it in
// private chats; groups are left alone, with the reason in the ledger.
//
// Receiving (Run): long polling (poll.go) or, on a desk with a public https
// address, a webhook (webhook.go). Both hand the raw update to the journal and
// confirm it only then; the cursor "EPOCH NEXT TIME" moves with every update
// (position.go).
//
// Reading (Decode): an update becomes words of channels (decode.go and the files
// beside it); its files are fetched at that time (download.go), so a failure of
// the network brings the update again and never loses a file.
//
// Sending (Send): Markdown becomes runs of text, those are cut into messages
// (split.go) and written as Telegram's HTML (html.go). Telegram knows no keys
// against duplicates, so every message that left is written down before the next
// leaves (progress.go), and a lost answer is risked once. Token buckets
// (pace.go) keep below Telegram's limits; what it asks for beyond them is
// obeyed.
//
// Calling: the library telego names methods and types; wire.go is the HTTP below
// it. The token is part of every address, so no error or log line carries one.
package telegram

import (
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/mymmrac/telego"

	"okno/channels"
)

// Options are the times and limits of the adapter; the zero value means the
// defaults named beside each field.
type Options struct {
	Poll      time.Duration     // Telegram holds an empty getUpdates for so long: 50 seconds
	Answer    time.Duration     // for the answer to any other call: 30 seconds
	Transfer  time.Duration     // for a file to come in: 3 minutes
	RetryMin  time.Duration     // first pause after a failure: 1 second
	RetryMax  time.Duration     // longest pause, ten times that after a refused token: 1 minute
	Conflict  time.Duration     // pause while another program reads the bot: 1 minute
	Patience  time.Duration     // a file Telegram cannot hand over is asked for so long: 1 hour
	Large     int64             // bytes; larger files are not fetched: 20 MB
	Upload    int64             // bytes; larger files are not sent: 50 MB
	Transport http.RoundTripper // instead of Go's own
}

// adapter is one bot.
type adapter struct {
	settings
	options Options
	deps    channels.Deps
	wire    *wire
	bot     *telego.Bot
	pace    *pace
	trail   *trail

	// Only Run touches these.
	taken     bool // the bot was taken over from a webhook, or for ours
	contested bool // another program read the bot when we last looked
}

// Name implements channels.Adapter.
func (a *adapter) Name() string { return kindName }

// open implements channels.Kind.
func (o Options) open(c channels.Connection, d channels.Deps) (channels.Adapter, error) {
	return o.newAdapter(c, d)
}

func (o Options) newAdapter(c channels.Connection, d channels.Deps) (*adapter, error) {
	a := &adapter{settings: newSettings(c), options: o.withDefaults(), deps: d, pace: newPace(d.Clock)}
	a.trail = newTrail()
	a.wire = newWire(a.options.Transport, a.server, a.token)
	bot, err := telego.NewBot(a.token, telego.WithAPICaller(a.wire), telego.WithAPIServer(a.server),
		telego.WithRequestConstructor(form{}), telego.WithDiscardLogger())
	if err != nil {
		return nil, fmt.Errorf("make a bot: %w", a.wire.redacted(err))
	}
	a.bot = bot
	return a, nil
}

func (o Options) withDefaults() Options {
	defaults := []struct {
		field *time.Duration
		value time.Duration
	}{
		{&o.Poll, 50 * time.Second}, {&o.Answer, 30 * time.Second}, {&o.Transfer, 3 * time.Minute},
		{&o.RetryMin, time.Second}, {&o.RetryMax, time.Minute}, {&o.Conflict, time.Minute}, {&o.Patience, time.Hour},
	}
	for _, d := range defaults {
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	if o.Large == 0 {
		o.Large = 20 << 20
	}
	if o.Upload == 0 {
		o.Upload = 50 << 20
	}
	return o
}

// say is a sentence of this package, with name, value pairs.
func say(code string, pairs ...string) channels.Text {
	t := channels.Text{Key: "channel.telegram." + code}
	for i := 0; i+1 < len(pairs); i += 2 {
		if t.Args == nil {
			t.Args = map[string]string{}
		}
		t.Args[pairs[i]] = pairs[i+1]
	}
	return t
}

// oneLine is text on one line of bounded length, valid UTF-8, without what
// cannot be seen.
func oneLine(text string, longest int) string {
	line := strings.Join(strings.Fields(visible(text)), " ")
	return strings.ToValidUTF8(line[:min(len(line), longest)], "")
}

// visible drops controls, and those that turn the direction of writing: a name
// must not show as another.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return r
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, text)
}
