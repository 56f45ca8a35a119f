package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"okno/channels"
)

var _ channels.Files = (*Files)(nil)

// Files keeps bytes in a directory by their content: blob abcd... lies in
// ab/cd/abcd.... A blob appears whole or not at all and is durable when Put
// returns.
type Files struct {
	dir  string
	told func(err error) // hears how every Put ended
}

// draftName is the pattern of files that are not whole yet.
const draftName = ".part-*"

// NewFiles keeps files in dir, which is made when first needed.
func NewFiles(dir string) *Files { return &Files{dir: dir, told: func(error) {}} }

// Files keeps files in dir as NewFiles does; when they find no room, Health says
// so.
func (s *Store) Files(dir string) *Files {
	f := NewFiles(dir)
	f.told = func(err error) { s.health.filed(err, s.present()) }
	return f
}

// Put implements channels.Files.
func (f *Files) Put(ctx context.Context, r io.Reader) (blob string, size int64, err error) {
	defer func() { f.told(err) }()
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return "", 0, fault(fmt.Errorf("make folder of files: %w", err))
	}
	draft, err := os.CreateTemp(f.dir, draftName)
	if err != nil {
		return "", 0, fault(fmt.Errorf("make file: %w", err))
	}
	defer func() { _ = os.Remove(draft.Name()) }() // gone already after a rename
	blob, size, err = fill(ctx, draft, r)
	if err != nil {
		return "", 0, fault(fmt.Errorf("store file: %w", err))
	}
	if err := f.place(draft.Name(), blob); err != nil {
		return "", 0, fault(fmt.Errorf("place file: %w", err))
	}
	return blob, size, nil
}

// DropDrafts removes what processes that died had begun to put: the drafts last
// written before a time. Nobody may still be at work on one of them.
func (f *Files) DropDrafts(before time.Time) error {
	drafts, err := fs.Glob(os.DirFS(f.dir), draftName)
	if err != nil {
		return fmt.Errorf("look for drafts of files: %w", err)
	}
	for _, draft := range drafts {
		if err := dropDraft(filepath.Join(f.dir, draft), before); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove draft of a file: %w", err)
		}
	}
	return nil
}

func dropDraft(path string, before time.Time) error {
	info, err := os.Stat(path)
	if err != nil || !info.ModTime().Before(before) {
		return err
	}
	return os.Remove(path)
}

// fill streams r to the file and its hash, and makes the file durable.
func fill(ctx context.Context, draft *os.File, r io.Reader) (blob string, size int64, err error) {
	sum := sha256.New()
	size, err = io.Copy(io.MultiWriter(draft, sum), &patient{ctx, r})
	if err == nil {
		err = draft.Sync()
	}
	return hex.EncodeToString(sum.Sum(nil)), size, errors.Join(err, draft.Close())
}

// patient ends a copy when its ctx ends.
type patient struct {
	ctx  context.Context
	from io.Reader
}

// Read implements io.Reader.
func (p *patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.from.Read(b)
}

// place gives the draft its name. Both new folders' names must be durable too.
func (f *Files) place(draft, blob string) error {
	path := f.path(blob)
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := os.Rename(draft, path); err != nil {
		return err
	}
	return errors.Join(syncPath(folder), syncPath(filepath.Dir(folder)), syncPath(f.dir))
}

// Open implements channels.Files.
func (f *Files) Open(_ context.Context, blob string) (io.ReadCloser, error) {
	if raw, err := hex.DecodeString(blob); err != nil || len(raw) != sha256.Size || hex.EncodeToString(raw) != blob {
		return nil, fmt.Errorf("open file: %w", fs.ErrNotExist)
	}
	file, err := os.Open(f.path(blob))
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	return file, nil
}

func (f *Files) path(blob string) string {
	return filepath.Join(f.dir, blob[:2], blob[2:4], blob)
}
