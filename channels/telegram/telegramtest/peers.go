package telegramtest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// peersPlace is where libraries and servers of others lie, from the root.
const peersPlace = "channels/telegram/testdata/peers"

// Peer runs a program of testdata/peers in Node until the test ends, with these
// lines of environment. The test is skipped where Node or what the program needs
// is not installed; with OKNO_REQUIRE_PEERS=1 it fails instead.
func Peer(t testing.TB, program string, env ...string) {
	t.Helper()
	dir := filepath.Join(root(), peersPlace)
	node, err := exec.LookPath("node")
	if err != nil {
		absent(t, "Node is not installed; install the Debian package nodejs")
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		absent(t, "the Telegram libraries of others are not installed; run npm ci in "+peersPlace)
	}
	var said bytes.Buffer
	cmd := exec.Command(node, filepath.Join(dir, program))
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // it may have ended
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("%s said: %s", program, said.String())
		}
	})
}

// absent skips the test, or fails it where every peer must run.
func absent(t testing.TB, sentence string) {
	t.Helper()
	if os.Getenv("OKNO_REQUIRE_PEERS") == "1" {
		t.Fatal(sentence)
	}
	t.Skip(sentence)
}

// root is the folder of the project: the nearest one above with a go.mod.
func root() string {
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	return dir
}
