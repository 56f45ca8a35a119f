package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"okno/server"
	"okno/server/cli"
	"okno/server/config"
)

// said is what a command line came to.
type said struct {
	code     int
	out, err string
}

func run(t *testing.T, env map[string]string, args ...string) said {
	t.Helper()
	var out, errs bytes.Buffer
	lookup := func(name string) (string, bool) {
		v, ok := env[name]
		return v, ok
	}
	code := cli.Run(t.Context(), cli.Process{Args: args, Lookup: lookup, Out: &out, Err: &errs})
	return said{code, out.String(), errs.String()}
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const staff = `
teams:
  - name: Support
agents:
  - email: Anna@example.com
    name: Anna
    role: administrator
    teams: [Support]
channels:
  - name: Support mail
    team: Support
    settings:
      address: help@example.com
      imap_host: imap.example.com
      smtp_host: smtp.example.com
    secrets:
      imap_password: ${IMAP_PASSWORD}
`

func TestApplyingTwiceChangesNothing(t *testing.T) {
	path, dir := file(t, "staff.yaml", staff), t.TempDir()
	env := map[string]string{"IMAP_PASSWORD": "canary"}
	first := run(t, env, "apply", path, "--data", dir)
	for _, want := range []string{"team Support: made", "agent Anna@example.com: made", "/join/", "channel Support mail: made"} {
		if first.code != 0 || !strings.Contains(first.out, want) {
			t.Errorf("first: %+v lacks %q", first, want)
		}
	}
	second := run(t, env, "apply", path, "--data", dir)
	if second.code != 0 || second.out != "team Support: unchanged\nagent Anna@example.com: unchanged\nchannel Support mail: unchanged\n" {
		t.Errorf("second: %+v", second)
	}
	third := run(t, map[string]string{"IMAP_PASSWORD": "another"}, "apply", path, "--data", dir)
	if !strings.Contains(third.out, "channel Support mail: changed") {
		t.Errorf("third: %+v", third)
	}
	if all := first.out + first.err + second.out + third.out; strings.Contains(all, "canary") {
		t.Error("a secret was printed")
	}
}

func TestFaultyFilesAreRefusedWithTheirLines(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":     {"teams:\n  - name: A\n    nmae: B\n", "line 3"},
		"unknown section": {"team: x\n", "line 1"},
		"no YAML":         {"teams: [\n", "line"},
		"unset variable":  {"teams:\n  - name: ${NOT_SET}\n", "line 2: the environment has no NOT_SET"},
		"unknown role":    {"agents:\n  - email: a@b.c\n    role: king\n", "line 3: role is agent or administrator"},
		"unknown team":    {"agents:\n  - email: a@b.cc\n    teams: [Nobody]\n", `line 2: agent a@b.cc: there is no team "Nobody"`},
		"unknown setting": {"channels:\n  - name: M\n    settings:\n      imap_hsot: x\n", `line 4: there is no setting "imap_hsot"`},
		"missing setting": {"channels:\n  - name: M\n    settings:\n      address: a@b.cc\n", "imap_host: "},
	} {
		got := run(t, nil, "apply", file(t, "x.yaml", c.text), "--data", t.TempDir())
		if got.code == 0 || !strings.Contains(got.err, c.want) {
			t.Errorf("%s: %+v lacks %q", name, got, c.want)
		}
	}
}

func TestNothingOfAFaultyFileIsMade(t *testing.T) {
	dir := t.TempDir()
	bad := run(t, nil, "apply", file(t, "x.yaml", "teams:\n  - name: A\nagents:\n  - email: a@b.cc\n    teams: [B]\n"), "--data", dir)
	good := run(t, nil, "apply", file(t, "y.yaml", "teams:\n  - name: A\n"), "--data", dir)
	if bad.code != 1 || good.out != "team A: made\n" {
		t.Errorf("bad %+v, good %+v", bad, good)
	}
}

