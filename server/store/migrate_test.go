package store

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pressly/goose/v3"
)

// next is the real set of migrations and one more.
func next(t *testing.T, sql string) fs.FS {
	t.Helper()
	first, err := migrations.ReadFile("migrations/0001_first.sql")
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{
		"migrations/0001_first.sql": {Data: first},
		"migrations/0002_next.sql":  {Data: []byte("-- +goose Up\n" + sql)},
	}
}

// upgrade migrates a closed database as a newer version would.
func upgrade(t *testing.T, dir, sql string) error {
	t.Helper()
	db, err := connect(t.Context(), fileDSN(filepath.Join(dir, databaseFile)), 1)
	if err != nil {
		t.Fatal(err)
	}
	return errors.Join(migrate(t.Context(), slog.New(slog.DiscardHandler), db, goose.DialectSQLite3, next(t, sql), dir), db.Close())
}

// setting reads a setting with a store of its own.
func setting(t *testing.T, dir string) string {
	t.Helper()
	s, err := Open(context.Background(), Options{Dir: dir, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Setting(t.Context(), "a")
	if err = errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestDatabaseIsCopiedBeforeItIsMigrated(t *testing.T) {
	dir := t.TempDir()
	version(t, dir, `INSERT INTO settings (key, value) VALUES ('a', 'kept')`)
	if err := upgrade(t, dir, "UPDATE settings SET value = 'changed';"); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(dir, "backup-before-2.db")
	_, err := Open(t.Context(), Options{Dir: dir, Now: time.Now})
	var newer *NewerSchemaError
	if !errors.As(err, &newer) || newer.Found != 2 || newer.Known != 1 || newer.Backup != copied {
		t.Fatalf("this version on the newer schema: %v", err)
	}
	info, err := os.Stat(copied)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("copy %v, %v", info, err)
	}
	restored := t.TempDir()
	if err := os.Rename(copied, filepath.Join(restored, databaseFile)); err != nil {
		t.Fatal(err)
	}
	if got := setting(t, restored); got != "kept" {
		t.Errorf("the copy holds %q", got)
	}
}

func TestFailedMigrationChangesNothing(t *testing.T) {
	dir := t.TempDir()
	version(t, dir, `INSERT INTO settings (key, value) VALUES ('a', 'kept')`)
	if err := upgrade(t, dir, "UPDATE settings SET value = 'changed';\nALTER TABLE nowhere ADD COLUMN x TEXT;"); err == nil {
		t.Fatal("a broken migration went through")
	}
	if got := setting(t, dir); got != "kept" {
		t.Errorf("after a failed migration the database holds %q", got)
	}
}
