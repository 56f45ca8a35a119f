package mailtest

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// owner is who the servers run as: nobody when the tests run as root.
type owner struct {
	name, group string
	credential  *syscall.Credential // nil: as ourselves
}

// servant picks the owner and makes sure that Exim finds the user it was
// compiled for.
func servant(t testing.TB) owner {
	t.Helper()
	if os.Geteuid() != 0 {
		return ourselves(t)
	}
	if _, err := user.Lookup("Debian-exim"); err != nil {
		out, err := exec.Command("useradd", "--system", "--no-create-home", "Debian-exim").CombinedOutput()
		if err != nil {
			t.Fatalf("make the user Debian-exim: %v: %s", err, out)
		}
	}
	u, err := user.Lookup("nobody")
	must(t, "look up the user nobody", err)
	return newOwner(t, u, true)
}

func ourselves(t testing.TB) owner {
	t.Helper()
	if _, err := user.Lookup("Debian-exim"); err != nil {
		absent(t, "Exim needs the system user Debian-exim; install exim4-base, or make the user")
	}
	u, err := user.Current()
	must(t, "look up the current user", err)
	return newOwner(t, u, false)
}

func newOwner(t testing.TB, u *user.User, change bool) owner {
	t.Helper()
	g, err := user.LookupGroupId(u.Gid)
	must(t, "look up the group", err)
	o := owner{name: u.Username, group: g.Name}
	if change {
		uid, _ := strconv.ParseUint(u.Uid, 10, 32)
		gid, _ := strconv.ParseUint(u.Gid, 10, 32)
		o.credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid), NoSetGroups: false}
	}
	return o
}

func (o owner) own(path string) error {
	if o.credential == nil {
		return nil
	}
	return os.Chown(path, int(o.credential.Uid), int(o.credential.Gid))
}

func (o owner) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(program, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: o.credential, Setpgid: true}
	cmd.Dir = "/"
	return cmd
}

// process is one server in the foreground.
type process struct {
	t       testing.TB
	program string
	args    []string
	owner   owner
	log     string // where its words go
	ready   []string
	cmd     *exec.Cmd
	ended   chan struct{}
}

// start runs the server and waits until it answers on every address of ready.
func (p *process) start() {
	p.t.Helper()
	if why := p.try(); why != "" {
		p.t.Fatal(why)
	}
}

// try is start that answers why it failed, "" when it did not.
func (p *process) try() (why string) {
	p.t.Helper()
	out, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	must(p.t, "open the server's log", err)
	defer func() { _ = out.Close() }()
	p.cmd = p.owner.command(p.program, p.args...)
	p.cmd.Stdout, p.cmd.Stderr = out, out
	must(p.t, "start "+filepath.Base(p.program), p.cmd.Start())
	p.ended = make(chan struct{})
	go func(cmd *exec.Cmd, ended chan struct{}) {
		_ = cmd.Wait()
		close(ended)
	}(p.cmd, p.ended)
	for _, addr := range p.ready {
		if why := p.await(addr); why != "" {
			return why
		}
	}
	return ""
}

// await polls until the address answers, and answers why it does not.
func (p *process) await(addr string) (why string) {
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		conn, err := net.DialTimeout("tcp", addr, time.Second)
		if err == nil {
			_ = conn.Close()
			return ""
		}
		select {
		case <-p.ended:
			return fmt.Sprintf("%s ended: %s", p.program, tail(p.log))
		case <-time.After(10 * time.Millisecond):
		}
	}
	return fmt.Sprintf("%s does not listen on %s: %s", p.program, addr, tail(p.log))
}

// stop ends the server and all it started, and waits for it.
func (p *process) stop() {
	if p.cmd == nil || p.cmd.Process == nil {
		return
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(patience):
	}
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.ended
}

// tail answers the end of a log.
func tail(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}
