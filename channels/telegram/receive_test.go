package telegram

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/telegram/telegramtest"
)

func TestReceivesInOrderAndConfirmsAfterStoring(t *testing.T) {
	d := newDesk(t)
	anna, boris := d.talk("Anna"), d.talk("Boris")
	d.sink.fail(errors.New("disk full"))
	anna.Write("one")
	boris.Write("two")
	d.run()
	d.sink.awaitState(t, "store")
	if n := d.bot.Waiting(); n != 2 {
		t.Fatalf("%d updates wait, although none was stored", n)
	}
	d.sink.fail(nil)
	events := d.events(2)
	d.sink.awaitState(t, "")
	if events[0].Lane == events[1].Lane || events[0].Hint != "Anna" || !strings.HasPrefix(events[0].Key, d.adapter().botID+":0:") {
		t.Errorf("events %+v", events)
	}
	d.net.Await(t.Context(), func() bool { return d.bot.Waiting() == 0 })
	if !slices.Contains(d.named, "@"+d.bot.Username) {
		t.Errorf("named %v", d.named)
	}
}

// TestRestartAsksFromTheCursor stops between storing and confirming.
func TestRestartAsksFromTheCursor(t *testing.T) {
	d := newDesk(t)
	anna := d.talk("Anna")
	for range 3 {
		anna.Write("hello")
	}
	stop := d.run()
	d.events(3)
	stop()
	d.bot.Replay()
	anna.Write("fresh")
	d.run()
	if events := d.events(4); !strings.Contains(string(events[3].Raw), "fresh") || len(events) != 4 {
		t.Errorf("%d events", len(events))
	}
}

// TestNumbersBeginAnew gives a new message the number of an old one after a
// quiet week.
func TestNumbersBeginAnew(t *testing.T) {
	d := newDesk(t)
	anna := d.talk("Anna")
	anna.Write("old")
	stop := d.run()
	d.net.Await(t.Context(), func() bool { return len(d.events(1)) == 1 && d.bot.Waiting() == 0 })
	stop()
	e, err := readEnvelope(d.events(1)[0].Raw)
	if err != nil {
		t.Fatal(err)
	}
	d.deps.Clock = func() time.Time { return time.Now().Add(8 * 24 * time.Hour) }
	d.net.Pass(8 * 24 * time.Hour)
	d.bot.Renumber(*e.ID)
	anna.Write("new")
	d.run()
	events := d.events(2)
	if !strings.Contains(string(events[1].Raw), "new") || !strings.Contains(events[1].Key, ":1:") {
		t.Errorf("key %s after %s", events[1].Key, events[0].Key)
	}
}

func TestPosition(t *testing.T) {
	day := time.Unix(1_800_000_000, 0)
	p := position{}.after(500, day)
	for _, c := range []struct {
		name  string
		id    int64
		later time.Duration
		want  position
	}{
		{"the next", 501, time.Hour, position{0, 502, day.Add(time.Hour).Unix()}},
		{"one again", 499, time.Hour, position{0, 500, day.Add(time.Hour).Unix()}},
		{"below after a week", 499, 7 * 24 * time.Hour, position{1, 500, day.Add(7 * 24 * time.Hour).Unix()}},
		{"above after a week", 9000, 7 * 24 * time.Hour, position{0, 9001, day.Add(7 * 24 * time.Hour).Unix()}},
	} {
		got := p.after(c.id, day.Add(c.later))
		if got != c.want || parsePosition(got.String()) != got {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if parsePosition("") != (position{}) || parsePosition("x") != (position{}) {
		t.Error("nothing stored is not the beginning")
	}
}

func TestStatesInPlainWords(t *testing.T) {
	d := newDesk(t)
	stop := d.run()
	d.sink.awaitState(t, "")
	d.bot.Revoke()
	d.sink.awaitState(t, "token")
	stop()
	for _, c := range []struct {
		reason string
		fault  telegramtest.Fault
	}{
		{"conflict", telegramtest.Fault{Code: 409, Description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}},
		{"webhook", telegramtest.Fault{Code: 409, Description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}},
		{"too_many", telegramtest.TooMany(3600)},
		{"server", telegramtest.BadGateway()},
		{"closed", telegramtest.Fault{Cut: true}},
		{"timeout", telegramtest.Fault{Hang: true}},
	} {
		d := newDesk(t)
		d.opts.Answer = 50 * time.Millisecond
		d.net.Decide(func(r telegramtest.Request) (telegramtest.Fault, bool) { return c.fault, r.Method == "getUpdates" })
		d.run()
		state := d.sink.awaitState(t, c.reason)
		d.clean(state.Detail)
	}
}

// clean holds a text to be free of the token.
func (d *desk) clean(text string) {
	d.t.Helper()
	_, secret, _ := strings.Cut(d.conn.Secrets["token"], ":")
	if strings.Contains(text, secret) {
		d.t.Errorf("the token is in %q", text)
	}
}

// TestTwoReaders runs two desks on one bot: one of them says so, and both come
// back when the other is gone.
func TestTwoReaders(t *testing.T) {
	d := newDesk(t)
	other := &journal{cursors: map[string]string{}, changed: make(chan struct{})}
	d.run()
	d.sink.awaitState(t, "")
	mine := d.sink
	d.sink = other
	stop := d.run()
	said := func(j *journal) bool {
		j.mu.Lock()
		defer j.mu.Unlock()
		return slices.ContainsFunc(j.states, func(s channels.State) bool { return s.Reason.Key == "channel.telegram.reason.conflict" })
	}
	if !d.net.Await(t.Context(), func() bool { return said(mine) || said(other) }) {
		t.Fatal("nobody said that the bot has two readers")
	}
	stop()
	mine.awaitState(t, "")
}

func TestNetworkFailures(t *testing.T) {
	for _, c := range []struct{ server, reason string }{
		{"http://127.0.0.1:1", "refused"}, {"http://nosuch.invalid", "name"},
	} {
		d := newDesk(t)
		d.conn.Settings["server"] = c.server
		d.run()
		d.clean(d.sink.awaitState(t, c.reason).Detail)
		d.clean(d.log.String())
	}
}

// TestPressIsAnsweredAtOnce answers a press before anybody has decoded it, and
// takes "too late" for no fault.
func TestPressIsAnsweredAtOnce(t *testing.T) {
	d := newDesk(t)
	anna := d.talk("Anna")
	anna.Write("hello")
	a := d.adapter()
	receipt, err := a.Send(t.Context(), channels.Outbound{
		Key: "k", Place: d.firstPlace(), Body: "Choose", Buttons: [][]channels.Button{{{Text: "One", ID: "1"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, message, _ := a.parseRef(receipt.ID)
	q := anna.Press(int64(message), "One")
	if !d.net.Await(t.Context(), func() bool { return d.net.Answer(q).Answered }) {
		t.Fatal("the press was not answered")
	}
	in := d.read(1)
	if in.Doing != (channels.Doing{Act: channels.ActPress, Of: receipt.ID, Button: "1"}) {
		t.Errorf("doing %+v", in.Doing)
	}
	d.net.Fail("answerCallbackQuery", telegramtest.Fault{Code: 400, Description: "Bad Request: query is too old and response timeout expired or query ID is invalid"})
	anna.Press(int64(message), "One")
	d.events(3)
	d.sink.awaitState(t, "")
	if strings.Contains(d.log.String(), "lit") {
		t.Error("complained of a press that is too old")
	}
}

// firstPlace receives and answers the place of the first message.
func (d *desk) firstPlace() string {
	d.t.Helper()
	d.run()
	return d.read(0).Place
}
