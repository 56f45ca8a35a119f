package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"okno/server/cli"
)

// inspectedKeys are those of one line of `okno mail inspect`, in their order.
const inspectedKeys = "file from to cc subject message_id in_reply_to references date text visible quoted html attachments auto bounce charset_guessed warnings error"

// TestMailInspect reads every mail there is on this machine by the command.
func TestMailInspect(t *testing.T) {
	files := mailCorpus(t)
	lines := inspectFiles(t, 0, files...)
	if len(lines) != len(files) {
		t.Fatalf("%d lines for %d files", len(lines), len(files))
	}
	for i, line := range lines {
		if keys := keysOf(t, line); strings.Join(keys, " ") != inspectedKeys {
			t.Errorf("%s: keys %v", files[i], keys)
		}
		var mail struct{ File, Text, Error string }
		mailMust(t, json.Unmarshal(line, &mail))
		if mail.File != files[i] {
			t.Errorf("line %d is about %s, want %s", i, mail.File, files[i])
		}
	}
	t.Logf("%d mails", len(files))
}

// TestMailInspectMissing answers a line for a file it cannot open, too.
func TestMailInspectMissing(t *testing.T) {
	good := filepath.Join(t.TempDir(), "good.eml")
	mailMust(t, os.WriteFile(good, []byte("Subject: x\n\ny\n"), 0o600))
	lines := inspectFiles(t, 1, "/nonexistent.eml", good)
	if len(lines) != 2 || !bytes.Contains(lines[0], []byte("no such file")) || !bytes.Contains(lines[1], []byte(`"subject":"x"`)) {
		t.Errorf("lines %s", lines)
	}
	if keys := keysOf(t, lines[0]); strings.Join(keys, " ") != inspectedKeys {
		t.Errorf("keys %v", keys)
	}
}

// mailCorpus is our own test mails and those of others that are installed.
func mailCorpus(t *testing.T) (files []string) {
	t.Helper()
	home, err := os.UserHomeDir()
	mailMust(t, err)
	for _, pattern := range []string{
		filepath.Join("..", "..", "channels", "email", "read", "testdata", "*.eml"),
		filepath.Join(home, "go/pkg/mod/github.com/jhillyerd/enmime*/v2@*/testdata/*/*"),
		filepath.Join(home, "go/pkg/mod/github.com/jhillyerd/enmime@*/testdata/*/*"),
		filepath.Join(home, ".pyenv/versions/*/lib/python3*/test/test_email/data/*.txt"),
		"/usr/lib/python3*/test/test_email/data/*.txt",
	} {
		found, err := filepath.Glob(pattern)
		mailMust(t, err)
		files = append(files, found...)
	}
	files = slices.DeleteFunc(files, func(f string) bool {
		info, err := os.Stat(f)
		return err != nil || info.IsDir()
	})
	if len(files) < 40 {
		t.Fatalf("only %d mails", len(files))
	}
	return files
}

func inspectFiles(t *testing.T, code int, files ...string) (lines [][]byte) {
	t.Helper()
	var out, errs bytes.Buffer
	got := cli.Run(t.Context(), cli.Process{Args: append([]string{"mail", "inspect"}, files...), Lookup: func(string) (string, bool) { return "", false }, Out: &out, Err: &errs})
	if got != code {
		t.Fatalf("exit code %d, want %d: %s", got, code, errs.String())
	}
	s := bufio.NewScanner(&out)
	s.Buffer(nil, 64<<20)
	for s.Scan() {
		lines = append(lines, bytes.Clone(s.Bytes()))
	}
	mailMust(t, s.Err())
	return lines
}

// keysOf are the keys of an object in the order they stand in.
func keysOf(t *testing.T, line []byte) (keys []string) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(line))
	_, err := d.Token()
	mailMust(t, err)
	for d.More() {
		key, err := d.Token()
		mailMust(t, err)
		keys = append(keys, key.(string))
		var value json.RawMessage
		mailMust(t, d.Decode(&value))
	}
	return keys
}
