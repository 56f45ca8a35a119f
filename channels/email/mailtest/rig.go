// Package mailtest runs real mail servers for tests: Dovecot (IMAP, LMTP) and
// Exim (SMTP, bounces), without privileges, on free loopback ports, in a
// temporary directory that goes when the test ends.
//
// Start answers a Rig: add mailboxes with AddUser, put mail into them through
// LMTP (Deliver), SMTP (Submit) or IMAP (Append), read them back with Messages,
// and make the servers misbehave (Kick, RecreateInbox, RestartIMAP, Proxy).
// Tests that use it are skipped where the servers are not installed; with
// OKNO_REQUIRE_PEERS=1 they fail instead. Dovecot comes from the Debian packages
// dovecot-imapd and dovecot-lmtpd; Exim from exim4-daemon-light, which may
// instead be unpacked (dpkg -x) into a folder named by OKNO_EXIM.
package mailtest

import (
	"crypto/x509"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Domain is one the rig is responsible for; mail to an unknown user of any
// domain that ends in .test comes back as a real bounce.
const Domain = "example.test"

// patience is how long a server may take to start, stop or answer.
const patience = 20 * time.Second

// Rig is one running Dovecot and one running Exim.
type Rig struct {
	IMAPAddr  string         // plain, offers STARTTLS
	IMAPSAddr string         // TLS from the first byte
	SMTPAddr  string         // plain, offers STARTTLS and AUTH
	SMTPSAddr string         // TLS from the first byte
	LMTPAddr  string         // straight into the mailboxes
	Roots     *x509.CertPool // trusts the servers' certificate (localhost, 127.0.0.1)
	Tokens    *Tokens        // the OAuth tokens Dovecot accepts

	t       testing.TB
	dir     string
	owner   owner
	dovecot *process
	exim    *process
	users   map[string]string // address to password
}

// Start runs both servers for one test.
func Start(t testing.TB) *Rig {
	t.Helper()
	dovecot, exim := find(t)
	r := &Rig{t: t, users: map[string]string{}, owner: servant(t)}
	r.dir = r.folder()
	r.Tokens = startTokens(t)
	r.Roots = r.writeCertificate()
	r.takePorts()
	r.startDovecot(dovecot)
	r.startExim(exim)
	return r
}

// find answers the two programs or ends the test.
func find(t testing.TB) (dovecot, exim string) {
	t.Helper()
	dovecot, err := exec.LookPath("dovecot")
	if err != nil {
		dovecot = "/usr/sbin/dovecot"
	}
	if _, err := os.Stat(dovecot); err != nil {
		absent(t, "Dovecot is not installed; install the Debian packages dovecot-imapd and dovecot-lmtpd")
	}
	if exim = findExim(); exim == "" {
		absent(t, "Exim is not installed; install the Debian package exim4-daemon-light, or unpack it and exim4-base into a folder and name it in OKNO_EXIM")
	}
	return dovecot, exim
}

func findExim() string {
	if root := os.Getenv("OKNO_EXIM"); root != "" {
		return filepath.Join(root, "usr/sbin/exim4")
	}
	for _, name := range []string{"exim4", "exim", "/usr/sbin/exim4"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// absent skips the test, or fails it where every peer must run.
func absent(t testing.TB, sentence string) {
	t.Helper()
	if os.Getenv("OKNO_REQUIRE_PEERS") == "1" {
		t.Fatal(sentence)
	}
	t.Skip(sentence)
}

// folder makes the rig's directory; its path is short because sockets live in it.
func (r *Rig) folder() string {
	dir, err := os.MkdirTemp("", "okno-mail")
	must(r.t, "make the rig's folder", err)
	r.t.Cleanup(func() { _ = os.RemoveAll(dir) })
	for _, sub := range []string{"", "run", "mail", "spool", "log"} {
		path := filepath.Join(dir, sub)
		must(r.t, "make the rig's folder", os.MkdirAll(path, 0o755))
		must(r.t, "hand over the rig's folder", r.owner.own(path))
	}
	return dir
}

func (r *Rig) takePorts() {
	for _, addr := range []*string{&r.IMAPAddr, &r.IMAPSAddr, &r.SMTPAddr, &r.SMTPSAddr, &r.LMTPAddr} {
		*addr = freeAddr(r.t)
	}
}

// freeAddr answers a loopback address nobody listens on just now. Its port lies
// below those that systems give to outgoing connections: one of them would take
// it before the server does.
func freeAddr(t testing.TB) string {
	t.Helper()
	var err error
	for range 100 {
		var l net.Listener
		if l, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 15000+rand.N(17000))); err == nil {
			defer func() { _ = l.Close() }()
			return l.Addr().String()
		}
	}
	t.Fatalf("find a free port: %v", err)
	return ""
}

func port(addr string) string {
	_, p, _ := net.SplitHostPort(addr)
	return p
}

// write puts a file of the rig in place, readable by the servers.
func (r *Rig) write(name, text string) string {
	path := filepath.Join(r.dir, name)
	must(r.t, "write "+name, os.WriteFile(path, []byte(text), 0o600))
	must(r.t, "hand over "+name, r.owner.own(path))
	return path
}

// AddUser makes a mailbox; adding it again changes the password. Exim refuses
// mail to rejectme (for good) and tempfail (for now) of every domain until such
// a user is added.
func (r *Rig) AddUser(address, password string) {
	r.t.Helper()
	r.users[address] = password
	r.writeUsers()
}

// RemoveUser closes a mailbox: mail to it bounces.
func (r *Rig) RemoveUser(address string) {
	r.t.Helper()
	delete(r.users, address)
	r.writeUsers()
}

func (r *Rig) writeUsers() {
	r.t.Helper()
	var dovecot, exim string
	for a, p := range r.users {
		dovecot += fmt.Sprintf("%s:{PLAIN}%s\n", a, p)
		exim += fmt.Sprintf("%s: %s\n", a, p)
	}
	r.write("users", dovecot)
	r.write("users.exim", exim)
}

func must(t testing.TB, doing string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", doing, err)
	}
}
