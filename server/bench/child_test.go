package bench

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"okno/server/cli"
)

// childKey is the variable that makes the test binary a desk.
const childKey = "OKNO_BENCH_CHILD"

// serve is the desk of a child process.
func serve() int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	args := strings.Fields(os.Getenv(childKey))
	return cli.Run(ctx, cli.Process{Args: args, Lookup: func(string) (string, bool) { return "", false }, Out: os.Stderr, Err: os.Stderr, Now: time.Now})
}

// child is a desk in a process of its own.
type child struct {
	b   testing.TB
	url string
	cmd *exec.Cmd
}

// start runs a desk and answers it once a page came, and how long that took from
// the start of the process.
func start(b testing.TB, dir string) (*child, time.Duration) {
	b.Helper()
	address := free(b)
	c := &child{b: b, url: "http://" + address}
	c.cmd = command("serve --data " + dir + " --listen " + address)
	begun := time.Now()
	must(b, c.cmd.Start())
	b.Cleanup(c.stop)
	for time.Since(begun) < 30*time.Second {
		if res, err := http.Get(c.url + "/signin"); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return c, time.Since(begun)
			}
		}
	}
	b.Fatal("the desk did not start")
	return nil, 0
}

// command runs the test binary as okno.
func command(args string) *exec.Cmd {
	c := exec.CommandContext(context.Background(), os.Args[0])
	c.Env = append(os.Environ(), childKey+"="+args)
	return c
}

// free is an address nobody listens on.
func free(b testing.TB) string {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(b, err)
	defer func() { must(b, l.Close()) }()
	return l.Addr().String()
}

func (c *child) stop() {
	if c.cmd.ProcessState == nil {
		_ = c.cmd.Process.Signal(syscall.SIGTERM)
		_ = c.cmd.Wait()
	}
}

// resident is the memory the process has in use, in bytes.
func (c *child) resident() int64 {
	c.b.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	must(c.b, err)
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kB, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			must(c.b, err)
			return kB * 1024
		}
	}
	c.b.Fatal("no VmRSS")
	return 0
}
