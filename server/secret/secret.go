// Package secret owns the desk's one secret: a random key in a file of its own.
// From it come one key to encrypt what is kept at rest (Seal, Open) and one key
// for every purpose something is signed for (Sign, Verify). Who has the file can
// read every stored password, so it is never part of the database; who loses it
// has to type the channels' passwords again.
package secret

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/nacl/secretbox"
)

const (
	keySize   = 32
	nonceSize = 24
	// prefix names the scheme, so that another can follow.
	prefix = "box1:"
)

// ErrSealed is what Open answers for a text that this key did not seal or that
// was altered.
var ErrSealed = errors.New("sealed text does not belong to this key")

// Keys is the secret and what is derived from it. It is safe for concurrent use.
type Keys struct {
	box  [keySize]byte
	sign []byte
}

// New derives the keys from a secret of 32 random bytes.
func New(secret []byte) (*Keys, error) {
	if len(secret) != keySize {
		return nil, fmt.Errorf("secret has %d bytes, not %d", len(secret), keySize)
	}
	box, err := hkdf.Key(sha256.New, secret, nil, "okno seal", keySize)
	if err != nil {
		return nil, fmt.Errorf("derive the sealing key: %w", err)
	}
	sign, err := hkdf.Key(sha256.New, secret, nil, "okno sign", keySize)
	if err != nil {
		return nil, fmt.Errorf("derive the signing key: %w", err)
	}
	return &Keys{box: [keySize]byte(box), sign: sign}, nil
}

// Seal encrypts with a random nonce and answers a text.
func (k *Keys) Seal(plain []byte) (string, error) {
	var nonce [nonceSize]byte
	if _, err := rand.Read(nonce[:]); err != nil {
		return "", fmt.Errorf("make a nonce: %w", err)
	}
	sealed := secretbox.Seal(nonce[:], plain, &nonce, &k.box)
	return prefix + base64.RawStdEncoding.EncodeToString(sealed), nil
}

// Open decrypts what Seal made and answers ErrSealed for anything else.
func (k *Keys) Open(sealed string) ([]byte, error) {
	text, found := strings.CutPrefix(sealed, prefix)
	if !found {
		return nil, ErrSealed
	}
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil || len(raw) < nonceSize {
		return nil, ErrSealed
	}
	plain, ok := secretbox.Open(nil, raw[nonceSize:], (*[nonceSize]byte)(raw), &k.box)
	if !ok {
		return nil, ErrSealed
	}
	return plain, nil
}
