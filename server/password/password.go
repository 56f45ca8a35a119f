// Package password hashes passwords with argon2id (RFC 9106). A hash carries
// its own parameters, so raising them later leaves old passwords working.
package password

import (
	"fmt"
	"runtime"

	"github.com/alexedwards/argon2id"
)

// Hasher hashes and compares; it implements people.Hasher. The zero value uses
// the parameters for people's passwords.
type Hasher struct {
	// Quick makes hashes that cost nothing, for tests.
	Quick bool
	slots chan struct{}
}

// New makes a Hasher that works on at most as many passwords at once as there
// are processors: each takes 19 MiB, and a flood of sign-ins must not take all
// memory.
func New() *Hasher { return &Hasher{slots: make(chan struct{}, runtime.NumCPU())} }

// params are those OWASP recommends for argon2id: 19 MiB, two passes.
func (h *Hasher) params() *argon2id.Params {
	p := &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	if h.Quick {
		p.Memory, p.Iterations = 64, 1
	}
	return p
}

// Hash answers the hash of a password in the PHC string format.
func (h *Hasher) Hash(password string) (string, error) {
	defer h.enter()()
	hash, err := argon2id.CreateHash(password, h.params())
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// Matches compares in constant time.
func (h *Hasher) Matches(password, hash string) (bool, error) {
	defer h.enter()()
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("compare password: %w", err)
	}
	return ok, nil
}

// enter waits for a slot and answers how to leave it.
func (h *Hasher) enter() (leave func()) {
	if h.slots == nil {
		return func() {}
	}
	h.slots <- struct{}{}
	return func() { <-h.slots }
}
