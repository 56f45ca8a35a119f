package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/telegram/telegramtest"
	"okno/server/catalog"
	"okno/tickets"
)

// TestADeskOnAServerOfOthers runs the desk on telegram-test-api, whose authors
// know nothing of ours: what both understand is the Bot API.
func TestADeskOnAServerOfOthers(t *testing.T) {
	o := newOthers(t)
	c := o.desk()
	o.writes("sendMessage", map[string]any{"text": "The printer <smokes>"})
	c.said(1, func(m tickets.Message) bool { return m.Body == "The printer <smokes>" })
	confirmation := o.gets("Request #1 is registered: The printer &lt;smokes&gt;")
	c.Answer(channels.Address{Network: "telegram", ID: strconv.Itoa(o.person)}, channeltest.Message{Text: "Unplug **it**"})
	if answer := o.gets("Unplug <b>it</b>"); answer.Mode != "HTML" {
		t.Errorf("parse mode %q", answer.Mode)
	}
	o.presses(confirmation, "Start another request")
	o.gets("Your next message opens a new request")
	o.writes("sendMessage", map[string]any{"text": "A pass for Boris"})
	c.said(2, func(m tickets.Message) bool { return m.Body == "A pass for Boris" })
	o.gets("Request #2 is registered")
}

// TestCarPassByFreeText counts the questions that are left after one line of free
// text: three at most.
func TestCarPassByFreeText(t *testing.T) {
	t.Parallel()
	o := newOthers(t)
	o.language = "ru"
	c := o.desk()
	mailMust(t, catalog.Seed(t.Context(), c.srv.Tickets, c.srv.Store))
	o.writes("sendMessage", map[string]any{"text": "парковка для курьера завтра в 15:00"})
	o.presses(o.gets("Похоже, вам подойдёт форма"), "Да, продолжить")
	o.gets("Номер машины?")
	o.writes("sendMessage", map[string]any{"text": "а412мр77"})
	o.presses(o.gets("К какому офису?"), "Главный офис")
	o.presses(o.gets("Имя или телефон водителя?"), "Пропустить")
	o.presses(o.gets("Проверьте, всё ли верно"), "Отправить")
	o.gets("Заявка № 1")
	c.eventually("the ticket is there", func() bool { return len(c.messages(1)) == 1 })
	got, answers, _, err := c.srv.Tickets.TicketAnswers(t.Context(), c.tried.talk(1).Ticket.ID)
	mailMust(t, err)
	if got.Key != "car_pass" || answers["plate"] != "А412МР77" || answers["at"] != "15:00" || answers["purpose"] != "courier" {
		t.Errorf("%s: %v", got.Key, answers)
	}
	questions := o.asked(" из 6")
	t.Logf("%d questions after one line of free text: %q", len(questions), questions)
	if len(questions) > 3 {
		t.Error("more than three questions are left")
	}
}

// others is a server of others and one person on it.
type others struct {
	t        *testing.T
	base     string
	proxy    string // where the desk finds it
	token    string
	person   int
	language string
	got      []received
}

// desk is a desk whose bot lives on this server.
func (o *others) desk() *chatting {
	o.t.Helper()
	return &chatting{T: o.t, tried: openTried(o.t, channeltest.Connected{Kind: telegramOptions().Kind(), Connection: channels.Connection{
		Kind: "telegram", Name: "Bot", Settings: map[string]string{"server": o.proxy}, Secrets: map[string]string{"token": o.token},
	}}).(*tried)}
}

// received is what the bot sent, as telegram-test-api tells it.
type received struct {
	Text   string              `json:"text"`
	Mode   string              `json:"parse_mode"`
	Markup telegramtest.Inline `json:"reply_markup"`
	id     int64
}

func newOthers(t *testing.T) *others {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	mailMust(t, err)
	port := l.Addr().(*net.TCPAddr).Port
	mailMust(t, l.Close())
	telegramtest.Peer(t, "server.cjs", "PORT="+strconv.Itoa(port))
	o := &others{t: t, base: fmt.Sprintf("http://127.0.0.1:%d", port), token: "123456789:AAF" + strings.Repeat("x", 32), person: 4711, language: "en"}
	within(t, patience, "telegram-test-api answers", func() bool {
		res, err := http.Get(o.base)
		return err == nil && res.Body.Close() == nil
	})
	p := httptest.NewServer(http.HandlerFunc(o.pass))
	t.Cleanup(p.Close)
	o.proxy = p.URL
	return o
}

