// Package pgtest runs a private PostgreSQL for tests: one cluster per test
// binary in a temporary directory, reached by a unix socket only, and a fresh
// database for every test. The cluster dies with the test binary.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Cluster is a PostgreSQL that a TestMain starts and stops. Its zero value is
// ready; the server starts when the first database is asked for.
type Cluster struct {
	once    sync.Once
	err     error
	dir     string
	server  *exec.Cmd
	mu      sync.Mutex
	counter int
}

var errAbsent = errors.New("PostgreSQL is not installed (Debian package postgresql)")

// Database answers the URL of a fresh, empty database. Without PostgreSQL the
// test is skipped, or fails when OKNO_REQUIRE_PEERS is 1.
func (c *Cluster) Database(t testing.TB) string {
	t.Helper()
	c.once.Do(func() { c.err = c.start() })
	if errors.Is(c.err, errAbsent) && os.Getenv("OKNO_REQUIRE_PEERS") != "1" {
		t.Skip(c.err.Error())
	}
	if c.err != nil {
		t.Fatal(c.err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counter++
	name := "test" + strconv.Itoa(c.counter)
	if err := c.execute(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	return c.url(name)
}

// Stop ends the server and removes its files.
func (c *Cluster) Stop() {
	if c.server != nil {
		_ = c.server.Process.Signal(syscall.SIGQUIT)
		_ = c.server.Wait()
	}
	if c.dir != "" {
		_ = os.RemoveAll(c.dir)
	}
}

func (c *Cluster) url(database string) string {
	q := url.Values{"host": {c.dir}, "user": {"okno"}}
	return "postgres:///" + database + "?" + q.Encode()
}

func (c *Cluster) start() error {
	initdb, server, err := programs()
	if err != nil {
		return err
	}
	if c.dir, err = os.MkdirTemp("", "okno-pg-"); err != nil {
		return err
	}
	attr, err := c.unprivileged()
	if err != nil {
		return err
	}
	data := filepath.Join(c.dir, "data")
	if err := run(attr, initdb, "-D", data, "-U", "okno", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"); err != nil {
		return err
	}
	c.server = exec.Command(server, "-D", data, "-k", c.dir, "-h", "", "-F", "-c", "max_connections=200")
	c.server.SysProcAttr, c.server.Dir = attr, c.dir
	if err := c.server.Start(); err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	return c.ready()
}

// ready waits until the server answers.
func (c *Cluster) ready() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		err := c.execute(ctx, "SELECT 1")
		if err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (c *Cluster) execute(ctx context.Context, sql string) error {
	conn, err := pgx.Connect(ctx, c.url("postgres"))
	if err != nil {
		return fmt.Errorf("connect to postgres: %w", err)
	}
	_, err = conn.Exec(ctx, sql)
	return errors.Join(err, conn.Close(ctx))
}

// unprivileged makes the server die with us and, since it refuses to run as
// root, run as somebody else who then owns the directory.
func (c *Cluster) unprivileged() (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Getuid() != 0 {
		return attr, nil
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return nil, fmt.Errorf("find user nobody: %w", err)
	}
	uid, _ := strconv.Atoi(nobody.Uid)
	gid, _ := strconv.Atoi(nobody.Gid)
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, os.Chown(c.dir, uid, gid)
}

func run(attr *syscall.SysProcAttr, program string, args ...string) error {
	cmd := exec.Command(program, args...)
	cmd.SysProcAttr, cmd.Dir = attr, "/"
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", filepath.Base(program), err, out)
	}
	return nil
}

// programs finds initdb and postgres, first where Debian puts them.
func programs() (initdb, server string, err error) {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	for _, dir := range folders {
		initdb, server = filepath.Join(dir, "initdb"), filepath.Join(dir, "postgres")
		if isFile(initdb) && isFile(server) {
			return initdb, server, nil
		}
	}
	if initdb, err = exec.LookPath("initdb"); err != nil {
		return "", "", errAbsent
	}
	if server, err = exec.LookPath("postgres"); err != nil {
		return "", "", errAbsent
	}
	return initdb, server, nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
