package server_test

import (
	"bufio"
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// process is the program, running.
type process struct {
	cmd  *exec.Cmd
	said *bufio.Reader // standard output
	log  *bytes.Buffer // standard error; read it after wait
}

// command prepares the program with nothing of this test's environment.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = []string{asDesk + "=1", "HOME=" + t.TempDir()}
	return cmd
}

// launch starts the desk on a port of its own.
func launch(t *testing.T, dir string, env ...string) *process {
	t.Helper()
	cmd := command(t, "--data", dir, "--listen", "127.0.0.1:0")
	cmd.Env = append(cmd.Env, env...)
	p := &process{cmd: cmd, log: &bytes.Buffer{}}
	cmd.Stderr = p.log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.said = bufio.NewReader(out)
	return p
}

// until reads what the desk says up to the first line that contains part.
func (p *process) until(t *testing.T, part string) string {
	t.Helper()
	for {
		line, err := p.said.ReadString('\n')
		if strings.Contains(line, part) {
			return strings.TrimSpace(line)
		}
		if err != nil {
			_ = p.cmd.Wait() // for its log
			t.Fatalf("the desk never said %q; its log:\n%s", part, p.log)
		}
	}
}

// url is where the desk says it is.
func (p *process) url(t *testing.T) string {
	t.Helper()
	return strings.TrimPrefix(p.until(t, "Okno is open at "), "Okno is open at ")
}

// terminate stops the desk and answers how long that took.
func (p *process) terminate(t *testing.T) time.Duration {
	t.Helper()
	began := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, p.said)
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the desk ended with %v; its log:\n%s", err, p.log)
	}
	return time.Since(began)
}

// exit runs the program to its end and answers its code and what it said.
func exit(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	out, err := command(t, args...).CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	if failed != nil {
		code = failed.ExitCode()
	}
	return code, string(out)
}

func TestFirstStartPrintsALinkThatWorksOnce(t *testing.T) {
	began, dir := time.Now(), filepath.Join(t.TempDir(), "data")
	p := launch(t, dir)
	p.url(t)
	link := p.until(t, "/setup/")
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("the link was printed after %v; two seconds are promised", took)
	}
	file := filepath.Join(dir, "setup-link")
	checkPrivate(t, file, link)
	account := url.Values{"name": {"Ada"}, "email": {"ada@example.com"}, "password": {"correct horse 9"}, "language": {"en"}}
	if res := post(t, visitor(t), link, account); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("the link answered %s", res.Status)
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file with the used link is still there: %v", err)
	}
	account.Set("email", "eve@example.com")
	if res := post(t, visitor(t), link, account); res.StatusCode < 400 {
		t.Errorf("the link worked twice: %s", res.Status)
	}
	if took := p.terminate(t); took > 10*time.Second {
		t.Errorf("it stopped after %v", took)
	}
	again := launch(t, dir)
	again.url(t)
	again.terminate(t)
}

func checkPrivate(t *testing.T, file, link string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(string(text)) != link || info.Mode().Perm() != 0o600 {
		t.Errorf("the file holds %q with mode %v", text, info.Mode())
	}
}

func TestUnattendedFirstStart(t *testing.T) {
	dir := t.TempDir()
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte("correct horse 9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := launch(t, dir, "OKNO_ADMIN_EMAIL=ada@example.com", "OKNO_ADMIN_PASSWORD_FILE="+password)
	base := p.url(t)
	p.until(t, "ada@example.com can sign in")
	browser := visitor(t)
	res := post(t, browser, base+"/signin", url.Values{"email": {"ada@example.com"}, "password": {"correct horse 9"}})
	if res.StatusCode != http.StatusSeeOther {
		t.Errorf("sign-in answered %s", res.Status)
	}
	p.terminate(t)
	if strings.Contains(p.log.String(), "correct horse") {
		t.Error("the password is in the log")
	}
}

func TestSecondProcessIsRefusedAtOnce(t *testing.T) {
	dir := t.TempDir()
	p := launch(t, dir)
	p.url(t)
	began := time.Now()
	code, said := exit(t, "--data", dir, "--listen", "127.0.0.1:0")
	if took := time.Since(began); took > time.Second {
		t.Errorf("it was refused after %v; one second is promised", took)
	}
	if want := fmt.Sprintf("process %d works in the data directory", p.cmd.Process.Pid); code != 3 || !strings.Contains(said, want) {
		t.Errorf("code %d, %q; want 3 and %q", code, said, want)
	}
	p.terminate(t)
}

func TestLockOfAKilledProcessNeverBlocks(t *testing.T) {
	dir := t.TempDir()
	p := launch(t, dir)
	p.url(t)
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Wait() // it was killed
	next := launch(t, dir)
	next.url(t)
	next.terminate(t)
}

func TestTakenPortIsOneSentence(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	code, said := exit(t, "--data", t.TempDir(), "--listen", l.Addr().String())
	if code != 1 || strings.Count(said, "\n") != 1 || !strings.Contains(said, "--listen") {
		t.Errorf("code %d, %q", code, said)
	}
}

func TestOpenStreamsDoNotHoldUpTheStop(t *testing.T) {
	p := launch(t, t.TempDir(), "OKNO_ADMIN_EMAIL=ada@example.com", "OKNO_ADMIN_PASSWORD=correct horse 9")
	base := p.url(t)
	browser := visitor(t)
	post(t, browser, base+"/signin", url.Values{"email": {"ada@example.com"}, "password": {"correct horse 9"}})
	stream, err := browser.Get(base + "/live")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stream.Body.Close() }()
	if stream.StatusCode != http.StatusOK {
		t.Fatalf("the stream answered %s", stream.Status)
	}
	if took := p.terminate(t); took > 3*time.Second {
		t.Errorf("it stopped after %v with one open stream", took)
	}
}

// visitor is a browser with cookies that follows no redirects.
func visitor(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{
		Jar: jar, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// post sends a form; the body of the answer is read and closed.
func post(t *testing.T, c *http.Client, to string, form url.Values) *http.Response {
	t.Helper()
	res, err := c.PostForm(to, form)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		t.Fatal(err)
	}
	return res
}

func TestNewerSchemaIsRefused(t *testing.T) {
	dir := t.TempDir()
	p := launch(t, dir)
	p.url(t)
	p.terminate(t)
	pretendNewer(t, filepath.Join(dir, "okno.db"))
	backup := newerCopy(t, dir)
	began := time.Now()
	code, said := exit(t, "--data", dir, "--listen", "127.0.0.1:0")
	if took := time.Since(began); took > time.Second {
		t.Errorf("it was refused after %v; one second is promised", took)
	}
	if code != 4 || !strings.Contains(said, "newer version") || !strings.Contains(said, backup) {
		t.Errorf("code %d, %q; want 4 and the copy %s", code, said, backup)
	}
}

// newerCopy leaves the copy a newer version makes before its first migration.
func newerCopy(t *testing.T, dir string) string {
	t.Helper()
	known, err := filepath.Glob("store/migrations/*.sql")
	if err != nil || len(known) == 0 {
		t.Fatal("no migrations are known", err)
	}
	path := filepath.Join(dir, fmt.Sprintf("backup-before-%d.db", len(known)+1))
	if err := os.WriteFile(path, []byte("a database"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// pretendNewer writes into the database that a later version migrated it.
func pretendNewer(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)`); err != nil {
		t.Fatal(err)
	}
}
