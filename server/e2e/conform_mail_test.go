package e2e

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/email/mailtest"
)

// mailPeer is people who write mail, with real servers between them and the
// desk.
type mailPeer struct {
	t          *testing.T
	rig        *mailtest.Rig
	imap, smtp *mailtest.Proxy // between desk and servers

	mu     sync.Mutex
	serial int
	past   [][]byte // every mail written
	held   [][]byte
	hold   bool
	closed map[string]bool // addresses
	left   []string        // Message-IDs in the order in which the desk handed them over
	cuts   int             // connections still to cut when a mail is about to be handed over
}

func newMailPeer(t *testing.T) channeltest.Peer {
	rig := mailtest.Start(t)
	rig.AddUser(helpAddress, helpPassword)
	p := &mailPeer{
		t: t, rig: rig, closed: map[string]bool{},
		imap: mailtest.NewProxy(t, rig.IMAPAddr), smtp: mailtest.NewProxy(t, rig.SMTPAddr),
	}
	p.smtp.OnLine(p.passes)
	return p
}

// passes watches the lines between the desk and its SMTP server.
func (p *mailPeer) passes(fromServer bool, line string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	switch {
	case fromServer:
	case strings.EqualFold(word, "Message-ID:"):
		p.left = append(p.left, strings.TrimSpace(rest))
	case strings.EqualFold(word, "DATA") && p.cuts > 0:
		p.cuts--
		return false
	}
	return true
}

// Lacks implements channeltest.Peer.
func (p *mailPeer) Lacks() map[string]string {
	return map[string]string{
		"edit":   "a mail that was sent cannot be changed",
		"delete": "a mail that was sent cannot be taken back",
	}
}

// Connect implements channeltest.Peer.
func (p *mailPeer) Connect() (channels.Kind, channels.Connection) {
	settings := mailbox(p.rig)
	for protocol, proxy := range map[string]*mailtest.Proxy{"imap": p.imap, "smtp": p.smtp} {
		settings[protocol+"_host"], settings[protocol+"_port"], _ = strings.Cut(proxy.Addr, ":")
	}
	settings["imap_user"], settings["smtp_sign_in"] = helpAddress, "same"
	return crashOptions().Kinds[0], channels.Connection{
		Kind: "email", Name: "Help", Settings: settings, Secrets: map[string]string{"imap_password": helpPassword},
	}
}

// Meet implements channeltest.Peer.
func (p *mailPeer) Meet(name string) channels.Address {
	address := strings.ToLower(name) + "@example.test"
	p.rig.AddUser(address, "pw")
	return channels.Address{Network: "email", ID: address, Name: name}
}

// Write implements channeltest.Peer.
func (p *mailPeer) Write(from channels.Address, m channeltest.Message) string {
	id := p.next()
	p.deliver(p.composed(id, from, m))
	return id
}

func (p *mailPeer) next() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.serial++
	return fmt.Sprintf("m%d@people.test", p.serial)
}

func (p *mailPeer) composed(id string, from channels.Address, m channeltest.Message) []byte {
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	fmt.Fprintf(&out, "From: %s <%s>\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <%s>\r\nDate: %s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=%s\r\n\r\n",
		from.Name, from.ID, helpAddress, m.Text, id, time.Now().Format(time.RFC1123Z), w.Boundary())
	p.part(w, textproto.MIMEHeader{"Content-Type": {"text/plain; charset=utf-8"}}, []byte(m.Text))
	for _, f := range m.Files {
		p.part(w, textproto.MIMEHeader{
			"Content-Type":        {f.Type},
			"Content-Disposition": {mime.FormatMediaType("attachment", map[string]string{"filename": f.Name})},
		}, f.Bytes)
	}
	mailMust(p.t, w.Close())
	return out.Bytes()
}

func (p *mailPeer) part(w *multipart.Writer, header textproto.MIMEHeader, content []byte) {
	header.Set("Content-Transfer-Encoding", "base64")
	body, err := w.CreatePart(header)
	mailMust(p.t, err)
	for text := base64.StdEncoding.EncodeToString(content); text != ""; {
		n := min(76, len(text))
		_, err := io.WriteString(body, text[:n]+"\r\n")
		mailMust(p.t, err)
		text = text[n:]
	}
}

