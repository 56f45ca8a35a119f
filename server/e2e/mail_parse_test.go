package e2e

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"testing"
)

// parser reads a mail as Python's email package does, which is stricter than
// any mail program.
const parser = `
import email, email.policy, hashlib, json, sys
m = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
out = {"defects": [], "headers": {}, "files": {}, "text": "", "html": ""}
for name in m.keys():
    out["headers"].setdefault(name.lower(), []).append(str(m[name]))
for part in m.walk():
    out["defects"] += [repr(d) for d in part.defects]
    out["defects"] += [name + ": " + repr(d) for name in part.keys() for d in getattr(part[name], "defects", [])]
for kind in ("plain", "html"):
    body = m.get_body((kind,))
    if body:
        out["text" if kind == "plain" else "html"] = body.get_content()
for part in m.iter_attachments():
    out["files"][part.get_filename()] = hashlib.sha256(part.get_payload(decode=True)).hexdigest()
json.dump(out, sys.stdout)
`

// parsed is a mail as another program understands it.
type parsed struct {
	Defects    []string            `json:"defects"`
	Headers    map[string][]string `json:"headers"` // lower-case names
	Files      map[string]string   `json:"files"`   // SHA-256 by name
	Text, HTML string
}

// header is the only value of a header, "" when it is missing.
func (p parsed) header(t *testing.T, name string) string {
	t.Helper()
	switch values := p.Headers[name]; len(values) {
	case 0:
		return ""
	case 1:
		return values[0]
	default:
		t.Errorf("%s stands %d times", name, len(values))
		return values[0]
	}
}

func parsedMail(t *testing.T, raw []byte) (p parsed) {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		peer(t, "needs another reader of mail: install Debian's package python3")
	}
	c := exec.CommandContext(t.Context(), python, "-c", parser)
	c.Stdin = bytes.NewReader(raw)
	out, err := c.Output()
	mailMust(t, err)
	mailMust(t, json.Unmarshal(out, &p))
	if len(p.Defects) > 0 {
		t.Errorf("defects: %v", p.Defects)
	}
	return p
}
