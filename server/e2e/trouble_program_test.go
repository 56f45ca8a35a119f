package e2e

import (
	"context"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"okno/server/cli"
)

// asProgram makes this test program behave as okno itself.
const asProgram = "OKNO_TEST_AS_PROGRAM"

// perform is what main does.
func perform() int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	return cli.Run(ctx, cli.Process{Args: os.Args[1:], Lookup: os.LookupEnv, Out: os.Stdout, Err: os.Stderr})
}

// program is okno in a process of its own, with its own patience.
type program struct {
	t     testing.TB
	cmd   *exec.Cmd
	out   *output
	url   string
	ended chan error
}

// boot starts the program and waits for its address.
func boot(t testing.TB, settings ...string) *program {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, cmd: exec.Command(self, "--listen", "127.0.0.1:0", "--log-level", "warn"), out: &output{}, ended: make(chan error, 1)}
	p.cmd.Env = append(settings, asProgram+"=1", "HOME="+t.TempDir(), "OKNO_ADMIN_EMAIL="+adminEmail, "OKNO_ADMIN_PASSWORD="+adminPassword)
	p.cmd.Stdout, p.cmd.Stderr = p.out, p.out
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.ended <- p.cmd.Wait() }()
	t.Cleanup(p.kill)
	within(t, patience, "the desk says where it is", p.opened)
	return p
}

// opened looks for the printed address.
func (p *program) opened() bool {
	_, after, found := strings.Cut(p.out.String(), "Okno is open at ")
	line, _, whole := strings.Cut(after, "\n")
	p.url = strings.TrimSpace(line)
	return found && whole
}

// kill ends the program as a power cut would.
func (p *program) kill() {
	_ = p.cmd.Process.Kill() // it may be gone already
	_ = p.wait()             // killed
	if p.t.Failed() {
		p.t.Logf("%s said:\n%s", p.url, p.out)
	}
}

// wait answers how the program ended; it may be asked again.
func (p *program) wait() error {
	err := <-p.ended
	p.ended <- err
	return err
}

// terminate ends the program as a service manager does and answers how long that
// took.
func (p *program) terminate() time.Duration {
	p.t.Helper()
	began := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	if err := p.wait(); err != nil {
		p.t.Errorf("the desk ended with %v", err)
	}
	return time.Since(began).Round(time.Millisecond)
}
