package server_test

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// pack is one package of the tree.
type pack struct {
	dir   string // from the root, "" for main
	files []sourceFile
}

type sourceFile struct {
	path  string // from the root
	test  bool
	lines int
	fset  *token.FileSet
	ast   *ast.File
}

// imports answers the import paths of the package's own files, tests aside.
func (p pack) imports() map[string]string {
	found := map[string]string{}
	for _, f := range p.files {
		if f.test {
			continue
		}
		for _, i := range f.ast.Imports {
			name, _ := strconv.Unquote(i.Path.Value)
			found[name] = f.fset.Position(i.Pos()).String()
		}
	}
	return found
}

// packages parses the tree, without comments in bodies and without test data.
func packages(t *testing.T) []pack {
	t.Helper()
	byDir := map[string]*pack{}
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skipDir(name, d)
		}
		if strings.HasSuffix(name, ".go") {
			return addFile(byDir, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []pack
	for _, p := range byDir {
		all = append(all, *p)
	}
	slices.SortFunc(all, func(a, b pack) int { return strings.Compare(a.dir, b.dir) })
	return all
}

func skipDir(name string, d fs.DirEntry) error {
	base := d.Name()
	hidden := strings.HasPrefix(base, ".") && name != ".."
	if hidden || base == "testdata" || base == "node_modules" || base == "okno-data" {
		return filepath.SkipDir
	}
	return nil
}

func addFile(byDir map[string]*pack, name string) error {
	src, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("parse %s: %w", name, err)
	}
	rel := filepath.ToSlash(strings.TrimPrefix(name, ".."+string(filepath.Separator)))
	dir := strings.TrimPrefix(path.Dir(rel), ".")
	if byDir[dir] == nil {
		byDir[dir] = &pack{dir: dir}
	}
	byDir[dir].files = append(byDir[dir].files, sourceFile{
		path: rel, test: strings.HasSuffix(rel, "_test.go"), lines: strings.Count(string(src), "\n"), fset: fset, ast: file,
	})
	return nil
}

func onlyTests(p pack) bool {
	return !slices.ContainsFunc(p.files, func(f sourceFile) bool { return !f.test })
}

func lawOf(dir string) (law, bool) {
	for _, l := range laws() {
		if matches(l.pkg, dir) {
			return l, true
		}
	}
	return law{}, false
}

func allowed(dir, ours string) bool {
	l, ok := lawOf(dir)
	return ok && matchesAny(l.may, ours)
}

func ruleOf(dir string) string {
	if l, ok := lawOf(dir); ok {
		return l.rule
	}
	return fmt.Sprintf("the plan has no room %q; add it to the laws in this test", dir)
}

func matchesAny(patterns []string, dir string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, dir) })
}

// matches understands "...", "folder/..." (the folder and all below),
// "folder/*" (one level below) and plain paths.
func matches(pattern, dir string) bool {
	switch {
	case pattern == "...":
		return true
	case strings.HasSuffix(pattern, "/..."):
		return under(dir, strings.TrimSuffix(pattern, "/..."))
	case strings.HasSuffix(pattern, "/*"):
		return path.Dir(dir) == strings.TrimSuffix(pattern, "/*")
	default:
		return pattern == dir
	}
}

func under(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, folder+"/")
}

func standard(name string) bool {
	p, err := build.Import(name, "", build.FindOnly)
	return err == nil && p.Goroot
}

// selector answers "time.Now" for that expression, "" for others.
func selector(n ast.Node) string {
	s, ok := n.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	if x, ok := s.X.(*ast.Ident); ok {
		return x.Name + "." + s.Sel.Name
	}
	return ""
}
