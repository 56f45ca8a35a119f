package store

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"okno/tickets"
)

func TestFullDiskRefusesWritesUntilThereIsRoom(t *testing.T) {
	s, err := Open(context.Background(), Options{Dir: t.TempDir(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	limit(t, s, "1") // SQLite takes the present size instead
	err = s.PutSetting(t.Context(), "a", strings.Repeat("x", 1<<20))
	var e *tickets.Error
	if !errors.As(err, &e) || e.Kind != tickets.Unavailable || e.Message != "error.disk_full" {
		t.Fatalf("got %v", err)
	}
	if ok, why := s.Health(); ok || why.Key != "error.disk_full" {
		t.Errorf("health %v, %v", ok, why)
	}
	if _, err := s.Statuses(t.Context()); err != nil {
		t.Errorf("reading: %v", err)
	}
	limit(t, s, "1000000")
	if err := s.Probe(t.Context()); err != nil {
		t.Errorf("probe: %v", err)
	}
	if ok, _ := s.Health(); !ok {
		t.Error("not well again after a write")
	}
}

// fullReader fails as writing to a full disk does.
type fullReader struct{}

func (fullReader) Read([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestFilesWithoutRoomAreSaidUntilOneFindsSome(t *testing.T) {
	now := time.Now()
	s, err := Open(context.Background(), Options{URL: "memory", Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	files := s.Files(t.TempDir())
	broken := func() bool {
		if err := s.Probe(t.Context()); err != nil { // what the database can write says nothing about files
			t.Fatal(err)
		}
		ok, _ := s.Health()
		return !ok
	}
	put := func(r io.Reader) {
		_, _, _ = files.Put(t.Context(), r) // how it ended is read in Health
	}
	put(fullReader{})
	if !broken() {
		t.Error("a file that found no room is not told")
	}
	if put(strings.NewReader("small")); broken() {
		t.Error("a file that found room does not end it")
	}
	put(fullReader{})
	if now = now.Add(time.Minute); broken() {
		t.Error("it is still told when nobody has tried for a minute")
	}
}

func limit(t *testing.T, s *Store, pages string) {
	t.Helper()
	if _, err := s.engine.(*sqliteEngine).db.Exec("PRAGMA max_page_count=" + pages); err != nil {
		t.Fatal(err)
	}
}

func TestNewerSchemaIsRefusedAndOlderOneCopied(t *testing.T) {
	dir := t.TempDir()
	version(t, dir, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)`)
	_, err := Open(t.Context(), Options{Dir: dir, Now: time.Now})
	var newer *NewerSchemaError
	if !errors.As(err, &newer) || newer.Found != 999 {
		t.Fatalf("got %v", err)
	}
	s, err := Open(t.Context(), Options{Dir: t.TempDir(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := copyBefore(t.Context(), s.log, s.engine.(*sqliteEngine).pool, dir, 1); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, "backup-before-2.db")); err != nil || info.Size() == 0 {
		t.Errorf("copy %v, %v", info, err)
	}
}

// version opens a store in dir, runs the statement and closes it.
func version(t *testing.T, dir, sql string) {
	t.Helper()
	s, err := Open(context.Background(), Options{Dir: dir, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
