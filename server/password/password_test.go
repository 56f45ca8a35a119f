package password_test

import (
	"strings"
	"testing"

	"okno/server/password"
)

func TestHashMatchesItsPasswordOnly(t *testing.T) {
	h := password.New()
	hash, err := h.Hash("correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %q has other parameters", hash)
	}
	for password, want := range map[string]bool{"correct horse battery": true, "correct horse batterY": false, "": false} {
		if got, err := h.Matches(password, hash); err != nil || got != want {
			t.Errorf("Matches(%q) = %v, %v; want %v", password, got, err, want)
		}
	}
}

func TestHashesOfOnePasswordDiffer(t *testing.T) {
	h := &password.Hasher{Quick: true}
	a, errA := h.Hash("same")
	b, errB := h.Hash("same")
	if errA != nil || errB != nil || a == b {
		t.Errorf("hashes %q and %q, errors %v, %v", a, b, errA, errB)
	}
}

func TestBrokenHashIsAnError(t *testing.T) {
	if _, err := password.New().Matches("x", "no hash"); err == nil {
		t.Error("no error")
	}
}
