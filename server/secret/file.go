package secret

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Load reads the secret from the file, or makes the file with a fresh secret
// when there is none. The file holds 64 hexadecimal digits and is readable by
// its owner only.
func Load(path string) (*Keys, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return create(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read secret file: %w", err)
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(raw)))
	if err != nil {
		return nil, fmt.Errorf("secret file %s holds no 64 hexadecimal digits", path)
	}
	return New(secret)
}

// create writes a whole file beside the path and links it into place, so that
// neither a crash nor a second process can leave or see half a secret.
func create(path string) (*Keys, error) {
	secret := make([]byte, keySize)
	if _, err := rand.Read(secret); err != nil {
		return nil, fmt.Errorf("make a secret: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the secret file: %w", err)
	}
	draft, err := writeDraft(path, hex.EncodeToString(secret)+"\n")
	if err != nil {
		return nil, fmt.Errorf("write secret file: %w", err)
	}
	defer func() { _ = os.Remove(draft) }()
	if err := os.Link(draft, path); errors.Is(err, fs.ErrExist) {
		return Load(path)
	} else if err != nil {
		return nil, fmt.Errorf("put secret file in place: %w", err)
	}
	return New(secret)
}

// writeDraft stores the text in a temporary file (mode 0600) beside path.
func writeDraft(path, text string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".secret-*")
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(text)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}
