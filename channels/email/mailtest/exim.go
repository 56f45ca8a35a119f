package mailtest

import (
	"path/filepath"
	"strings"
)

const eximConf = `
exim_path = @EXIM
primary_hostname = mx.example.test
spool_directory = @DIR/spool
log_file_path = @DIR/log/%slog
pid_file_path = @DIR/run/exim.pid
exim_user = @USER
exim_group = @GROUP
never_users =
deliver_drop_privilege = true
daemon_smtp_ports = @SMTP : @TLSSMTP
tls_on_connect_ports = @TLSSMTP
local_interfaces = 127.0.0.1
tls_advertise_hosts = *
tls_certificate = @DIR/cert.pem
tls_privatekey = @DIR/key.pem
message_size_limit = 60M
smtp_accept_max = 200
smtp_accept_max_per_connection = 0
smtp_accept_queue_per_connection = 0
domainlist local_domains = *.test
acl_smtp_rcpt = acl_rcpt
host_lookup =
rfc1413_hosts =
timeout_frozen_after = 1h

begin acl
acl_rcpt:
  deny local_parts = rejectme
       !condition = ${lookup{$local_part@$domain}lsearch{@DIR/users.exim}{yes}{no}}
       message = 5.1.1 no such mailbox here
  defer local_parts = tempfail
       !condition = ${lookup{$local_part@$domain}lsearch{@DIR/users.exim}{yes}{no}}
       message = 4.2.0 try again later
  accept domains = +local_domains
  accept hosts = 127.0.0.1

begin routers
local:
  driver = accept
  domains = +local_domains
  local_part_suffix = +*
  local_part_suffix_optional
  condition = ${lookup{$local_part@$domain}lsearch{@DIR/users.exim}{yes}{no}}
  transport = lmtp
unknown:
  driver = redirect
  allow_fail
  data = :fail: unknown user

begin transports
lmtp:
  driver = smtp
  protocol = lmtp
  hosts = 127.0.0.1
  hosts_override
  allow_localhost
  port = @LMTP
  hosts_try_fastopen =
  envelope_to_add
  return_path_add

begin retry
* * F,1h,1s

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if eq{$auth3}{${lookup{$auth2}lsearch{@DIR/users.exim}{$value}{\n}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${if eq{$auth2}{${lookup{$auth1}lsearch{@DIR/users.exim}{$value}{\n}}}}
  server_set_id = $auth1
`

// startExim starts Exim, on other ports when somebody took one in the moment
// between our finding it free and Exim's listening: Exim would wait half a minute
// before it looks again.
func (r *Rig) startExim(program string) {
	r.t.Helper()
	r.write("users.exim", "")
	why := r.tryExim(program)
	for range 2 {
		if why == "" {
			break
		}
		r.t.Logf("Exim is started again on other ports: %s %s", why, r.mainlog())
		r.exim.stop()
		r.SMTPAddr, r.SMTPSAddr = freeAddr(r.t), freeAddr(r.t)
		why = r.tryExim(program)
	}
	r.t.Cleanup(func() {
		r.exim.stop()
		if r.t.Failed() {
			r.t.Logf("exim: %s", r.mainlog())
		}
	})
	if why != "" {
		r.t.Fatal(why)
	}
}

func (r *Rig) tryExim(program string) (why string) {
	r.t.Helper()
	conf := r.write("exim.conf", strings.NewReplacer(
		"@DIR", r.dir, "@USER", r.owner.name, "@GROUP", r.owner.group, "@EXIM", program,
		"@SMTP", port(r.SMTPAddr), "@TLSSMTP", port(r.SMTPSAddr), "@LMTP", port(r.LMTPAddr),
	).Replace(eximConf))
	r.exim = &process{
		t: r.t, program: program, args: []string{"-C", conf, "-bdf", "-q5s"}, owner: r.owner,
		log: filepath.Join(r.dir, "exim.out"), ready: []string{r.SMTPAddr, r.SMTPSAddr},
	}
	return r.exim.try()
}

func (r *Rig) mainlog() string { return tail(filepath.Join(r.dir, "log/mainlog")) }

// RestartSMTP stops Exim and starts it again.
func (r *Rig) RestartSMTP() {
	r.t.Helper()
	r.exim.stop()
	r.exim.start()
}

// Delivered says that no mail waits in Exim's queue.
func (r *Rig) Delivered() bool {
	r.t.Helper()
	waiting, err := filepath.Glob(filepath.Join(r.dir, "spool", "input", "*"))
	must(r.t, "look into the queue", err)
	return len(waiting) == 0
}
