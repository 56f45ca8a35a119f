package cli_test

import (
	"strings"
	"testing"
)

// Whoever reaches a demo is let in, so nobody but this machine may.
func TestDemoListensOnThisMachineOnly(t *testing.T) {
	for _, address := range []string{"0.0.0.0:8080", ":8080", "192.0.2.1:80"} {
		got := run(t, nil, "demo", "--listen", address)
		if got.code != 2 || !strings.Contains(got.err, "this machine only") || got.out != "" {
			t.Errorf("%s: code %d, %q", address, got.code, got.err)
		}
	}
}