func TestResetPrintsALink(t *testing.T) {
	dir := t.TempDir()
	if got := run(t, nil, "admin", "reset", "--data", dir); got.code != 1 || !strings.Contains(got.err, "no administrator yet") {
		t.Errorf("empty desk: %+v", got)
	}
	run(t, nil, "apply", file(t, "x.yaml", "agents:\n  - {email: a@example.com, role: administrator}\n"), "--data", dir)
	for _, args := range [][]string{{"admin", "reset"}, {"admin", "reset", "A@example.com"}} {
		got := run(t, nil, append(args, "--data", dir, "--public-url", "https://help.example.com")...)
		if got.code != 0 || !regexp.MustCompile(`https://help\.example\.com/join/\S{40,}`).MatchString(got.out) {
			t.Errorf("%v: %+v", args, got)
		}
	}
	if got := run(t, nil, "admin", "reset", "b@example.com", "--data", dir); got.code != 1 {
		t.Errorf("unknown agent: %+v", got)
	}
}

func TestRunningDeskOnSQLiteHasToBeStopped(t *testing.T) {
	c := config.Config{Data: t.TempDir(), Listen: "127.0.0.1:0"}
	rooms, err := server.Open(t.Context(), c, server.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rooms.Close() }()
	if got := run(t, nil, "admin", "reset", "--data", c.Data); got.code != 3 || !strings.Contains(got.err, "Stop it") {
		t.Errorf("%+v", got)
	}
}

func TestHealth(t *testing.T) {
	desk, err := server.New(t.Context(), config.Config{Data: t.TempDir(), Listen: "127.0.0.1:0"}, server.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- desk.Run(ctx) }()
	if got := run(t, nil, "health", "--listen", desk.Addr()); got.code != 0 || !strings.Contains(got.out, "database   ok") {
		t.Errorf("running: %+v", got)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if got := run(t, nil, "health", "--listen", desk.Addr()); got.code != 1 || !strings.Contains(got.err, "does not answer") {
		t.Errorf("stopped: %+v", got)
	}
}

func TestUsage(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = busy.Close() }()
	for _, c := range []struct {
		code int
		want string
		args []string
	}{
		{0, "Exit codes", []string{"--help"}},
		{0, "okno ", []string{"version"}},
		{0, "OKNO_LISTEN", []string{"serve", "--help"}},
		{0, "127.0.0.1:8080", []string{"config"}},
		{2, "unknown flag --bogus", []string{"--bogus"}},
		{2, "listen (flag --listen)", []string{"serve", "--listen", "8080"}},
		{2, "listen (flag --listen)", []string{"config", "--listen", "8080"}},
		{1, "address already in use", []string{"serve", "--data", t.TempDir(), "--listen", busy.Addr().String()}},
	} {
		got := run(t, nil, c.args...)
		if got.code != c.code || !strings.Contains(got.out+got.err, c.want) {
			t.Errorf("%v: %+v; want code %d and %q", c.args, got, c.code, c.want)
		}
	}
}

func TestInspectPrintsOneObjectALine(t *testing.T) {
	mail := file(t, "a.eml", "From: Anna <anna@example.com>\r\nSubject: Hello\r\n\r\nHi.\r\n")
	got := run(t, nil, "mail", "inspect", mail, "/does/not/exist")
	lines := strings.Split(strings.TrimSpace(got.out), "\n")
	if got.code != 1 || len(lines) != 2 {
		t.Fatalf("%+v", got)
	}
	var first struct{ File, Subject, Error string }
	if err := json.Unmarshal([]byte(lines[0]), &first); err != nil || first.File != mail || first.Subject != "Hello" || first.Error != "" {
		t.Errorf("first line %s: %+v, %v", lines[0], first, err)
	}
	var second struct{ File, Error string }
	if err := json.Unmarshal([]byte(lines[1]), &second); err != nil || second.Error == "" {
		t.Errorf("second line %s: %v", lines[1], err)
	}
}
