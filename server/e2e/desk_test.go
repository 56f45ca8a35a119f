// Package e2e plays whole stories with the real desk, real mail servers and a
// real browser: what people send and see, nothing in between.
package e2e

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/email"
	"okno/channels/email/mailtest"
	"okno/server"
	"okno/server/config"
)

const (
	patience      = 30 * time.Second
	adminEmail    = "admin@example.test"
	adminPassword = "correct horse 9"
	helpAddress   = "help@example.test"
	helpPassword  = "helppw"
)

// desk is one running Okno in this process.
type desk struct {
	t    testing.TB
	url  string
	dir  string
	out  *output
	srv  *server.Server
	stop func() error
}

// fresh is the configuration of a desk that has not been set up.
func fresh(dir string) config.Config {
	return config.Config{Data: dir, Listen: "127.0.0.1:0", LogLevel: "warn", LogFormat: "text"}
}

// withAdmin is one that has an administrator from the start.
func withAdmin(dir string) config.Config {
	c := fresh(dir)
	c.AdminEmail, c.AdminPassword = adminEmail, adminPassword
	return c
}

// quick are mail channels that notice trouble within a test's patience.
func quick(rig *mailtest.Rig) []channels.Kind {
	return []channels.Kind{email.Options{
		Poll: 2 * time.Second, Answer: 2 * time.Second, Connect: 3 * time.Second, Stall: 3 * time.Second,
		RetryMin: 100 * time.Millisecond, RetryMax: time.Second, Roots: rig.Roots,
	}.Kind()}
}

// start runs a desk until the test ends or stop is called.
func start(t testing.TB, c config.Config, o server.Options) *desk {
	t.Helper()
	d := &desk{t: t, dir: c.Data, out: &output{}}
	o.Out = d.out
	if o.Log == nil {
		o.Log = testLog{t}
	}
	if o.UndoWindow == 0 {
		o.UndoWindow = time.Second
	}
	ctx, cancel := context.WithCancel(context.Background())
	srv, err := server.New(ctx, c, o)
	if err != nil {
		cancel()
		t.Fatalf("start the desk: %v", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Run(ctx) }()
	d.srv, d.url = srv, "http://"+srv.Addr()
	d.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() {
		if err := d.stop(); err != nil {
			t.Errorf("stop the desk: %v", err)
		}
	})
	d.eventually("the desk answers", func() bool {
		res, err := http.Get("http://" + srv.Addr() + "/healthz")
		return err == nil && res.Body.Close() == nil && res.StatusCode == http.StatusOK
	})
	return d
}

// eventually polls until holds, or ends the test with the sentence.
func (d *desk) eventually(sentence string, holds func() bool) {
	d.t.Helper()
	for deadline := time.Now().Add(patience); !holds(); {
		if time.Now().After(deadline) {
			d.t.Fatalf("never came true: %s", sentence)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// setupLink answers the printed one-time link.
func (d *desk) setupLink() string {
	d.t.Helper()
	var link string
	d.eventually("the set-up link is printed", func() bool {
		for _, word := range strings.Fields(d.out.String()) {
			if strings.Contains(word, "/setup/") {
				link = word
			}
		}
		return link != ""
	})
	return link
}

// mailbox is a connection to the rig's mailbox, with the names of settings.
func mailbox(rig *mailtest.Rig) (settings map[string]string) {
	imapHost, imapPort, _ := net.SplitHostPort(rig.IMAPAddr)
	smtpHost, smtpPort, _ := net.SplitHostPort(rig.SMTPAddr)
	return map[string]string{
		"address": helpAddress, "imap_host": imapHost, "imap_port": imapPort, "imap_security": "plain",
		"smtp_host": smtpHost, "smtp_port": smtpPort, "smtp_security": "plain", "smtp_sign_in": "none",
		"since": "all", "plus_addressing": "true",
	}
}

// swaks sends a mail as an ordinary client does.
func swaks(t testing.TB, rig *mailtest.Rig, args ...string) {
	t.Helper()
	path, err := exec.LookPath("swaks")
	if err != nil {
		peer(t, "needs a mail client: install Debian's package swaks")
	}
	args = append([]string{"--server", rig.SMTPAddr, "--helo", "client.example.test", "--suppress-data"}, args...)
	if said, err := exec.Command(path, args...).CombinedOutput(); err != nil {
		t.Fatalf("swaks: %v\n%s", err, said)
	}
}

// peer skips a test that lacks something from outside, or fails it where
// everything has to be there.
func peer(t testing.TB, missing string) {
	t.Helper()
	if os.Getenv("OKNO_REQUIRE_PEERS") == "1" {
		t.Fatal(missing)
	}
	t.Skip(missing)
}

// output collects what the desk prints.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// testLog puts the desk's log into the test's.
type testLog struct{ t testing.TB }

func (l testLog) Write(p []byte) (int, error) {
	if l.t.Context().Err() == nil {
		l.t.Log(strings.TrimSpace(string(p)))
	}
	return len(p), nil
}
