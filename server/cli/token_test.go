package cli_test

import (
	"context"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"okno/server"
	"okno/server/config"
)

var secret = regexp.MustCompile(`^okno_[a-z2-7]{52}\n$`)

// TestTokensAreMadeWhetherTheDeskRunsOrNot makes one in a folder that is not
// there yet, uses it on the desk that starts over it, and makes and ends others
// beside that desk.
func TestTokensAreMadeWhetherTheDeskRunsOrNot(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	early := run(t, nil, "token", "create", "--name", "early", "--scope", "read", "--data", dir)
	if early.code != 0 || !secret.MatchString(early.out) || early.err != "" {
		t.Fatalf("before the first start: %+v", early)
	}
	ask := running(t, dir)
	late := run(t, nil, "token", "create", "--name", "late", "--scope", "admin", "--expires", "90d", "--data", dir)
	if late.code != 0 || !secret.MatchString(late.out) {
		t.Fatalf("beside the desk: %+v", late)
	}
	for _, token := range []string{early.out, late.out} {
		if status := ask(strings.TrimSpace(token)); status != http.StatusOK {
			t.Errorf("the desk answers %d", status)
		}
	}
	list := run(t, nil, "token", "list", "--data", dir)
	if !regexp.MustCompile(`late +admin +works until`).MatchString(list.out) || strings.Contains(list.out, "okno_") {
		t.Errorf("the list is\n%s", list.out)
	}
	if s := run(t, nil, "token", "revoke", "late", "--data", dir); s.code != 0 {
		t.Errorf("revoking: %+v", s)
	}
	if status := ask(strings.TrimSpace(late.out)); status != http.StatusUnauthorized {
		t.Errorf("the desk answers %d to a revoked token", status)
	}
	for want, args := range map[string][]string{
		"--scope must be one of":           {"create", "--name", "n", "--scope", "root"},
		"is not a time such as":            {"create", "--name", "n", "--scope", "read", "--expires", "soon"},
		"nobody signs in as":               {"create", "--name", "n", "--scope", "read", "--as", "no@body.example"},
		"no working token is called other": {"revoke", "other"},
	} {
		if s := run(t, nil, append([]string{"token", "--data", dir}, args...)...); s.code == 0 || s.out != "" || !strings.Contains(s.err, want) {
			t.Errorf("%v: %+v, want %q", args, s, want)
		}
	}
}

// running starts a desk over dir and answers how it answers a token.
func running(t *testing.T, dir string) (ask func(token string) int) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	srv, err := server.New(ctx, config.Config{Data: dir, Listen: "127.0.0.1:0"}, server.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return func(token string) int {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL()+"/api/v1/me", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := res.Body.Close(); err != nil {
			t.Error(err)
		}
		return res.StatusCode
	}
}
