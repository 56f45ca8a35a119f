package telegram

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/telegram/telegramtest"
)

// outbound is a message to whom the talk belongs to.
func outbound(place, body string) channels.Outbound {
	return channels.Outbound{Key: "message:1", Place: place, Body: body, Author: "Олег"}
}

// spoken opens a chat and answers it with its place and an adapter.
func (d *desk) spoken(name string) (*telegramtest.Talk, string, *adapter) {
	d.t.Helper()
	talk := d.talk(name)
	m := talk.Write("hello")
	return talk, chatText(m.Chat.ID), d.adapter()
}

// refused is the error of a send that has to fail.
func refused(t *testing.T, err error) *channels.SendError {
	t.Helper()
	var e *channels.SendError
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want a refusal", err)
	}
	return e
}

func picture(t *testing.T, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSendsFormattedReply(t *testing.T) {
	d := newDesk(t)
	talk, place, a := d.spoken("Anna")
	out := outbound(place, "**Bold** <b> & [x](https://okno.example/)")
	out.InReplyTo = a.botID + "/" + place + ":1"
	out.Buttons = [][]channels.Button{{{Text: "Solved", ID: "s:1"}, {Text: "Site", URL: "https://okno.example/t"}}}
	receipt, err := a.Send(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	got := talk.Got()
	if len(got) != 1 || got[0].Text != "Олег\nBold <b> & x" || got[0].ReplyTo == nil || got[0].ReplyTo.ID != 1 {
		t.Fatalf("got %+v", got)
	}
	if receipt.ID != a.ref(got[0].Chat.ID, int(got[0].ID)) || len(receipt.More) != 0 {
		t.Errorf("receipt %+v", receipt)
	}
	again, err := a.Send(t.Context(), out)
	if err != nil || again.ID != receipt.ID || len(talk.Got()) != 1 {
		t.Errorf("the same key made %d messages, %v", len(talk.Got()), err)
	}
}

// TestLongMessageGoesOnWhereItStopped fails in the middle, in one process and
// over a restart.
func TestLongMessageGoesOnWhereItStopped(t *testing.T) {
	long := strings.Repeat(strings.Repeat("слово 😀 ", 60)+"\n\n", 20)
	for _, restart := range []bool{false, true} {
		d := newDesk(t)
		talk, place, a := d.spoken("Anna")
		out := outbound(place, long)
		sent := 0
		d.net.Decide(func(r telegramtest.Request) (telegramtest.Fault, bool) {
			sent++
			return telegramtest.TooMany(7), sent == 2
		})
		_, err := a.Send(t.Context(), out)
		if e := refused(t, err); e.Verdict != channels.Later || e.After != 7*time.Second {
			t.Fatalf("verdict %+v", e)
		}
		if restart {
			a, out.Progress = d.adapter(), d.ledger[out.Key]
		} else {
			a.pace = newPace(time.Now) // seven seconds later
		}
		receipt, err := a.Send(t.Context(), out)
		got := talk.Got()
		if err != nil || len(got) != 3 || len(receipt.More) != 2 || receipt.ID != a.ref(got[0].Chat.ID, int(got[0].ID)) {
			t.Fatalf("restart %v: %d messages, %+v, %v", restart, len(got), receipt, err)
		}
		all := got[0].Text + got[1].Text + got[2].Text
		if squeezed(all) != squeezed("Олег"+long) {
			t.Errorf("restart %v: something is lost or doubled", restart)
		}
	}
}

// TestLostAnswerIsRiskedOnce loses the answer to a message again and again.
func TestLostAnswerIsRiskedOnce(t *testing.T) {
	for _, fault := range []telegramtest.Fault{{Taken: true, Cut: true}, {Taken: true, Hang: true}, {Taken: true, Code: 504}} {
		d := newDesk(t)
		d.opts.Answer = 200 * time.Millisecond
		talk, place, a := d.spoken("Anna")
		out := outbound(place, "hello")
		d.net.Fail("sendMessage", fault, fault, fault)
		_, err := a.Send(t.Context(), out)
		if e := refused(t, err); e.Verdict != channels.Later || !e.Maybe {
			t.Errorf("first: %+v", e)
		}
		a, out.Progress = d.adapter(), d.ledger[out.Key]
		_, err = a.Send(t.Context(), out)
		if e := refused(t, err); e.Verdict != channels.Never || !e.Maybe || e.Reason.Key != "channel.telegram.send.doubt" {
			t.Errorf("second: %+v", e)
		}
		if n := len(talk.Got()); n != 2 {
			t.Errorf("%d messages", n)
		}
		if _, err = a.Send(t.Context(), out); refused(t, err).Verdict != channels.Later {
			t.Errorf("asked for by a person: %v", err)
		}
	}
}

func TestRefusals(t *testing.T) {
	bad := func(code int, words string) telegramtest.Fault {
		return telegramtest.Fault{Code: code, Description: words}
	}
	for _, c := range []struct {
		fault   telegramtest.Fault
		verdict channels.Verdict
		reason  string
	}{
		{bad(403, "Forbidden: bot was blocked by the user"), channels.Gone, "send.blocked"},
		{bad(403, "Forbidden: user is deactivated"), channels.Gone, "send.deactivated"},
		{bad(403, "Forbidden: bot can't initiate conversation with a user"), channels.Gone, "send.stranger"},
		{bad(403, "Forbidden: bot was kicked from the supergroup chat"), channels.Gone, "send.kicked"},
		{bad(403, "Forbidden: something new"), channels.Gone, "send.forbidden"},
		{bad(400, "Bad Request: chat not found"), channels.Gone, "send.unknown"},
		{bad(400, "Bad Request: BUTTON_DATA_INVALID"), channels.Never, "send.refused"},
		{bad(413, "Request Entity Too Large"), channels.Never, "send.too_large"},
		{bad(401, "Unauthorized"), channels.Later, "reason.token"},
		{bad(429, "Too Many Requests: retry after 5"), channels.Later, "send.busy"},
		{telegramtest.BadGateway(), channels.Later, "reason.server"},
		{telegramtest.Fault{Cut: true}, channels.Later, "reason.closed"},
	} {
		d := newDesk(t)
		_, place, a := d.spoken("Anna")
		d.net.Fail("sendMessage", c.fault)
		_, err := a.Send(t.Context(), outbound(place, "hello"))
		e := refused(t, err)
		if e.Verdict != c.verdict || e.Reason.Key != "channel.telegram."+c.reason {
			t.Errorf("%+v: %s %s", c.fault, e.Verdict, e.Reason.Key)
		}
		d.clean(err.Error())
	}
}

// TestFallbacks sends otherwise what Telegram does not like.
func TestFallbacks(t *testing.T) {
	d := newDesk(t)
	talk, place, a := d.spoken("Anna")
	d.net.Fail("sendMessage", telegramtest.Fault{Code: 400, Description: "Bad Request: can't parse entities: Unsupported start tag"})
	if _, err := a.Send(t.Context(), outbound(place, "**bold**")); err != nil || talk.Got()[0].Text != "Олег\nbold" || len(talk.Got()[0].Entities) != 0 {
		t.Errorf("plain: %v, %+v", err, talk.Got())
	}
	out := outbound(place, "look")
	out.Key, out.Buttons = "home", [][]channels.Button{{{Text: "Open", URL: "http://localhost:8080/t/1"}}, {{Text: "Solved", ID: "s"}}}
	d.net.Fail("sendMessage", telegramtest.Fault{Code: 400, Description: "Bad Request: inline keyboard button URL 'http://localhost:8080/t/1' is invalid: Wrong HTTP URL"})
	if _, err := a.Send(t.Context(), out); err != nil || !strings.HasSuffix(talk.Got()[1].Text, "Open: http://localhost:8080/t/1") || len(talk.Got()[1].Buttons.Rows) != 1 {
		t.Errorf("buttons: %v, %+v", err, talk.Got()[1])
	}
	thin := outbound(place, "thin")
	thin.Key, thin.Files = "thin", []channels.File{d.shelf.file(t, "thin.png", "image/png", picture(t, 3, 200))}
	d.net.Fail("sendPhoto", telegramtest.Fault{Code: 400, Description: "Bad Request: PHOTO_INVALID_DIMENSIONS"})
	if _, err := a.Send(t.Context(), thin); err != nil || talk.Got()[2].Document == nil || talk.Got()[2].Caption != "Олег\nthin" {
		t.Errorf("picture: %v, %+v", err, talk.Got()[2])
	}
}

func TestMovedGroup(t *testing.T) {
	d := newDesk(t)
	_, _, a := d.spoken("Anna")
	group := d.net.NewGroup("Storage", d.bot)
	d.net.Fail("sendMessage", telegramtest.Fault{Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat", Migrate: group.ID()})
	receipt, err := a.Send(t.Context(), outbound("-55", "hello"))
	if err != nil || !strings.Contains(receipt.ID, chatText(group.ID())) {
		t.Errorf("receipt %+v, %v", receipt, err)
	}
}

func TestSendsFiles(t *testing.T) {
	d := newDesk(t)
	talk, place, a := d.spoken("Anna")
	out := outbound(place, "files")
	for _, name := range []string{"a.txt", "a.txt", `quote".txt`} {
		out.Files = append(out.Files, d.shelf.file(t, name, "text/plain", []byte("bytes of "+name)))
	}
	out.Files = append(out.Files, d.shelf.file(t, "снимок.png", "image/png", picture(t, 40, 30)))
	receipt, err := a.Send(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	got := talk.Got()
	if len(got) != 5 || len(receipt.More) != 4 || got[1].Photo == nil || got[2].Album == "" || got[2].Album != got[4].Album {
		t.Fatalf("%d messages, receipt %+v", len(got), receipt)
	}
	var names []string
	for _, m := range got[2:] {
		names = append(names, m.Document.Name)
		if string(m.Files[0].Bytes) != "bytes of "+m.Document.Name || m.Files[0].Type != "text/plain" {
			t.Errorf("file %+v", m.Files[0])
		}
	}
	slices.Sort(names)
	if !slices.Equal(names, []string{"a.txt", "a.txt", `quote".txt`}) {
		t.Errorf("names %q", names)
	}
}

// TestUnfitFiles refuses before anything leaves.
func TestUnfitFiles(t *testing.T) {
	d := newDesk(t)
	d.opts.Upload = 1 << 20
	talk, place, a := d.spoken("Anna")
	gone := channels.File{Name: "gone.txt", Size: 3, Blob: "none"}
	for reason, f := range map[string]channels.File{
		"large": d.shelf.file(t, "large.bin", "", make([]byte, 1<<20+1)), "empty": d.shelf.file(t, "empty.txt", "", nil), "file": gone,
	} {
		out := outbound(place, "")
		out.Key, out.Files = reason, []channels.File{f}
		_, err := a.Send(t.Context(), out)
		if e := refused(t, err); e.Verdict != channels.Never || e.Reason.Key != "channel.telegram.send."+reason {
			t.Errorf("%s: %+v", reason, e)
		}
	}
	if n := len(talk.Got()); n != 0 {
		t.Errorf("%d messages left", n)
	}
}

func TestEditsAndReacts(t *testing.T) {
	d := newDesk(t)
	talk, place, a := d.spoken("Anna")
	receipt, err := a.Send(t.Context(), outbound(place, "first"))
	if err != nil {
		t.Fatal(err)
	}
	changed := outbound(place, "second")
	changed.Buttons = [][]channels.Button{{{Text: "B", ID: "b"}}}
	for range 2 { // the second time nothing changes
		if err := a.Edit(t.Context(), receipt.ID, changed); err != nil {
			t.Fatal(err)
		}
	}
	if got := talk.Got()[0]; got.Text != "Олег\nsecond" || got.Buttons == nil {
		t.Errorf("edited %+v", got)
	}
	for _, emoji := range []string{"👍", ""} {
		if err := a.React(t.Context(), place, a.botID+"/"+place+":1", emoji); err != nil {
			t.Fatal(err)
		}
		if got := talk.All()[0].Reactions; (len(got) == 1) != (emoji != "") {
			t.Errorf("reactions %v after %q", got, emoji)
		}
	}
	for _, of := range []string{"", "12/1:1", a.botID + "/x:1"} {
		if e := refused(t, a.Edit(t.Context(), of, changed)); e.Verdict != channels.Never {
			t.Errorf("edit of %q: %+v", of, e)
		}
	}
}

// TestTakesThePlaceOfAMessage turns a page of a menu, tries again, and turns pages
// of messages that are not there or too short for it.
func TestTakesThePlaceOfAMessage(t *testing.T) {
	d := newDesk(t)
	talk, place, a := d.spoken("Anna")
	page := outbound(place, "page 1")
	page.Buttons = [][]channels.Button{{{Text: "Next", ID: "next"}}}
	shown, err := a.Send(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	page.Key, page.Body, page.Replaces = "message:2", "page 2", shown.ID
	d.net.Fail("editMessageText", telegramtest.TooMany(1))
	_, err = a.Send(t.Context(), page)
	if e := refused(t, err); e.Verdict != channels.Later || e.After == 0 {
		t.Errorf("busy: %+v", e)
	}
	for range 2 { // the second time as after a crash
		if again, err := a.Send(t.Context(), page); err != nil || again.ID != shown.ID {
			t.Fatalf("%+v, %v", again, err)
		}
	}
	if got := talk.Got(); len(got) != 1 || got[0].Text != "Олег\npage 2" || got[0].Buttons == nil {
		t.Errorf("the page became %+v", got)
	}
	for i, of := range []string{a.botID + "/" + place + ":99", "elsewhere", a.botID + "/" + place + ":1"} {
		page.Key, page.Replaces = "other:"+of, of
		if _, err := a.Send(t.Context(), page); err != nil || len(talk.Got()) != i+2 {
			t.Errorf("in place of %s: %v, %d messages", of, err, len(talk.Got()))
		}
	}
	page.Key, page.Replaces, page.Body = "long", shown.ID, strings.Repeat("word ", 2000)
	if _, err := a.Send(t.Context(), page); err != nil || len(talk.Got()) < 6 {
		t.Errorf("a page of two messages: %v, %d messages", err, len(talk.Got()))
	}
}

func TestEditsWordsUnderFile(t *testing.T) {
	d := newDesk(t)
	talk, place, a := d.spoken("Anna")
	out := outbound(place, "first")
	out.Files = []channels.File{d.shelf.file(t, "a.txt", "text/plain", []byte("a"))}
	receipt, err := a.Send(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Edit(t.Context(), receipt.ID, outbound(place, "second")); err != nil || talk.Got()[0].Caption != "Олег\nsecond" {
		t.Errorf("%v, %+v", err, talk.Got()[0])
	}
}
