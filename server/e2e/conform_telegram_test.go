package e2e

import (
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/telegram"
	"okno/channels/telegram/telegramtest"
)

// telegramOptions are those of a bot that does not make a test wait.
func telegramOptions() telegram.Options {
	return telegram.Options{
		Poll: time.Second, Answer: 2 * time.Second, Transfer: 10 * time.Second,
		RetryMin: 20 * time.Millisecond, RetryMax: 200 * time.Millisecond, Conflict: 200 * time.Millisecond,
	}
}

// telegramPeer is people who write to a bot.
type telegramPeer struct {
	net *telegramtest.Server
	bot *telegramtest.Bot

	mu    sync.Mutex
	talks map[string]*telegramtest.Talk // by address
}

func newTelegramPeer(t *testing.T) channeltest.Peer {
	net := telegramtest.Start(t)
	return &telegramPeer{net: net, bot: net.NewBot("Mayak"), talks: map[string]*telegramtest.Talk{}}
}

// Lacks implements channeltest.Peer.
func (p *telegramPeer) Lacks() map[string]string {
	return map[string]string{"delete": "Telegram does not tell bots that somebody deleted a message"}
}

// Connect implements channeltest.Peer.
func (p *telegramPeer) Connect() (channels.Kind, channels.Connection) {
	return telegramOptions().Kind(), telegramBot(p.net, p.bot)
}

func telegramBot(net *telegramtest.Server, bot *telegramtest.Bot) channels.Connection {
	return channels.Connection{
		Kind: "telegram", Name: "Bot", Settings: map[string]string{"server": net.URL},
		Secrets: map[string]string{"token": bot.Token()},
	}
}

// Meet implements channeltest.Peer.
func (p *telegramPeer) Meet(name string) channels.Address {
	who := p.net.NewPerson(name)
	id := strconv.FormatInt(who.ID, 10)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.talks[id] = who.Talk(p.bot)
	return channels.Address{Network: "telegram", ID: id, Name: name}
}

func (p *telegramPeer) talk(of channels.Address) *telegramtest.Talk {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.talks[of.ID]
}

// Write implements channeltest.Peer: files go as an album, the words under the
// first.
func (p *telegramPeer) Write(from channels.Address, m channeltest.Message) string {
	talk := p.talk(from)
	if len(m.Files) == 0 {
		return strconv.FormatInt(talk.Write(m.Text).ID, 10)
	}
	var first telegramtest.Message
	for i, f := range m.Files {
		d := telegramtest.Draft{Album: "album", Document: &telegramtest.Upload{Name: f.Name, Type: f.Type, Bytes: f.Bytes}}
		if i == 0 {
			d.Caption = m.Text
		}
		if sent := talk.Send(d); i == 0 {
			first = sent
		}
	}
	return strconv.FormatInt(first.ID, 10)
}

// Got implements channeltest.Peer.
func (p *telegramPeer) Got(by channels.Address) (list []channeltest.Message) {
	for _, m := range p.talk(by).Got() {
		one := channeltest.Message{Text: m.Text + m.Caption}
		for _, f := range m.Files {
			one.Files = append(one.Files, channeltest.File{Name: f.Name, Type: f.Type, Bytes: f.Bytes})
		}
		list = append(list, one)
	}
	return list
}

// Replay implements channeltest.Replayer.
func (p *telegramPeer) Replay() { p.bot.Replay() }

// Backwards implements channeltest.Reorderer.
func (p *telegramPeer) Backwards(do func()) { p.bot.Withhold(do)(true) }

// Late implements channeltest.Delayer.
func (p *telegramPeer) Late(do func()) (arrive func()) {
	release := p.bot.Withhold(do)
	return func() { release(false) }
}

// Limit implements channeltest.Limiter.
func (p *telegramPeer) Limit(sends int) {
	p.net.Decide(func(r telegramtest.Request) (telegramtest.Fault, bool) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if sends == 0 || !strings.HasPrefix(r.Method, "sendM") {
			return telegramtest.Fault{}, false
		}
		sends--
		return telegramtest.TooMany(1), true
	})
}

// Revoke implements channeltest.Revoker.
func (p *telegramPeer) Revoke() { p.bot.Revoke() }

// Restore implements channeltest.Revoker.
func (p *telegramPeer) Restore() { p.bot.Restore() }

// Edit implements channeltest.Editor.
func (p *telegramPeer) Edit(by channels.Address, id, text string) {
	n, _ := strconv.ParseInt(id, 10, 64) // as Write answered it
	p.talk(by).Edit(n, text)
}

// Leave implements channeltest.Leaver.
func (p *telegramPeer) Leave(by channels.Address) { p.talk(by).Block() }

// Silence implements channeltest.Silencer.
func (p *telegramPeer) Silence(on bool) { p.net.Silence(on) }
