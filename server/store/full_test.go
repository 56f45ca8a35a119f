package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
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