// deliver puts a mail into the desk's mailbox, or holds it back.
func (p *mailPeer) deliver(raw []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hold {
		p.held = append(p.held, raw)
		return
	}
	p.past = append(p.past, raw)
	p.rig.Deliver(helpAddress, raw)
}

// Got implements channeltest.Peer. The mail server delivers side by side, so what
// tells the order is how the desk handed the mails over.
func (p *mailPeer) Got(by channels.Address) (list []channeltest.Message) {
	if p.closed[by.ID] {
		return nil
	}
	all := p.rig.Messages(by.ID)
	p.mu.Lock()
	order := slices.Clone(p.left)
	p.mu.Unlock()
	slices.SortStableFunc(all, func(a, b mailtest.Message) int {
		return slices.Index(order, a.Header.Get("Message-Id")) - slices.Index(order, b.Header.Get("Message-Id"))
	})
	for _, raw := range all {
		list = append(list, opened(p.t, raw))
	}
	return list
}

// opened reads a mail as any mail program does.
func opened(t *testing.T, raw mailtest.Message) channeltest.Message {
	t.Helper()
	m := channeltest.Message{Text: raw.Body()}
	read, err := mail.ReadMessage(bytes.NewReader(raw.Raw))
	mailMust(t, err)
	kind, params, err := mime.ParseMediaType(read.Header.Get("Content-Type"))
	mailMust(t, err)
	if !strings.HasPrefix(kind, "multipart/") {
		return m
	}
	parts := multipart.NewReader(read.Body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return m
		}
		mailMust(t, err)
		if f, attached := attachment(t, part); attached {
			m.Files = append(m.Files, f)
		}
	}
}

// attachment reads one attachment.
func attachment(t *testing.T, part *multipart.Part) (f channeltest.File, attached bool) {
	t.Helper()
	how, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil || how != "attachment" {
		return f, false
	}
	f.Name, f.Type = params["filename"], part.Header.Get("Content-Type")
	f.Bytes, err = io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
	mailMust(t, err)
	return f, true
}

// Replay implements channeltest.Replayer: every mail lies in the mailbox once
// more, as after a restored backup.
func (p *mailPeer) Replay() {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := append([][]byte(nil), p.past...)
	rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	p.rig.DeliverMany(helpAddress, list)
}

// Backwards implements channeltest.Reorderer.
func (p *mailPeer) Backwards(do func()) {
	list := p.withheld(do)
	for i := range list {
		p.deliver(list[len(list)-1-i])
	}
}

// Late implements channeltest.Delayer.
func (p *mailPeer) Late(do func()) (arrive func()) {
	list := p.withheld(do)
	return func() {
		for _, raw := range list {
			p.deliver(raw)
		}
	}
}

func (p *mailPeer) withheld(do func()) [][]byte {
	p.holding(true)
	do()
	p.holding(false)
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.held
	p.held = nil
	return list
}

func (p *mailPeer) holding(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hold = on
}

// Limit implements channeltest.Limiter: the server closes the connection before
// it takes the mail.
func (p *mailPeer) Limit(sends int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cuts = sends
}

// Revoke implements channeltest.Revoker.
func (p *mailPeer) Revoke() {
	p.rig.AddUser(helpAddress, "another")
	p.rig.Kick(helpAddress)
}

// Restore implements channeltest.Revoker.
func (p *mailPeer) Restore() { p.rig.AddUser(helpAddress, helpPassword) }

// Leave implements channeltest.Leaver: the address is closed, and mail to it
// comes back as a bounce.
func (p *mailPeer) Leave(by channels.Address) {
	p.closed[by.ID] = true
	p.rig.RemoveUser(by.ID)
}

// Silence implements channeltest.Silencer.
func (p *mailPeer) Silence(on bool) {
	p.imap.BlackHole(on)
	p.smtp.BlackHole(on)
}
