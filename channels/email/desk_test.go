package email

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"sync"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/email/mailtest"
)

// memoryFiles keeps blobs in memory.
type memoryFiles struct {
	mu    sync.Mutex
	blobs map[string][]byte
	full  bool // Put fails, as on a full disk
}

func (f *memoryFiles) Put(_ context.Context, r io.Reader) (string, int64, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return "", 0, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.full {
		return "", 0, errors.New("no space left on device")
	}
	sum := sha256.Sum256(data)
	name := hex.EncodeToString(sum[:])
	f.blobs[name] = data
	return name, int64(len(data)), nil
}

func (f *memoryFiles) Open(_ context.Context, blob string) (io.ReadCloser, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	data, ok := f.blobs[blob]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

func (f *memoryFiles) setFull(full bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.full = full
}

// testSigner signs as the desk does.
type testSigner struct{ key string }

func (s testSigner) Sign(purpose string, ticket int64) string {
	mac := hmac.New(sha256.New, []byte(s.key))
	_, _ = fmt.Fprintf(mac, "%s\x00%d", purpose, ticket)
	return hex.EncodeToString(mac.Sum(nil)[:10])
}

func (s testSigner) Verify(purpose string, ticket int64, mark string) bool {
	return hmac.Equal([]byte(s.Sign(purpose, ticket)), []byte(mark))
}

// memorySink is the inbox journal in memory: keys are unique, and the same
// object under another key is seen, not new.
type memorySink struct {
	mu      sync.Mutex
	events  []channels.Event
	keys    map[string]bool
	objects map[string]int
	cursors map[string]string
	states  []channels.State
	changed chan struct{} // closed and replaced at every change
	before  func(channels.Event) error
}

func newSink() *memorySink {
	return &memorySink{keys: map[string]bool{}, objects: map[string]int{}, cursors: map[string]string{}, changed: make(chan struct{})}
}

func (s *memorySink) Receive(ctx context.Context, e channels.Event) (bool, error) {
	if s.before != nil {
		if err := s.before(e); err != nil {
			return false, err
		}
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.ring()
	s.cursors[e.Cursor.Name] = e.Cursor.Value
	if s.keys[e.Key] {
		return false, nil
	}
	s.keys[e.Key] = true
	s.objects[e.Object]++
	if s.objects[e.Object] == 1 {
		s.events = append(s.events, e)
	}
	return true, nil
}

func (s *memorySink) Cursor(_ context.Context, name string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cursors[name], nil
}

func (s *memorySink) Report(_ context.Context, state channels.State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.ring()
	s.states = append(s.states, state)
}

func (s *memorySink) ring() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// await waits until the condition holds of the sink.
func (s *memorySink) await(t *testing.T, within time.Duration, sentence string, holds func(*memorySink) bool) {
	t.Helper()
	limit := time.After(within)
	for {
		s.mu.Lock()
		ok, changed := holds(s), s.changed
		s.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-limit:
			s.mu.Lock()
			defer s.mu.Unlock()
			t.Fatalf("%s: %d mails, states %+v", sentence, len(s.events), s.states[max(0, len(s.states)-3):])
		}
	}
}

func (s *memorySink) awaitMails(t *testing.T, n int) {
	t.Helper()
	s.await(t, 20*time.Second, fmt.Sprintf("want %d mails", n), func(s *memorySink) bool { return len(s.events) >= n })
}

func (s *memorySink) awaitState(t *testing.T, key string) {
	t.Helper()
	s.await(t, 20*time.Second, "want state "+key, func(s *memorySink) bool {
		for _, state := range s.states {
			if state.Reason.Key == key {
				return true
			}
		}
		return false
	})
}

func (s *memorySink) awaitOK(t *testing.T) {
	t.Helper()
	s.await(t, 20*time.Second, "want a good connection", func(s *memorySink) bool {
		return len(s.states) > 0 && s.states[len(s.states)-1].OK
	})
}

// desk is one mailbox of the rig with the adapter that serves it.
type desk struct {
	t       *testing.T
	rig     *mailtest.Rig
	options Options
	conn    channels.Connection
	deps    channels.Deps
	files   *memoryFiles
	sink    *memorySink
	agents  map[string]bool
	secrets map[string]string
}

const (
	helpAddress = "help@example.test"
	annAddress  = "ann@people.test"
)

func quick() Options {
	return Options{
		Poll: time.Second, Answer: time.Second, Connect: 5 * time.Second, Stall: 2 * time.Second,
		Accept: 5 * time.Second, RetryMin: 10 * time.Millisecond, RetryMax: 100 * time.Millisecond,
	}
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	rig := mailtest.Start(t)
	rig.AddUser(helpAddress, "secret")
	rig.AddUser(annAddress, "ann")
	d := newDeskAt(t, rig.IMAPAddr, rig.SMTPAddr)
	d.rig = rig
	return d
}

func newDeskAt(t *testing.T, imapAddr, smtpAddr string) *desk {
	t.Helper()
	d := &desk{t: t, options: quick(), files: &memoryFiles{blobs: map[string][]byte{}}, sink: newSink(),
		agents: map[string]bool{}, secrets: map[string]string{"imap_password": "secret"}}
	d.conn = channels.Connection{ID: 7, Kind: "email", Name: "Help", Secrets: d.secrets, Settings: map[string]string{
		"address": helpAddress, "name": "Help", "imap_security": "plain", "smtp_security": "plain",
	}}
	d.imapAt(imapAddr)
	d.smtpAt(smtpAddr)
	var mu sync.Mutex
	d.deps = channels.Deps{
		Files: d.files, Signer: testSigner{"k"}, Clock: time.Now, Logger: slog.New(slog.DiscardHandler),
		IsAgent: func(_ context.Context, a channels.Address) (bool, error) { return d.agents[a.ID], nil },
		SaveSecret: func(_ context.Context, _ int64, key, value string) error {
			mu.Lock()
			defer mu.Unlock()
			d.secrets[key] = value
			return nil
		},
	}
	return d
}

func (d *desk) imapAt(addr string) {
	d.conn.Settings["imap_host"], d.conn.Settings["imap_port"], _ = net.SplitHostPort(addr)
}

func (d *desk) smtpAt(addr string) {
	d.conn.Settings["smtp_host"], d.conn.Settings["smtp_port"], _ = net.SplitHostPort(addr)
}

func (d *desk) adapter() channels.Adapter {
	d.t.Helper()
	a, err := d.options.Kind().Open(d.conn, d.deps)
	if err != nil {
		d.t.Fatal(err)
	}
	return a
}

// run starts receiving; stop ends it and waits for its end.
func (d *desk) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	a := d.adapter()
	go func() { ended <- a.Run(ctx, d.sink) }()
	once := sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				d.t.Errorf("Run ended with %v", err)
			}
		case <-time.After(10 * time.Second):
			d.t.Error("Run does not end")
		}
	})
	d.t.Cleanup(once)
	return once
}

