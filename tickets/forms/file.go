package forms

import (
	"cmp"
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
		return fault("form.fault.file.big", "name", f.Name, "en", megabytes(s.Check.Bytes, "en"), "ru", megabytes(s.Check.Bytes, "ru"))
	case len(s.Check.Files) > 0 && !slices.ContainsFunc(s.Check.Files, f.is):
		return fault("form.fault.file.type", "name", f.Name, "en", Kinds(s.Check.Files, "en"), "ru", Kinds(s.Check.Files, "ru"))
	}
	return nil
}

// megabytes writes a size with one decimal at most, rounded up so that a limit
// is never said to be nothing.
func megabytes(bytes int64, language string) string {
	const tenth = 100_000
	tenths := (bytes + tenth - 1) / tenth
	size := strconv.FormatInt(tenths/10, 10)
	if rest := tenths % 10; rest > 0 {
		size += "." + strconv.FormatInt(rest, 10)
	}
	return fields.Show(fields.Field{Type: fields.Number}, size, language)
}

// Kinds writes file types for people who read language: families of media types
// as words, the others as they are.
func Kinds(types []string, language string) string {
	families := map[string]Text{
		"image/*": {EN: "pictures", RU: "изображения"}, "video/*": {EN: "videos", RU: "видео"}, "audio/*": {EN: "sound", RU: "звук"},
	}
	shown := make([]string, 0, len(types))
	for _, t := range types {
		shown = append(shown, cmp.Or(families[t].In(language), t))
	}
	return strings.Join(shown, ", ")
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
