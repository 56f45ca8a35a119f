package e2e

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/email/mailtest"
	"okno/channels/hub"
)

// victim is a desk in a process of its own, to be killed.
type victim struct {
	t     testing.TB
	cmd   *exec.Cmd
	log   *bytes.Buffer // read it after the end
	ready *os.File      // ends when the process can be told to stop, or is gone
	ended chan struct{}
}

func launch(t testing.TB, o orders) *victim {
	t.Helper()
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	v := &victim{t: t, cmd: exec.Command(self), log: &bytes.Buffer{}, ended: make(chan struct{})}
	v.cmd.Env = append(os.Environ(), asCrasher+"="+string(text))
	v.cmd.Stdout, v.cmd.Stderr = v.log, v.log
	var theirs *os.File
	if v.ready, theirs, err = os.Pipe(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.ready.Close() })
	v.cmd.ExtraFiles = []*os.File{theirs}
	err = v.cmd.Start()
	_ = theirs.Close() // the process has its own
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = v.cmd.Wait() // how it ended is asked for later
		close(v.ended)
	}()
	t.Cleanup(v.kill)
	return v
}

// terminate tells the process to stop in order, as soon as it listens to that,
// and waits until it is gone.
func (v *victim) terminate() {
	_, _ = io.Copy(io.Discard, v.ready)       // ends by itself
	_ = v.cmd.Process.Signal(syscall.SIGTERM) // it may be dead already
	<-v.ended
}

// kill ends the process as a power cut would, and waits until it is gone.
func (v *victim) kill() {
	_ = v.cmd.Process.Kill() // it may be gone already
	<-v.ended
}

// dieOn kills the process when it is doomed, and says when it is gone.
func (v *victim) dieOn(doomed <-chan struct{}, gone chan<- struct{}) {
	defer close(gone)
	select {
	case <-doomed:
		v.kill()
	case <-v.ended:
	}
}

// outlives waits until the process died by SIGKILL or done holds; then it stops
// the process in order and answers true.
func (v *victim) outlives(done func() bool) bool {
	v.t.Helper()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for limit := time.After(patience); !done(); {
		select {
		case <-v.ended:
			return v.survived()
		case <-limit:
			v.kill()
			v.t.Fatalf("the desk neither died nor got ready; its log:\n%s", v.log)
		case <-look.C:
		}
	}
	v.terminate()
	return v.survived()
}

// survived says whether an ended process stopped in order, not by being killed.
func (v *victim) survived() bool {
	v.t.Helper()
	state := v.cmd.ProcessState
	status, _ := state.Sys().(syscall.WaitStatus)
	if !state.Success() && !(status.Signaled() && status.Signal() == syscall.SIGKILL) {
		v.t.Fatalf("the desk ended with %v; its log:\n%s", state, v.log)
	}
	return state.Success()
}

// crashChannel is a mailbox as the pages would save it.
func crashChannel(settings map[string]string) hub.Channel {
	return hub.Channel{Enabled: true, Connection: channels.Connection{
		Kind: "email", Name: "Help", Settings: settings, Secrets: map[string]string{"imap_password": helpPassword},
	}}
}

// copied is a data directory like another.
func copied(t testing.TB, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatalf("copy the data directory: %v", err)
	}
	return to
}

// behind puts a proxy before a server and answers the settings that lead there.
func behind(t testing.TB, protocol, addr string) (*mailtest.Proxy, map[string]string) {
	t.Helper()
	p := mailtest.NewProxy(t, addr)
	host, port, err := net.SplitHostPort(p.Addr)
	if err != nil {
		t.Fatal(err)
	}
	return p, map[string]string{protocol + "_host": host, protocol + "_port": port}
}
