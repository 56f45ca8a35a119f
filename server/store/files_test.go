package store_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"okno/server/store"
)

func TestFilesAreKeptByContent(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "files")
	files := store.NewFiles(dir)
	first, size, err := files.Put(t.Context(), strings.NewReader("hello"))
	if err != nil || size != 5 || first != "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" {
		t.Fatalf("put %q, %d, %v", first, size, err)
	}
	if again, _, err := files.Put(t.Context(), strings.NewReader("hello")); again != first || err != nil {
		t.Errorf("put again %q, %v", again, err)
	}
	r, err := files.Open(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	if got, err := io.ReadAll(r); string(got) != "hello" || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
	if info, err := os.Stat(filepath.Join(dir, first[:2], first[2:4], first)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info, err)
	}
}

func TestDraftsOfADeadProcessAreDropped(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "files [1]")
	files := store.NewFiles(dir)
	if err := files.DropDrafts(time.Now().Add(time.Hour)); err != nil {
		t.Fatalf("drop drafts before there are files: %v", err)
	}
	blob, _, err := files.Put(t.Context(), strings.NewReader("hello"))
	if err != nil {
		t.Fatal(err)
	}
	draft := filepath.Join(dir, ".part-1")
	if err := os.WriteFile(draft, []byte("hel"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := files.DropDrafts(time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(draft); err != nil {
		t.Errorf("a draft somebody may be writing: %v", err)
	}
	if err := files.DropDrafts(time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(draft); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the draft is still there: %v", err)
	}
	r, err := files.Open(t.Context(), blob)
	if err != nil {
		t.Fatalf("open a whole file: %v", err)
	}
	_ = r.Close()
}

// broken fails after some bytes, as a network does.
type broken struct{ io.Reader }

func (b broken) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func TestFilesRefuseForeignNamesAndHalfFiles(t *testing.T) {
	dir := t.TempDir()
	files := store.NewFiles(dir)
	if _, _, err := files.Put(t.Context(), broken{strings.NewReader("half")}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("put half a file: %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("%d files left", len(left))
	}
	for _, blob := range []string{"", "..", "../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("a", 64)} {
		if _, err := files.Open(t.Context(), blob); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Open(%q) = %v", blob, err)
		}
	}
}
