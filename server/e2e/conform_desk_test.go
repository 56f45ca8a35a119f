package e2e

import (
	"bytes"
	"context"
	"io"
	"strconv"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/server"
	"okno/server/config"
	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

// TestChannelsConform plays the suite of channeltest on every channel, with the
// real desk between network and agent.
func TestChannelsConform(t *testing.T) {
	t.Parallel()
	for name, peer := range map[string]func(*testing.T) channeltest.Peer{
		"fake":     func(*testing.T) channeltest.Peer { return channeltest.NewPeer("pretend") },
		"email":    newMailPeer,
		"telegram": newTelegramPeer,
		"chat":     newPretendPeer,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			channeltest.Run(t, peer, openTried)
		})
	}
}

// tried is the real desk in the hands of channeltest.
type tried struct {
	*desk
	t       *testing.T
	config  config.Config
	options server.Options
	agent   people.Agent
}

// openTried is a channeltest.Opener.
func openTried(t *testing.T, list ...channeltest.Connected) channeltest.Desk {
	t.Helper()
	d := &tried{t: t, config: withAdmin(t.TempDir()), options: server.Options{UndoWindow: moment, Blank: true}}
	for _, c := range list {
		d.options.Kinds = append(d.options.Kinds, c.Kind)
	}
	d.desk = start(t, d.config, d.options)
	var err error
	d.agent, err = d.srv.People.SignIn(t.Context(), adminEmail, adminPassword)
	mailMust(t, err)
	for _, c := range list {
		_, err := d.srv.Hub.SaveChannel(t.Context(), d.agent, hub.Channel{Enabled: true, Connection: c.Connection})
		mailMust(t, err)
	}
	t.Cleanup(d.explain)
	return d
}

// explain says after a failure what the desk did.
func (d *tried) explain() {
	if !d.t.Failed() {
		return
	}
	b := openBooks(d.t, d.dir)
	for _, line := range b.texts(`SELECT 'in ' || key || ' ' || outcome || ' ' || why || ' ' || detail FROM inbox
		UNION ALL SELECT 'out ' || key || ' ' || state || ' ' || why || ' ' || detail FROM outbox`) {
		d.t.Log(line)
	}
}

// Restart implements channeltest.Desk.
func (d *tried) Restart() {
	d.t.Helper()
	mailMust(d.t, d.stop())
	d.desk = start(d.t, d.config, d.options)
}

// State implements channeltest.Desk.
func (d *tried) State(kind string) channels.State {
	d.t.Helper()
	list, err := d.srv.Store.Channels(d.t.Context())
	mailMust(d.t, err)
	for _, c := range list {
		if c.Kind == kind {
			return c.State
		}
	}
	return channels.State{}
}

// Hurry implements channeltest.Desk: what waits for another try is given back as
// due now, and whoever works on its queue hears of it.
func (d *tried) Hurry() {
	d.t.Helper()
	d.due(d.srv.Store.Outbox(), `SELECT id FROM outbox WHERE state = 'queued' AND owner = ''`)
	d.due(d.srv.Store.Inbox(), `SELECT id FROM inbox WHERE outcome = 'pending' AND owner = ''`)
}

func (d *tried) due(q *store.Queue, waiting string) {
	d.t.Helper()
	b := openBooks(d.t, d.dir)
	defer b.close()
	for _, text := range b.texts(waiting) {
		id, err := strconv.ParseInt(text, 10, 64)
		mailMust(d.t, err)
		mailMust(d.t, q.Retry(d.t.Context(), "", id, time.Now(), false, ""))
	}
}

// numbers are the tickets of a person, the oldest first.
func (d *tried) numbers(of channels.Address) (list []int64) {
	d.t.Helper()
	b := openBooks(d.t, d.dir)
	defer b.close()
	rows, err := b.db.QueryContext(d.t.Context(), `SELECT t.number FROM tickets t JOIN identities i ON i.person_id = t.requester_id
		WHERE i.network = $1 AND i.address = $2 ORDER BY t.number`, of.Network, of.ID)
	mailMust(d.t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var n int64
		mailMust(d.t, rows.Scan(&n))
		list = append(list, n)
	}
	mailMust(d.t, rows.Err())
	return list
}

func (d *tried) talk(number int64) tickets.Conversation {
	d.t.Helper()
	c, err := d.srv.Tickets.Conversation(d.t.Context(), tickets.AsAgent(d.agent), number)
	mailMust(d.t, err)
	return c
}

// Lines implements channeltest.Desk.
func (d *tried) Lines(of channels.Address) (list []channeltest.Line) {
	d.t.Helper()
	for _, n := range d.numbers(of) {
		for _, m := range d.talk(n).Messages {
			if m.Kind == tickets.Reply {
				list = append(list, d.line(m))
			}
		}
	}
	return list
}

func (d *tried) line(m tickets.Message) channeltest.Line {
	l := channeltest.Line{
		Message: channeltest.Message{Text: m.Body}, Ours: m.Author.Kind == tickets.ByAgent,
		State: string(m.Delivery.State), Reason: m.Delivery.Reason.Key, Removed: !m.RemovedAt.IsZero(),
	}
	for _, v := range m.Earlier {
		l.Earlier = append(l.Earlier, v.Body)
	}
	for _, f := range m.Files {
		l.Files = append(l.Files, channeltest.File{Name: f.Name, Type: f.Type, Bytes: d.bytes(f.Blob)})
	}
	return l
}

func (d *tried) bytes(blob string) []byte {
	d.t.Helper()
	r, err := d.srv.Files.Open(d.t.Context(), blob)
	mailMust(d.t, err)
	defer func() { _ = r.Close() }()
	content, err := io.ReadAll(r)
	mailMust(d.t, err)
	return content
}

// Answer implements channeltest.Desk.
func (d *tried) Answer(to channels.Address, m channeltest.Message) {
	d.t.Helper()
	all := d.numbers(to)
	if len(all) == 0 {
		d.t.Fatalf("%s has no ticket", to.Name)
	}
	c := d.talk(all[len(all)-1])
	reply := tickets.NewMessage{Body: m.Text, SeenSeq: c.Ticket.LastSeq}
	for _, f := range m.Files {
		reply.Files = append(reply.Files, d.kept(d.t.Context(), f))
	}
	_, err := d.srv.Tickets.Reply(d.t.Context(), tickets.AsAgent(d.agent), c.Ticket.ID, reply)
	mailMust(d.t, err)
}

func (d *tried) kept(ctx context.Context, f channeltest.File) tickets.File {
	d.t.Helper()
	blob, size, err := d.srv.Files.Put(ctx, bytes.NewReader(f.Bytes))
	mailMust(d.t, err)
	return tickets.File{Name: f.Name, Type: f.Type, Size: size, Blob: blob}
}
