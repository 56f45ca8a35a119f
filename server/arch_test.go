package server_test

import (
	"go/ast"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// The plan of the house, as a test. The tables below are the law; the
// sentences a failure prints say which line of it was broken.

// law says which packages of ours a package may import. A trailing /... means
// a folder and everything below it.
type law struct {
	pkg  string
	may  []string
	rule string
}

// laws are tried in turn; the first whose pkg matches holds.
func laws() []law {
	parts := []string{"channels", "channels/markdown", "channels/sanitise"}
	rooms := []string{
		"tickets/...", "kb", "channels", "channels/hub", "channels/dialog", "channels/markdown", "channels/sanitise",
		"ui/...", "assets/...", "server/...",
	}
	return []law{
		{"", []string{"server/cli"}, "main parses the command line and runs it: it imports server/cli only"},
		{"server", []string{"..."}, "the builder may import everything"},
		{"server/cli", append(slices.Clone(rooms), "server", "channels/email/read"), "sub-commands stand above the builder; of the adapters they know only the mail reader, for 'mail inspect'"},
		{"server/...", rooms, "parts of the server import neither adapters nor kb/index; only the builder does"},
		{"tickets/sla", nil, "tickets/sla is pure: standard library only"},
		{"tickets/forms", []string{"tickets/fields"}, "tickets/forms is pure: the standard library, and the fields its steps are made of"},
		{"tickets/fields", nil, "tickets/fields is pure: standard library only"},
		{"tickets/people", nil, "tickets/people is pure: standard library only"},
		{"tickets", []string{"tickets/sla", "tickets/forms", "tickets/fields", "tickets/people"}, "tickets imports its own sub-packages and nothing else of ours"},
		{"tickets/...", []string{"tickets/..."}, "rooms of the domain import the domain only"},
		{"kb/index", []string{"kb"}, "kb/index imports kb"},
		{"kb", nil, "kb is pure: standard library only"},
		{"channels", nil, "channels is the vocabulary: standard library only"},
		{"channels/markdown", nil, "channels/markdown knows nothing of ours"},
		{"channels/sanitise", nil, "channels/sanitise knows nothing of ours"},
		{"channels/dialog", []string{"channels", "channels/dialog/understand", "channels/markdown", "tickets", "tickets/forms", "tickets/fields", "tickets/people", "kb", "assets/locale"}, "channels/dialog imports channels, their markdown, tickets, kb and assets/locale"},
		{"channels/dialog/understand", []string{"tickets/forms", "tickets/fields", "kb"}, "channels/dialog/understand is pure: forms, the fields they are made of, and the words of kb"},
		{"channels/dialog/dialogtest", []string{"channels", "channels/dialog", "tickets/...", "assets/locale"}, "channels/dialog/dialogtest plays dialogs: it imports what they are made of"},
		{"channels/hub", []string{"channels", "channels/dialog", "channels/dialog/understand", "channels/markdown", "tickets", "tickets/forms", "tickets/fields", "tickets/people"}, "channels/hub imports channels, their markdown, channels/dialog with what it understands, and tickets"},
		{"channels/channeltest", []string{"channels"}, "channels/channeltest imports channels"},
		{"channels/email/...", append(slices.Clone(parts), "channels/channeltest", "channels/email/..."), "an adapter imports channels and its own parts; never tickets, never another adapter"},
		{"channels/telegram/...", append(slices.Clone(parts), "channels/channeltest", "channels/telegram/..."), "an adapter imports channels and its own parts; never tickets, never another adapter"},
		{"channels/*", append(slices.Clone(parts), "channels/channeltest"), "an adapter imports channels; never tickets, never another adapter"},
		{"ui/...", []string{"ui/...", "tickets/...", "kb", "assets/..."}, "ui imports the types of tickets and kb, and assets"},
		{"assets/...", []string{"assets/..."}, "assets imports nothing else of ours"},
	}
}

// library says where a library of others may be imported.
type library struct {
	path  string // an import path or the beginning of one
	where []string
	rule  string
}

func libraries() []library {
	store := []string{"server/store/..."}
	return []library{
		{"database/sql", store, "SQL lives in server/store only"},
		{"github.com/jmoiron/sqlx", store, "SQL lives in server/store only"},
		{"github.com/pressly/goose", store, "migrations live in server/store only"},
		{"modernc.org/sqlite", store, "database drivers live in server/store only"},
		{"github.com/jackc/pgx", store, "database drivers live in server/store only"},
		{"github.com/gin-gonic/gin", []string{"server", "server/web/...", "server/api/...", "server/live/..."}, "gin lives in server/web, server/api, server/live and the builder"},
		{"github.com/blevesearch/bleve", []string{"kb/index"}, "only kb/index knows bleve"},
		{"net/http", []string{"server/...", "channels/...", "assets/..."}, "the domain and the pages know no HTTP"},
	}
}

// pure lists the packages that import the standard library only.
func pure() []string {
	return []string{"tickets", "tickets/sla", "tickets/forms", "tickets/fields", "tickets/people", "channels", "kb", "assets"}
}

// processCalls are the calls only the edge of the process may make.
func processCalls() map[string][]string {
	clocks := []string{"", "server", "server/config"}
	return map[string][]string{"time.Now": clocks, "os.Getenv": clocks, "os.LookupEnv": clocks, "os.Environ": clocks, "os.Exit": clocks}
}

// rooms are the folders and files of the top level, dot-files aside.
func topLevel() []string {
	return []string{"main.go", "go.mod", "go.sum", "README.md", "LICENSE", "server", "channels", "tickets", "kb", "ui", "assets"}
}

// tooLong is the number of lines no file may reach.
const tooLong = 600

func TestPackagesImportOnlyWhatTheyMay(t *testing.T) {
	for _, p := range packages(t) {
		for name, at := range p.imports() {
			ours, isOurs := strings.CutPrefix(name, "okno/")
			if isOurs && !allowed(p.dir, ours) {
				t.Errorf("%s imports %s.\n\tRule: %s.", at, name, ruleOf(p.dir))
			}
			for _, l := range libraries() {
				if under(name, l.path) && !matchesAny(l.where, p.dir) {
					t.Errorf("%s imports %s.\n\tRule: %s.", at, name, l.rule)
				}
			}
			if slices.Contains(pure(), p.dir) && !isOurs && !standard(name) {
				t.Errorf("%s imports %s.\n\tRule: %s imports the standard library only.", at, name, p.dir)
			}
		}
	}
}

func TestEveryPackageHasOneComment(t *testing.T) {
	for _, p := range packages(t) {
		var with []string
		for _, f := range p.files {
			if !f.test && !ast.IsGenerated(f.ast) && f.ast.Doc != nil {
				with = append(with, f.path)
			}
		}
		if len(with) != 1 && !onlyTests(p) {
			t.Errorf("package %q has %d package comments %v.\n\tRule: every package has exactly one, saying what it owns and how it works.", p.dir, len(with), with)
		}
	}
}

func TestFilesAreShort(t *testing.T) {
	for _, p := range packages(t) {
		for _, f := range p.files {
			if f.lines >= tooLong && !ast.IsGenerated(f.ast) {
				t.Errorf("%s has %d lines.\n\tRule: files have 80 to 200 lines and never %d; split it by its nouns.", f.path, f.lines, tooLong)
			}
		}
	}
}

func TestNamesSayWhatIsInside(t *testing.T) {
	forbidden := []string{"util", "utils", "common", "helper", "helpers", "manager", "types", "misc", "base"}
	for _, p := range packages(t) {
		if slices.Contains(forbidden, path.Base(p.dir)) {
			t.Errorf("package %s.\n\tRule: packages are named after what they own, never %q.", p.dir, path.Base(p.dir))
		}
		for _, f := range p.files {
			if slices.Contains(forbidden, strings.TrimSuffix(path.Base(f.path), ".go")) {
				t.Errorf("%s.\n\tRule: files are named after the noun or verb inside.", f.path)
			}
		}
	}
}

func TestOnlyTheEdgeAsksTheProcess(t *testing.T) {
	for _, p := range packages(t) {
		for _, f := range p.files {
			if f.test || strings.HasSuffix(p.dir, "test") {
				continue
			}
			ast.Inspect(f.ast, func(n ast.Node) bool {
				call := selector(n)
				if where, known := processCalls()[call]; known && !slices.Contains(where, p.dir) {
					t.Errorf("%s uses %s.\n\tRule: %s belongs to main, server and server/config; time is given as Now func() time.Time.",
						f.fset.Position(n.Pos()), call, call)
				}
				return true
			})
		}
	}
}

func TestTopLevelIsThePlan(t *testing.T) {
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	ignored := []string{"okno", "okno-data", "shots", "node_modules"} // as .gitignore says
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || slices.Contains(ignored, name) {
			continue
		}
		if !slices.Contains(topLevel(), name) {
			t.Errorf("%s lies at the top.\n\tRule: the top level is %s, LICENSE and dot-files.", name, strings.Join(topLevel(), ", "))
		}
	}
}
