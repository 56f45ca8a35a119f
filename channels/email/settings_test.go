package email

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"okno/channels"
)

func TestValidate(t *testing.T) {
	good := func() channels.Connection {
		return channels.Connection{
			Settings: map[string]string{"address": helpAddress, "imap_host": "imap.example.test", "smtp_host": "smtp.example.test"},
			Secrets:  map[string]string{"imap_password": "secret"},
		}
	}
	for _, c := range []struct {
		name   string
		change func(channels.Connection)
		faults []string
	}{
		{"good", func(channels.Connection) {}, nil},
		{"nothing", func(c channels.Connection) { clear(c.Settings); clear(c.Secrets) }, []string{"address", "imap_host", "imap_password", "smtp_host"}},
		{"address with a name", func(c channels.Connection) { c.Settings["address"] = "Help <help@example.test>" }, []string{"address"}},
		{"page as host", func(c channels.Connection) { c.Settings["imap_host"] = "https://mail.example.test/" }, []string{"imap_host"}},
		{"port in the host", func(c channels.Connection) { c.Settings["smtp_host"] = "mail.example.test:25" }, []string{"smtp_host"}},
		{"address of IP version 6", func(c channels.Connection) { c.Settings["smtp_host"] = "::1" }, nil},
		{"port", func(c channels.Connection) { c.Settings["imap_port"] = "99999" }, []string{"imap_port"}},
		{"choice", func(c channels.Connection) { c.Settings["imap_security"] = "ssl3" }, []string{"imap_security"}},
		{"own sign-in", func(c channels.Connection) { c.Settings["smtp_sign_in"] = "own" }, []string{"smtp_password", "smtp_user"}},
		{"provider", func(c channels.Connection) { c.Settings["auth"] = authGoogle; clear(c.Secrets) }, []string{"google_client_id", "google_client_secret"}},
	} {
		conn := good()
		c.change(conn)
		if got := slices.Sorted(maps.Keys(Kind().Validate(conn))); !slices.Equal(got, c.faults) {
			t.Errorf("%s: faults %v, want %v", c.name, got, c.faults)
		}
	}
}

// TestEverythingHasWords looks up every label, option, step and reason in both
// languages.
func TestEverythingHasWords(t *testing.T) {
	keys := slices.Concat(fieldKeys(), stepKeys(), reasonKeys(t))
	for _, lang := range []string{"en", "ru"} {
		body, err := os.ReadFile(filepath.Join("../../assets/locale", lang, "email.json"))
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]string
		if err := json.Unmarshal(body, &words); err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if words["channel.email."+key] == "" {
				t.Errorf("%s has no words for %s", lang, key)
			}
		}
	}
}

func fieldKeys() []string {
	var keys []string
	for _, f := range fields() {
		keys = append(keys, f.Key, f.Key+".hint", "group."+f.Group)
		for _, option := range f.Options {
			keys = append(keys, f.Key+"."+option)
		}
	}
	return keys
}

func stepKeys() []string {
	var keys []string
	for _, step := range []string{stepResolve, stepConnect, stepTLS, stepGreet, stepSignIn} {
		keys = append(keys, "check.imap_"+step, "check.smtp_"+step)
	}
	return append(keys, "check.imap_"+stepFolder, "check.smtp_"+stepSender)
}

// reasonKeys finds the codes in the sources that make them.
func reasonKeys(t *testing.T) []string {
	t.Helper()
	var keys []string
	for file, marks := range map[string]map[string]string{
		"reason.go":      {`return "`: "reason."},
		"sendfailure.go": {`sendText("`: "send."},
		"send.go":        {`sendText("`: "send."},
		"validate.go":    {`return "`: "fault."},
	} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for mark, prefix := range marks {
			for _, piece := range strings.Split(string(source), mark)[1:] {
				code, _, _ := strings.Cut(piece, `"`)
				if code != "" && !strings.HasPrefix(code, "_") {
					keys = append(keys, prefix+code)
				}
			}
		}
	}
	return append(keys, "warning.large", "warning.refused", "reason.password_google", "reason.password_microsoft")
}
