package config_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"okno/server/config"
)

// loaded is what a command line, an environment and a file made.
type loaded struct {
	config  config.Config
	sources *config.Sources
	ctx     *kong.Context
}

func load(t *testing.T, env map[string]string, args ...string) loaded {
	t.Helper()
	var app struct {
		Config config.Config `embed:""`
		Other  string        `help:"A flag that is no setting."`
	}
	l := loaded{sources: config.NewSources(func(name string) (string, bool) {
		v, ok := env[name]
		return v, ok
	})}
	parser, err := kong.New(&app, kong.Resolvers(l.sources))
	if err != nil {
		t.Fatal(err)
	}
	if l.ctx, err = parser.Parse(args); err != nil {
		t.Fatal(err)
	}
	l.config = app.Config
	return l
}

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "okno.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLaterSourcesWin(t *testing.T) {
	file := write(t, "listen: 127.0.0.1:1\ndata: from-file\nlog-level: debug\n")
	l := load(t, map[string]string{
		"OKNO_CONFIG": file, "OKNO_LISTEN": "127.0.0.1:2", "OKNO_DATA": "from-env", "OKNO_OTHER": "x",
	}, "--listen", "127.0.0.1:3")
	for _, c := range []struct{ key, got, want, origin string }{
		{"listen", l.config.Listen, "127.0.0.1:3", "flag --listen"},
		{"data", l.config.Data, "from-env", "environment OKNO_DATA"},
		{"log-level", l.config.LogLevel, "debug", file + " line 3"},
		{"log-format", l.config.LogFormat, "auto", "default"},
	} {
		if c.got != c.want || l.sources.Origin(c.key) != c.origin {
			t.Errorf("%s = %q from %q, want %q from %q", c.key, c.got, l.sources.Origin(c.key), c.want, c.origin)
		}
	}
	if err := config.Validate(l.config, l.sources); err != nil {
		t.Error(err)
	}
}

func TestFileNamedByFlagIsReadWhereverTheFlagStands(t *testing.T) {
	l := load(t, nil, "--config", write(t, "# a comment\ndata: from-file\n"))
	if l.config.Data != "from-file" {
		t.Errorf("data = %q", l.config.Data)
	}
}

func TestSecretFromFile(t *testing.T) {
	path := write(t, "correct horse\n")
	l := load(t, map[string]string{"OKNO_ADMIN_EMAIL": "a@example.com", "OKNO_ADMIN_PASSWORD_FILE": path})
	if l.config.AdminPassword != "correct horse" {
		t.Errorf("password = %q", l.config.AdminPassword)
	}
}

func TestEveryFaultIsReportedAtOnce(t *testing.T) {
	file := write(t, "lissten: 127.0.0.1:1\npublic-url: {a: b}\n")
	l := load(t, map[string]string{
		"OKNO_CONFIG": file, "OKNO_LISTEN": "8080", "OKNO_PUBLIC_URL": "https://example.com/desk",
		"OKNO_DATABASE": "mysql://user:canary@host/db", "OKNO_LOG_LEVEL": "loud", "OKNO_TRUST_PROXIES": "10.0.0.0/8, nginx",
		"OKNO_ADMIN_PASSWORD_FILE": "/does/not/exist", "OKNO_ADMIN_EMAIL": "nobody", "OKNO_METRICS_TOKEN": "canary",
	}, "--data", "", "--log-format", "xml")
	err := config.Validate(l.config, l.sources)
	if err == nil {
		t.Fatal("no fault reported")
	}
	for _, want := range []string{
		file + ` line 1: there is no setting "lissten"`, file + " line 2: public-url takes one value",
		"listen (environment OKNO_LISTEN)", "public-url (", "database (environment OKNO_DATABASE)",
		`trust-proxies (environment OKNO_TRUST_PROXIES): "nginx" is no address`, "log-level (", "log-format (flag --log-format)", "data (flag --data)", "admin-email (",
		"OKNO_ADMIN_PASSWORD_FILE: cannot read", "admin-password (", "metrics-token (environment OKNO_METRICS_TOKEN)",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("faults lack %q:\n%v", want, err)
		}
	}
	if strings.Contains(err.Error(), "canary") {
		t.Errorf("a fault repeats a password: %v", err)
	}
}

func TestBrokenYAMLNamesItsLine(t *testing.T) {
	l := load(t, nil, "--config", write(t, "data: x\nlisten: [1\n"))
	err := config.Validate(l.config, l.sources)
	if err == nil || !strings.Contains(err.Error(), "okno.yaml line ") {
		t.Errorf("fault = %v", err)
	}
}

func TestPrintMasksSecrets(t *testing.T) {
	l := load(t, map[string]string{
		"OKNO_DATABASE": "postgres://okno:canary@db/okno", "OKNO_ADMIN_PASSWORD": "canary", "OKNO_METRICS_TOKEN": "canary",
	})
	var out strings.Builder
	if err := config.Print(&out, l.ctx, l.sources); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "canary") {
		t.Errorf("a secret is printed:\n%s", out.String())
	}
	for _, want := range []string{"postgres://okno:xxxxx@db/okno", "environment OKNO_ADMIN_PASSWORD", "127.0.0.1:8080"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("output lacks %q:\n%s", want, out.String())
		}
	}
	if lines := strings.Count(out.String(), "\n"); lines > 15 {
		t.Errorf("%d settings; at most 15", lines)
	}
}

func TestProxies(t *testing.T) {
	got := config.Config{TrustProxies: "10.0.0.0/8, ::1,127.0.0.1"}.Proxies()
	if want := []string{"10.0.0.0/8", "::1", "127.0.0.1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestURL(t *testing.T) {
	for _, c := range []struct{ public, addr, want string }{
		{"", "127.0.0.1:8080", "http://127.0.0.1:8080"},
		{"", "[::]:8080", "http://localhost:8080"},
		{"", ":8080", "http://localhost:8080"},
		{"https://help.example.com", "127.0.0.1:8080", "https://help.example.com"},
	} {
		if got := (config.Config{PublicURL: c.public}).URL(c.addr); got != c.want {
			t.Errorf("URL(%q, %q) = %q, want %q", c.public, c.addr, got, c.want)
		}
	}
}
