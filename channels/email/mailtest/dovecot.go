package mailtest

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const dovecotConf = `
base_dir = @DIR/run
state_dir = @DIR/run
log_path = @DIR/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = @USER
default_internal_group = @GROUP
default_login_user = @USER
first_valid_uid = 1
last_valid_uid = 0
first_valid_gid = 1
mail_uid = @USER
mail_gid = @GROUP
mail_max_userip_connections = 200
mail_fsync = never
ssl = yes
ssl_cert = <@DIR/cert.pem
ssl_key = <@DIR/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
auth_cache_size = 0
mail_location = maildir:@DIR/mail/%u
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u @DIR/users
}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = @DIR/oauth2.conf.ext
}
userdb {
  driver = static
  args = uid=@USER gid=@GROUP home=@DIR/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = @IMAP
  }
  inet_listener imaps {
    port = @TLSIMAP
    ssl = yes
  }
}
service lmtp {
  chroot =
  inet_listener lmtp {
    address = 127.0.0.1
    port = @LMTP
  }
}
`

const oauthConf = `
introspection_mode = post
introspection_url = @URL
username_attribute = username
active_attribute = active
active_value = true
`

func (r *Rig) startDovecot(program string) {
	r.t.Helper()
	r.write("users", "")
	r.write("oauth2.conf.ext", strings.NewReplacer("@URL", r.Tokens.URL()).Replace(oauthConf))
	conf := r.write("dovecot.conf", strings.NewReplacer(
		"@DIR", r.dir, "@USER", r.owner.name, "@GROUP", r.owner.group,
		"@IMAP", port(r.IMAPAddr), "@TLSIMAP", port(r.IMAPSAddr), "@LMTP", port(r.LMTPAddr),
	).Replace(dovecotConf))
	r.dovecot = &process{
		t: r.t, program: program, args: []string{"-F", "-c", conf}, owner: r.owner,
		log: filepath.Join(r.dir, "dovecot.out"), ready: []string{r.IMAPAddr, r.IMAPSAddr, r.LMTPAddr},
	}
	r.dovecot.start()
	r.t.Cleanup(func() {
		r.dovecot.stop()
		if r.t.Failed() {
			r.t.Logf("dovecot: %s", tail(filepath.Join(r.dir, "dovecot.log")))
		}
	})
}

// RestartIMAP stops Dovecot, as an update at night does, and starts it again.
func (r *Rig) RestartIMAP() {
	r.t.Helper()
	r.StopIMAP()
	r.StartIMAP()
}

// StopIMAP stops Dovecot; mail for its mailboxes waits in Exim's queue.
func (r *Rig) StopIMAP() { r.dovecot.stop() }

// StartIMAP starts Dovecot again.
func (r *Rig) StartIMAP() {
	r.t.Helper()
	r.dovecot.start()
}

// Kick ends every connection of a user, as an administrator would.
func (r *Rig) Kick(address string) {
	r.t.Helper()
	// doveadm fails when nobody is connected, which is what was wanted.
	_ = r.owner.command("doveadm", "-c", filepath.Join(r.dir, "dovecot.conf"), "kick", address).Run()
}

// RecreateInbox makes the mailbox forget its UIDs: the mails stay, are numbered
// from 1 again, and UIDVALIDITY is another.
func (r *Rig) RecreateInbox(address string) {
	r.t.Helper()
	old := r.uidValidity(address)
	r.Kick(address)
	for _, pattern := range []string{"dovecot-uid*", "dovecot.index*", "dovecot.list*"} {
		files, err := filepath.Glob(filepath.Join(r.dir, "mail", address, pattern))
		must(r.t, "find the index files", err)
		for _, file := range files {
			must(r.t, "forget the UIDs", os.Remove(file))
		}
	}
	r.doveadm("mailbox", "update", "-u", address, "--uid-validity", strconv.Itoa(int(old)+1), "INBOX")
	if now := r.uidValidity(address); now == old {
		r.t.Fatalf("UIDVALIDITY of %s is still %d", address, now)
	}
}

func (r *Rig) doveadm(args ...string) {
	r.t.Helper()
	args = append([]string{"-c", filepath.Join(r.dir, "dovecot.conf")}, args...)
	if out, err := r.owner.command("doveadm", args...).CombinedOutput(); err != nil {
		r.t.Fatalf("doveadm %v: %v: %s", args, err, out)
	}
}

// Eventually polls until the condition holds, and fails the test with the
// sentence when it does not within the time.
func (r *Rig) Eventually(within time.Duration, sentence string, holds func() bool) {
	r.t.Helper()
	deadline := time.Now().Add(within)
	for !holds() {
		if time.Now().After(deadline) {
			r.t.Fatal(sentence)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
