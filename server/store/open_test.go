package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"okno/server/store"
)

func open(t testing.TB, o store.Options) *store.Store {
	t.Helper()
	o.Now = time.Now
	s, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestSecondStoreOnOneDirectoryIsRefusedWithThePid(t *testing.T) {
	dir := t.TempDir()
	open(t, store.Options{Dir: dir})
	_, err := store.Open(t.Context(), store.Options{Dir: dir, Now: time.Now})
	var locked *store.LockedError
	if !errors.As(err, &locked) || locked.PID != os.Getpid() {
		t.Fatalf("got %v", err)
	}
}

func TestStaleLockFileDoesNotBlock(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "okno.lock"), []byte("999999999999\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, store.Options{Dir: dir})
	if info, err := os.Stat(filepath.Join(dir, "okno.db")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("database file: %v, %v", info.Mode(), err)
	}
}

func TestDataSurvivesReopening(t *testing.T) {
	dir := t.TempDir()
	first, err := store.Open(t.Context(), store.Options{Dir: dir, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(first.PutSetting(t.Context(), "a", "1"), first.Close()); err != nil {
		t.Fatal(err)
	}
	if err := first.PutSetting(t.Context(), "a", "2"); !errors.Is(err, store.ErrClosed) {
		t.Errorf("write after Close: %v", err)
	}
	if got, err := open(t, store.Options{Dir: dir}).Setting(t.Context(), "a"); got != "1" || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
}