// decode reads the n-th mail taken.
func (d *desk) decode(n int) channels.Inbound {
	d.t.Helper()
	d.sink.mu.Lock()
	e := d.sink.events[n]
	d.sink.mu.Unlock()
	in, err := d.adapter().Decode(context.Background(), e)
	if err != nil {
		d.t.Fatal(err)
	}
	return in
}

func (d *desk) send(out channels.Outbound) (channels.Receipt, *channels.SendError) {
	d.t.Helper()
	receipt, err := d.adapter().Send(context.Background(), out)
	if err == nil {
		return receipt, nil
	}
	var failed *channels.SendError
	if !errors.As(err, &failed) {
		d.t.Fatalf("%v is no SendError", err)
	}
	return receipt, failed
}

func mailTo(to, subject, id string) []byte {
	return fmt.Appendf(nil, "From: Ann <%s>\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <%s@people.test>\r\nDate: %s\r\n\r\nHello, this is %s.\r\n",
		annAddress, to, subject, id, time.Now().Format(time.RFC1123Z), id)
}

func answerTo(id string) channels.Outbound {
	return channels.Outbound{
		Key: "message:" + id, To: channels.Address{Network: "email", ID: annAddress, Name: "Ann"}, Ticket: 12,
		Subject: "Printer", Body: "Is it *plugged in*?", Author: "Boris", Language: "en",
		InReplyTo: id, References: []string{id}, At: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC),
	}
}
