package server

import (
	"sync"

	"okno/server/secret"
)

// lateSealer reads the desk's key when it is first needed, which is after the
// data directory was locked.
type lateSealer struct {
	load   func() (*secret.Keys, error)
	once   sync.Once
	loaded *secret.Keys
	err    error
}

func (l *lateSealer) keys() (*secret.Keys, error) {
	l.once.Do(func() { l.loaded, l.err = l.load() })
	return l.loaded, l.err
}

// Seal implements store.Sealer.
func (l *lateSealer) Seal(plain []byte) (string, error) {
	k, err := l.keys()
	if err != nil {
		return "", err
	}
	return k.Seal(plain)
}

// Open implements store.Sealer.
func (l *lateSealer) Open(sealed string) ([]byte, error) {
	k, err := l.keys()
	if err != nil {
		return nil, err
	}
	return k.Open(sealed)
}
