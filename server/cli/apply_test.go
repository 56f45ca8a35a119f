package cli_test

import (
	"strings"
	"testing"

	"okno/server"
	"okno/server/config"
	"okno/tickets"
)

const offers = `sections:
  - key: it
    name: {en: IT, ru: ИТ}
topics:
  - {key: soft, name: {en: Software, ru: Программы}}
lists:
  - key: offices
    name: {en: Offices, ru: Офисы}
    entries:
      - {key: hq, en: Head office, ru: Главный офис}
      - {en: Store, ru: Склад}
requests:
  - key: vpn
    name: {en: Remote access, ru: Удалённый доступ}
    section: it
    team: Support
    steps:
      - {key: where, type: one, list: offices, label: {en: Where?, ru: Где?}}
teams:
  - name: Support
`

func TestRequestTypesAreApplied(t *testing.T) {
	dir := t.TempDir()
	path := file(t, "offers.yaml", offers)
	dry := run(t, nil, "apply", "--dry-run", path, "--data", dir)
	first := run(t, nil, "apply", path, "--data", dir)
	want := "team Support: made\nsection it: made\ntopic soft: made\nlist offices: made\nrequest vpn: made, version 1\n"
	if dry.code != 0 || dry.out != want || first != dry {
		t.Errorf("dry %+v\nfirst %+v", dry, first)
	}
	again := run(t, nil, "apply", path, "--data", dir)
	want = "team Support: unchanged\nsection it: unchanged\ntopic soft: unchanged\nlist offices: unchanged\nrequest vpn: unchanged\n"
	if again.code != 0 || again.out != want {
		t.Errorf("again %+v", again)
	}
	changed := strings.NewReplacer("Remote", "Far", "    team: Support\n", "", "name: {en: IT,", "icon: 💻\n    name: {en: IT,", "Store", "Shop").Replace(offers)
	third := run(t, nil, "apply", file(t, "offers.yaml", changed), "--data", dir)
	want = "team Support: unchanged\nsection it: changed (icon)\ntopic soft: unchanged\nlist offices: changed (entries)\nrequest vpn: changed (name, team), version 2\n"
	if third.code != 0 || third.out != want {
		t.Errorf("third %+v", third)
	}
}

func TestRequestTypesAreAppliedBesideARunningDesk(t *testing.T) {
	c := config.Config{Data: t.TempDir(), Listen: "127.0.0.1:0", LogLevel: "error", LogFormat: "text"}
	desk, err := server.Open(t.Context(), c, server.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = desk.Close() }()
	look := func() int {
		t.Helper()
		c, err := desk.Tickets.Catalog(t.Context(), tickets.AsPerson(1))
		if err != nil {
			t.Fatal(err)
		}
		return len(c.Types)
	}
	text, _, _ := strings.Cut(strings.ReplaceAll(offers, "    team: Support\n", ""), "teams:")
	before := look()
	got := run(t, nil, "apply", file(t, "x.yaml", text), "--data", c.Data)
	if after := look(); got.code != 0 || before != 0 || after != 1 {
		t.Errorf("%+v: %d types, then %d", got, before, after)
	}
}

func TestFaultyRequestTypesAreRefusedWithTheirPlaces(t *testing.T) {
	request := func(rest string) string {
		return "sections:\n  - {key: it, name: {en: IT}}\nrequests:\n  - key: a\n    name: {en: A}\n    section: it\n    steps:\n" +
			"      - {key: s, type: text, label: {en: S}}\n" + rest
	}
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":  {"requests:\n  - kee: a\n", "line 2, column 5: "},
		"no YAML":      {"requests: [\n", "column"},
		"no section":   {"requests:\n  - key: a\n    name: {en: A}\n    section: no\n    steps: [{key: s, type: text, label: {en: S}}]\n", "line 4, column 5: "},
		"two faults":   {"requests:\n  - kee: a\n    neme: b\n", "line 3, column 5: "},
		"no team":      {request("    team: Nobody\n"), "line 9, column 5: There is no team “Nobody”"},
		"menu":         {"topics:\n  - {key: a, parent: b, name: {en: A}}\n", "line 2, column 14: "},
		"list":         {"teams:\n  - name: A\nlists:\n  - {key: A B, name: {en: A}}\n", "line 4, column 6: "},
		"other's line": {"requests: []\nteams:\n  - nmae: A\n", "line 3"},
	} {
		path := file(t, "x.yaml", c.text)
		got := run(t, nil, "apply", path, "--data", t.TempDir())
		if got.code == 0 || !strings.Contains(got.err, path+" ") || !strings.Contains(got.err, c.want) {
			t.Errorf("%s: %+v lacks %q", name, got, c.want)
		}
	}
}
