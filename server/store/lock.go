package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// LockedError says that another process works in the data directory.
type LockedError struct {
	Dir string
	PID int // 0 when the owner has not written it yet
}

// Error implements error.
func (e *LockedError) Error() string {
	return fmt.Sprintf("data directory %s is in use by process %d", e.Dir, e.PID)
}

// dirLock is a held lock. The operating system drops it with the process, so a
// file left by a crash never blocks; the pid inside is for people.
type dirLock struct{ file *os.File }

// lockDir makes the directory and locks it; no directory, no lock.
func lockDir(dir string) (*dirLock, error) {
	if dir == "" {
		return &dirLock{}, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault(fmt.Errorf("make data directory: %w", err))
	}
	f, err := os.OpenFile(filepath.Join(dir, "okno.lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock file: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(refusal(dir, f, err), f.Close())
	}
	return &dirLock{file: f}, sign(f)
}

// refusal says who holds the lock.
func refusal(dir string, f *os.File, err error) error {
	if !errors.Is(err, syscall.EWOULDBLOCK) {
		return fmt.Errorf("lock data directory: %w", err)
	}
	pid := make([]byte, 20)
	n, _ := f.ReadAt(pid, 0)
	owner, _ := strconv.Atoi(strings.TrimSpace(string(pid[:n])))
	return &LockedError{Dir: dir, PID: owner}
}

// sign writes our pid. A full disk must not keep the desk from starting, so
// only the pid is missing then.
func sign(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return fmt.Errorf("empty lock file: %w", err)
	}
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	if err != nil && !isDisk(err) {
		return fmt.Errorf("write lock file: %w", err)
	}
	return nil
}

func (l *dirLock) release() error {
	if l.file == nil {
		return nil
	}
	return l.file.Close()
}
