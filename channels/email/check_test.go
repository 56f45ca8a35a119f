package email

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/email/mailtest"
)

// steps runs the check and answers "side_step" for what went well and
// "side_step!reason" for what did not.
func (d *desk) steps() []string {
	d.t.Helper()
	var list []string
	d.options.Kind().Check(d.t.Context(), d.conn, d.deps, func(s channels.Step) {
		line := strings.TrimPrefix(s.Label.Key, "channel.email.check.")
		if !s.OK {
			line += "!" + strings.TrimPrefix(s.Reason.Key, "channel.email.reason.")
		}
		list = append(list, line)
	})
	return list
}

func (d *desk) set(settings map[string]string) {
	for key, v := range settings {
		d.conn.Settings[key] = v
	}
}

func (d *desk) at(imapAddr, smtpAddr, security string) {
	d.imapAt(imapAddr)
	d.smtpAt(smtpAddr)
	d.set(map[string]string{"imap_security": security, "smtp_security": security})
}

func TestCheck(t *testing.T) {
	d := newDesk(t)
	d.options.Roots = d.rig.Roots
	d.options.Connect = time.Second
	good := []string{"imap_resolve", "imap_connect", "imap_greet", "imap_sign_in", "imap_folder",
		"smtp_resolve", "smtp_connect", "smtp_greet", "smtp_sign_in", "smtp_sender"}
	plain, plainSMTP := d.rig.IMAPAddr, d.rig.SMTPAddr
	for _, c := range []struct {
		name   string
		change func()
		want   []string // must all be among the steps
		fails  int
	}{
		{"plain", func() {}, good, 0},
		{"starttls", func() { d.at(plain, plainSMTP, securityStartTLS) }, []string{"imap_tls", "imap_folder", "smtp_tls", "smtp_sender"}, 0},
		{"tls", func() { d.at(d.rig.IMAPSAddr, d.rig.SMTPSAddr, securityTLS) }, []string{"imap_tls", "imap_folder", "smtp_tls", "smtp_sender"}, 0},
		{"unknown authority", func() {
			d.options.Roots = x509.NewCertPool()
			d.at(d.rig.IMAPSAddr, d.rig.SMTPSAddr, securityTLS)
		}, []string{"imap_tls!certificate_unknown", "smtp_tls!certificate_unknown"}, 2},
		{"tls on a plain port", func() { d.at(plain, plainSMTP, securityTLS) }, []string{"imap_tls!not_tls", "smtp_tls!not_tls"}, 2},
		{"plain on a tls port", func() { d.at(d.rig.IMAPSAddr, d.rig.SMTPSAddr, securityPlain) }, []string{"imap_greet!silent", "smtp_greet!silent"}, 2},
		{"wrong password", func() { d.secrets["imap_password"] = "wrong" }, []string{"imap_sign_in!password", "smtp_sign_in!password"}, 2},
		{"no folder", func() { d.set(map[string]string{"folder": "Nowhere"}) }, []string{"imap_folder!folder", "smtp_sender"}, 1},
		{"nobody there", func() { d.at("127.0.0.1:1", "127.0.0.1:1", securityPlain) }, []string{"imap_connect!refused", "smtp_connect!refused"}, 2},
		{"no such name", func() { d.set(map[string]string{"imap_host": "nosuch.invalid", "smtp_host": "nosuch.invalid"}) }, []string{"imap_resolve!name", "smtp_resolve!name"}, 2},
		{"no grant", func() { d.set(map[string]string{"auth": authGoogle}) }, []string{"imap_sign_in!grant_missing", "smtp_sign_in!grant_missing"}, 2},
	} {
		d.at(plain, plainSMTP, securityPlain)
		d.set(map[string]string{"folder": "INBOX", "auth": authPassword})
		d.secrets["imap_password"], d.options.Roots = "secret", d.rig.Roots
		c.change()
		d.expectSteps(c.name, c.want, c.fails)
	}
}

func (d *desk) expectSteps(name string, want []string, fails int) {
	d.t.Helper()
	got := d.steps()
	for _, step := range want {
		if !slices.Contains(got, step) {
			d.t.Errorf("%s: %s is missing in %v", name, step, got)
		}
	}
	if n := strings.Count(strings.Join(got, " "), "!"); n != fails {
		d.t.Errorf("%s: %d failures in %v, want %d", name, n, got, fails)
	}
}

// TestCertificateOfAnotherName answers with a certificate made out to somebody
// else.
func TestCertificateOfAnotherName(t *testing.T) {
	cert, key := mailtest.Certificate(t, "other.test")
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		t.Fatal(err)
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	go func() {
		for conn, err := l.Accept(); err == nil; conn, err = l.Accept() {
			_ = conn.(*tls.Conn).Handshake()
			_ = conn.Close()
		}
	}()
	d := newDeskAt(t, l.Addr().String(), l.Addr().String())
	d.options.Roots = x509.NewCertPool()
	d.options.Roots.AppendCertsFromPEM(cert)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	d.at("localhost:"+port, "localhost:"+port, securityTLS)
	d.expectSteps("another name", []string{"imap_tls!certificate_name", "smtp_tls!certificate_name"}, 2)
}

// TestEncryptedRoundTrip takes and sends mail over both kinds of encryption.
func TestEncryptedRoundTrip(t *testing.T) {
	for _, security := range []string{securityStartTLS, securityTLS} {
		t.Run(security, func(t *testing.T) {
			d := newDesk(t)
			d.options.Roots = d.rig.Roots
			if security == securityTLS {
				d.at(d.rig.IMAPSAddr, d.rig.SMTPSAddr, security)
			} else {
				d.at(d.rig.IMAPAddr, d.rig.SMTPAddr, security)
			}
			d.run()
			d.sink.awaitOK(t)
			d.rig.Deliver(helpAddress, mailTo(helpAddress, "one", "one"))
			d.sink.awaitMails(t, 1)
			receipt, failed := d.send(answerTo("one@people.test"))
			if failed != nil {
				t.Fatal(failed)
			}
			d.awaitHeader(annAddress, receipt.ID)
		})
	}
}
