package forms

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"okno/tickets/fields"
)

// File is what a check knows about a file that was given.
type File struct {
	Name string
	Type string // media type, parameters after it are ignored
	Size int64
}

// CheckFile says whether a step takes a file. Errors are *fields.Fault.
func CheckFile(s Step, f File) error {
	switch {
	case s.Type != fields.Files:
		return fault("form.fault.file.unasked")
	case s.Check.Bytes > 0 && f.Size > s.Check.Bytes:
		return fault("form.fault.file.big", "name", f.Name, "most", strconv.FormatInt(megabytes(s.Check.Bytes), 10))
	case len(s.Check.Files) > 0 && !slices.ContainsFunc(s.Check.Files, f.is):
		return fault("form.fault.file.type", "name", f.Name, "types", strings.Join(s.Check.Files, ", "))
	}
	return nil
}

// megabytes rounds up, so that a limit is never said to be nothing.
func megabytes(bytes int64) int64 {
	const mega = 1 << 20
	return (bytes + mega - 1) / mega
}

// is says whether a file has a media type ("image/png", "image/*") or an ending
// (".pdf").
func (f File) is(wanted string) bool {
	if strings.HasPrefix(wanted, ".") {
		return strings.EqualFold(path.Ext(f.Name), wanted)
	}
	kind, _, _ := strings.Cut(f.Type, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	if family, any := strings.CutSuffix(strings.ToLower(wanted), "*"); any {
		return strings.HasPrefix(kind, family)
	}
	return kind == strings.ToLower(wanted)
}
