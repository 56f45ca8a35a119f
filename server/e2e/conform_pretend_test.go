package e2e

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/pretend"
)

// pretendPeer is people who write on the phone of the pretend chat.
type pretendPeer struct {
	t    *testing.T
	net  *pretend.Network
	page http.Handler
	met  int
}

func newPretendPeer(t *testing.T) channeltest.Peer {
	var all []pretend.Person
	for i := range 9 {
		all = append(all, pretend.Person{ID: fmt.Sprintf("p%d", i), Name: fmt.Sprintf("Player %d", i), Language: "en"})
	}
	p := &pretendPeer{t: t, net: pretend.New(pretend.Options{
		People: all, Say: func(_ string, s channels.Text) string { return s.Key }, Clock: time.Now,
	})}
	var err error
	p.page, err = p.net.Page()
	mailMust(t, err)
	return p
}

// Lacks implements channeltest.Peer.
func (p *pretendPeer) Lacks() map[string]string {
	const inside = "the network lies in the process of the desk"
	return map[string]string{
		"duplicate": inside + " and forgets what the desk has taken", "replays across restarts": inside + " and forgets what the desk has taken",
		"reorder": inside + ", so nothing overtakes", "late": inside + ", so nothing is on its way", "silence": inside,
		"rate limit": inside, "revoked credentials": "there are none", "unreachable person": "nobody can leave",
	}
}

// Connect implements channeltest.Peer.
func (p *pretendPeer) Connect() (channels.Kind, channels.Connection) {
	return p.net.Kind(), channels.Connection{Kind: pretend.ChatKind, Name: "Chat", Settings: map[string]string{"name": "chat"}}
}

// Meet implements channeltest.Peer.
func (p *pretendPeer) Meet(name string) channels.Address {
	p.met++
	return channels.Address{Network: pretend.ChatKind, ID: fmt.Sprintf("p%d", p.met-1), Name: name}
}

// Write implements channeltest.Peer.
func (p *pretendPeer) Write(from channels.Address, m channeltest.Message) string {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	mailMust(p.t, form.WriteField("text", m.Text))
	for _, f := range m.Files {
		part, err := form.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {multipart.FileContentDisposition("photo", f.Name)}, "Content-Type": {f.Type},
		})
		mailMust(p.t, err)
		_, err = part.Write(f.Bytes)
		mailMust(p.t, err)
	}
	mailMust(p.t, form.Close())
	p.post(from, "write", form.FormDataContentType(), body.String())
	var last string
	for _, m := range p.net.Messages(from.ID) {
		if m.Mine {
			last = m.ID
		}
	}
	return last
}

func (p *pretendPeer) post(by channels.Address, what, kind, body string) {
	p.t.Helper()
	r := httptest.NewRequest(http.MethodPost, pretend.Prefix+by.ID+"/"+what, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	w := httptest.NewRecorder()
	if p.page.ServeHTTP(w, r); w.Code != http.StatusSeeOther {
		p.t.Errorf("%s: %d %s", what, w.Code, w.Body)
	}
}

func (p *pretendPeer) form(by channels.Address, what string, values url.Values) {
	p.t.Helper()
	p.post(by, what, "application/x-www-form-urlencoded", values.Encode())
}

// Edit implements channeltest.Editor.
func (p *pretendPeer) Edit(by channels.Address, id, text string) {
	p.form(by, "edit", url.Values{"message": {id}, "text": {text}})
}

// Remove implements channeltest.Remover.
func (p *pretendPeer) Remove(by channels.Address, id string) {
	p.form(by, "remove", url.Values{"message": {id}})
}

// Got implements channeltest.Peer.
func (p *pretendPeer) Got(by channels.Address) (list []channeltest.Message) {
	for _, m := range p.net.Messages(by.ID) {
		if m.Mine {
			continue
		}
		got := channeltest.Message{Text: m.Text}
		for i, f := range m.Files {
			w := httptest.NewRecorder()
			p.page.ServeHTTP(w, httptest.NewRequest(http.MethodGet, fmt.Sprintf("%s%s/file/%s/%d", pretend.Prefix, by.ID, m.ID, i), nil))
			got.Files = append(got.Files, channeltest.File{Name: f.Name, Type: f.Type, Bytes: w.Body.Bytes()})
		}
		list = append(list, got)
	}
	return list
}
