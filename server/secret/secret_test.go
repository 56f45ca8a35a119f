package secret_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"okno/server/secret"
)

func keys(t *testing.T, fill byte) *secret.Keys {
	t.Helper()
	k, err := secret.New(bytes.Repeat([]byte{fill}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestSealOpensOnlyWithItsKey(t *testing.T) {
	k := keys(t, 1)
	for _, plain := range []string{"", "пароль", strings.Repeat("x", 10_000)} {
		sealed, err := k.Seal([]byte(plain))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := k.Open(sealed); err != nil || string(got) != plain {
			t.Errorf("opened %q, %v; want %q", got, err, plain)
		}
		if _, err := keys(t, 2).Open(sealed); !errors.Is(err, secret.ErrSealed) {
			t.Errorf("another key opened it: %v", err)
		}
	}
}

func TestSealNeverRepeats(t *testing.T) {
	k := keys(t, 1)
	first, _ := k.Seal([]byte("same"))
	second, _ := k.Seal([]byte("same"))
	if first == second {
		t.Error("the same text was sealed to the same text twice")
	}
}

func TestOpenRefusesAlteredText(t *testing.T) {
	k := keys(t, 1)
	sealed, err := k.Seal([]byte("token"))
	if err != nil {
		t.Fatal(err)
	}
	altered := []byte(sealed)
	altered[len(altered)-3] ^= 1
	for _, text := range []string{string(altered), "", "token", "box1:", "box1:AAAA", sealed[:20]} {
		if _, err := k.Open(text); !errors.Is(err, secret.ErrSealed) {
			t.Errorf("Open(%q) = %v, want ErrSealed", text, err)
		}
	}
}

func TestVerifyBindsPurposeTicketAndKey(t *testing.T) {
	k := keys(t, 1)
	mark := k.Sign("reply", 12)
	if len(mark) != 16 || mark != strings.ToLower(mark) || strings.ContainsAny(mark, "=+/") {
		t.Errorf("mark %q is not 16 lower-case letters and digits", mark)
	}
	if !k.Verify("reply", 12, mark) || !k.Verify("reply", 12, strings.ToUpper(mark)) {
		t.Error("own mark refused")
	}
	if k.Verify("reply", 13, mark) || k.Verify("message", 12, mark) ||
		keys(t, 2).Verify("reply", 12, mark) || k.Verify("reply", 12, "") || k.Verify("reply", 12, mark[:15]) {
		t.Error("a wrong mark was taken")
	}
	if k.Verify("reply1", 2, mark) {
		t.Error("purpose and number run into each other")
	}
}

func TestLoadMakesTheFileOnceForItsOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "secret.key")
	first, err := secret.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v; want 0600", info.Mode(), err)
	}
	again, err := secret.Load(path)
	if err != nil || again.Sign("reply", 1) != first.Sign("reply", 1) {
		t.Errorf("second load gave another key: %v", err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("%d files left, want only the secret", len(left))
	}
}

func TestLoadAgreesWhenSeveralStartAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	marks := make([]string, 8)
	var wg sync.WaitGroup
	for i := range marks {
		wg.Go(func() {
			if k, err := secret.Load(path); err == nil {
				marks[i] = k.Sign("reply", 1)
			}
		})
	}
	wg.Wait()
	for _, m := range marks {
		if m == "" || m != marks[0] {
			t.Fatalf("marks differ: %q", marks)
		}
	}
}

func TestLoadRefusesBrokenFiles(t *testing.T) {
	for _, text := range []string{"", "abc", strings.Repeat("g", 64), strings.Repeat("ab", 31)} {
		path := filepath.Join(t.TempDir(), "secret.key")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := secret.Load(path); err == nil {
			t.Errorf("a file holding %q was taken", text)
		}
	}
}
