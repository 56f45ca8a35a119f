package e2e

import (
	"bytes"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"okno/server/cli"
	"okno/server/config"
)

// TestFilledDeskHasFaultlessBooksAndOpens fills a directory by the command line,
// looks at its database from outside, and signs in by the printed link.
func TestFilledDeskHasFaultlessBooksAndOpens(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	said := filled(t, dir)
	for _, want := range []string{"400 tickets, 80 of them open", "1,200 messages", "5,000 people, 30 agents, 10 teams", "Content hash "} {
		if !strings.Contains(said, want) {
			t.Errorf("the command did not say %q:\n%s", want, said)
		}
	}
	books := openBooks(t, dir)
	books.check()
	books.close()

	link := regexp.MustCompile(`/join/\S+`).FindString(said)
	s := newStage(t, config.Config{Data: dir, Listen: "127.0.0.1:0"})
	ada := s.caller()
	ada.do(http.MethodPost, link, url.Values{"name": {"Ada"}, "password": {"correct horse 9"}, "language": {"en"}})
	if _, page := ada.do(http.MethodGet, "/tickets?view=open", nil); strings.Count(page, "/tickets/") < 50 {
		t.Errorf("the list of a filled desk:\n%.2000s", page)
	}
	s.ok(s.stop())
}

// filled runs okno demo --fill.
func filled(t *testing.T, dir string) string {
	t.Helper()
	var out, errs bytes.Buffer
	none := func(string) (string, bool) { return "", false }
	args := []string{"demo", "--fill", "400", "--seed", "7", "--data", dir}
	if code := cli.Run(t.Context(), cli.Process{Args: args, Lookup: none, Out: &out, Err: &errs, Now: time.Now}); code != 0 {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	return out.String()
}
