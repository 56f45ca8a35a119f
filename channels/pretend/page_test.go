package pretend_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/pretend"
)

// phone is a network with two people and its page.
type phone struct {
	t    *testing.T
	net  *pretend.Network
	page http.Handler
	desk channels.Adapter
}

func newPhone(t *testing.T) *phone {
	t.Helper()
	p := &phone{t: t, net: pretend.New(pretend.Options{
		People: []pretend.Person{{ID: "olga", Name: "Ольга", Language: "ru"}, {ID: "ann", Name: "Ann", Language: "en"}},
		Say:    func(language string, s channels.Text) string { return language + ":" + s.Key }, Clock: time.Now,
	})}
	var err error
	if p.page, err = p.net.Page(); err != nil {
		t.Fatal(err)
	}
	if p.desk, err = p.net.Kind().Open(channels.Connection{}, channels.Deps{}); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *phone) get(path, language string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Language", language)
	w := httptest.NewRecorder()
	p.page.ServeHTTP(w, r)
	return w
}

func (p *phone) post(path string, form url.Values) int {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	p.page.ServeHTTP(w, r)
	return w.Code
}

// send has the desk write to somebody.
func (p *phone) send(to, key, text string, buttons ...channels.Button) channels.Receipt {
	p.t.Helper()
	receipt, err := p.desk.Send(p.t.Context(), channels.Outbound{
		Key: key, To: channels.Address{ID: to}, Author: "Desk", Body: text, Buttons: [][]channels.Button{buttons},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return receipt
}

// taken is a desk that takes so many events and then hangs up.
type taken struct {
	want   int
	events []channels.Event
	hangUp context.CancelFunc
}

func (s *taken) Receive(_ context.Context, e channels.Event) (bool, error) {
	if s.events = append(s.events, e); len(s.events) == s.want {
		s.hangUp()
	}
	return true, nil
}
func (*taken) Cursor(context.Context, string) (string, error) { return "", nil }
func (*taken) Report(context.Context, channels.State)         {}

// takes answers what reached the desk.
func (p *phone) takes(n int) []channels.Inbound {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 10*time.Second)
	defer cancel()
	s := &taken{want: n, hangUp: cancel}
	if err := p.desk.Run(ctx, s); err != nil || len(s.events) != n {
		p.t.Fatalf("%d events, %v", len(s.events), err)
	}
	var list []channels.Inbound
	for _, e := range s.events {
		in, err := p.desk.Decode(p.t.Context(), e)
		if err != nil {
			p.t.Fatal(err)
		}
		list = append(list, in)
	}
	return list
}

func TestPhoneSpeaksTheLanguageOfItsOwner(t *testing.T) {
	p := newPhone(t)
	for language, want := range map[string]string{"ru-RU,ru": "/pretend/olga", "en": "/pretend/ann", "de": "/pretend/olga"} {
		if got := p.get("/pretend/", language).Header().Get("Location"); got != want {
			t.Errorf("%s leads to %s, want %s", language, got, want)
		}
	}
	if page := p.get("/pretend/olga", "en").Body.String(); !strings.Contains(page, `<html lang="ru">`) || !strings.Contains(page, "ru:pretend.send") {
		t.Errorf("Olga's phone is not Russian: %s", page)
	}
	if code := p.get("/pretend/nobody", "en").Code; code != http.StatusNotFound {
		t.Errorf("a stranger's phone: %d", code)
	}
}

func TestWhatIsDoneOnThePhoneReachesTheDesk(t *testing.T) {
	p := newPhone(t)
	ours := p.send("ann", "k", "Hello <b>you</b>, **now**", channels.Button{Text: "Another", ID: "another"})
	if again := p.send("ann", "k", "Hello"); again.ID != ours.ID {
		t.Error("the same key made two messages")
	}
	page := p.get("/pretend/ann/messages", "en").Body.String()
	if !strings.Contains(page, "<strong>now</strong>") || strings.Contains(page, "<b>you</b>") || !strings.Contains(page, `value="another"`) {
		t.Errorf("the desk's message is drawn as %s", page)
	}
	for _, form := range []url.Values{{"text": {" "}}, {"text": {"<i>Help</i>"}}} {
		if code := p.post("/pretend/ann/write", form); code != http.StatusSeeOther {
			t.Errorf("write: %d", code)
		}
	}
	mine := p.net.Messages("ann")[1].ID
	if page := p.get("/pretend/ann/messages", "en").Body.String(); strings.Contains(page, "<i>Help") {
		t.Errorf("what was written is drawn as %s", page)
	}
	p.post("/pretend/ann/edit", url.Values{"message": {ours.ID}, "text": {"not mine"}})
	p.post("/pretend/ann/edit", url.Values{"message": {mine}, "text": {"Help, please"}})
	p.post("/pretend/ann/press", url.Values{"message": {ours.ID}, "button": {"another"}})
	p.post("/pretend/ann/remove", url.Values{"message": {mine}})
	in := p.takes(4)
	if in[0].Object != mine || in[0].From.ID != "ann" || in[0].Place != "ann" || in[0].Language != "en" {
		t.Errorf("said %+v", in[0])
	}
	for i, want := range []channels.Doing{{}, {Act: channels.ActEdit, Of: mine}, {Act: channels.ActPress, Of: ours.ID, Button: "another"}, {Act: channels.ActRemove, Of: mine}} {
		if in[i].Doing != want {
			t.Errorf("did %+v, want %+v", in[i].Doing, want)
		}
	}
	if got := p.net.Messages("ann"); len(got) != 1 || p.net.Messages("olga") != nil {
		t.Errorf("left on the phones: %+v", got)
	}
}

func TestDeskEditsAndReacts(t *testing.T) {
	p := newPhone(t)
	ours := p.send("olga", "k", "Завтра")
	if err := p.desk.(channels.Editor).Edit(t.Context(), ours.ID, channels.Outbound{To: channels.Address{ID: "olga"}, Body: "Сегодня"}); err != nil {
		t.Error(err)
	}
	if err := p.desk.(channels.Reactor).React(t.Context(), "olga", ours.ID, "👀"); err != nil {
		t.Error(err)
	}
	if m := p.net.Messages("olga")[0]; m.Text != "Сегодня" || !m.Edited || m.Reaction != "👀" {
		t.Errorf("the message is %+v", m)
	}
	next := channels.Outbound{Key: "k2", To: channels.Address{ID: "olga"}, Body: "Послезавтра", Replaces: ours.ID}
	for range 2 {
		if r, err := p.desk.Send(t.Context(), next); err != nil || r.ID != ours.ID {
			t.Errorf("in its place: %+v, %v", r, err)
		}
	}
	if list := p.net.Messages("olga"); len(list) != 1 || list[0].Text != "Послезавтра" {
		t.Errorf("the phone shows %+v", list)
	}
	if _, err := p.desk.Send(t.Context(), channels.Outbound{To: channels.Address{ID: "nobody"}}); err == nil {
		t.Error("a message for nobody was taken")
	}
}

func TestOpenPhoneIsToldOfNewsUntilTheEnd(t *testing.T) {
	p := newPhone(t)
	srv := httptest.NewServer(p.page)
	t.Cleanup(srv.Close)
	res, err := http.Get(srv.URL + "/pretend/ann/news") //nolint:noctx // ends with the server
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	told := func() string {
		line := make([]byte, len("data: changed\n\n"))
		for n := 0; n < len(line); {
			k, err := res.Body.Read(line[n:])
			if n += k; err != nil {
				return err.Error()
			}
		}
		return string(line)
	}
	const news = "data: changed\n\n"
	if first := told(); first != news {
		t.Fatal(first)
	}
	p.send("ann", "k", "Hello")
	if second := told(); second != news {
		t.Fatal(second)
	}
	p.net.Close()
	if last := told(); last != "EOF" {
		t.Error(last)
	}
}