// pass stands before the server, which lacks a few methods, tells time in
// milliseconds and never waits.
func (o *others) pass(w http.ResponseWriter, r *http.Request) {
	switch method := path.Base(r.URL.Path); method {
	case "getMe":
		_, _ = io.WriteString(w, `{"ok":true,"result":{"id":123456789,"is_bot":true,"first_name":"Mayak","username":"mayak_bot"}}`)
	case "sendMessage", "getUpdates", "deleteWebhook", "editMessageText", "answerCallbackQuery":
		text := o.forward(r)
		if method == "getUpdates" && bytes.Contains(text, []byte(`"result":[]`)) {
			channels.Wait(r.Context(), 100*time.Millisecond)
		}
		_, _ = w.Write(text)
	default:
		_, _ = io.WriteString(w, `{"ok":true,"result":true}`)
	}
}

var milliseconds = regexp.MustCompile(`"date":(\d{10})\d{3}\b`)

func (o *others) forward(r *http.Request) []byte {
	req, err := http.NewRequestWithContext(r.Context(), r.Method, o.base+r.URL.Path, r.Body)
	if err != nil {
		return []byte(err.Error())
	}
	req.Header.Set("Content-Type", r.Header.Get("Content-Type"))
	return milliseconds.ReplaceAll(read(req), []byte(`"date":$1`))
}

// read answers the body, or the error as text.
func read(req *http.Request) []byte {
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return []byte(err.Error())
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return []byte(err.Error())
	}
	return text
}

func (o *others) chat() map[string]any {
	return map[string]any{"id": o.person, "type": "private", "first_name": "Anna"}
}

// writes lets the person do something through the server's own client.
func (o *others) writes(what string, fields map[string]any) {
	o.t.Helper()
	fields["botToken"], fields["chat"], fields["date"] = o.token, o.chat(), time.Now().Unix()
	fields["from"] = map[string]any{"id": o.person, "is_bot": false, "first_name": "Anna", "language_code": o.language}
	o.call(what, fields)
}

// presses a button under a message of the bot, by what it says.
func (o *others) presses(m received, word string) {
	o.t.Helper()
	for _, row := range m.Markup.Rows {
		for _, b := range row {
			if strings.Contains(b.Text, word) {
				o.writes("sendCallback", map[string]any{"data": b.Data, "message": map[string]any{
					"message_id": m.id, "date": time.Now().Unix(), "chat": o.chat(), "text": m.Text,
				}})
				return
			}
		}
	}
	o.t.Fatalf("no button %q under %q", word, m.Text)
}

// asked are the messages of the bot with these words, each in one line.
func (o *others) asked(words string) (list []string) {
	for _, m := range o.got {
		if strings.Contains(m.Text, words) {
			list = append(list, strings.Join(strings.Fields(m.Text), " "))
		}
	}
	return list
}

func (o *others) call(what string, fields map[string]any) []byte {
	o.t.Helper()
	body, err := json.Marshal(fields)
	mailMust(o.t, err)
	req, err := http.NewRequestWithContext(o.t.Context(), http.MethodPost, o.base+"/"+what, bytes.NewReader(body))
	mailMust(o.t, err)
	req.Header.Set("Content-Type", "application/json")
	return read(req)
}

// gets waits for a message of the bot with these words.
func (o *others) gets(words string) (found received) {
	o.t.Helper()
	within(o.t, patience, "the person gets "+words, func() bool {
		o.look()
		at := slices.IndexFunc(o.got, func(m received) bool { return strings.Contains(m.Text, words) })
		if at >= 0 {
			found = o.got[at]
		}
		return at >= 0
	})
	return found
}

func (o *others) look() {
	o.t.Helper()
	var answer struct {
		Result []struct {
			ID      int64    `json:"messageId"`
			Message received `json:"message"`
		} `json:"result"`
	}
	mailMust(o.t, json.Unmarshal(o.call("getUpdates", map[string]any{"token": o.token, "chatId": o.person}), &answer))
	for _, u := range answer.Result {
		u.Message.id = u.ID
		o.got = append(o.got, u.Message)
	}
}
