// Package locale owns the words people read: flat JSON files, one folder per
// language, merged at start. A key is dotted and lower case; its value is a
// text/template, or one text per plural form (CLDR) chosen by "count".
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed en/*.json ru/*.json
var files embed.FS

// Languages are the languages of the desk; the first is the default.
func Languages() []string { return []string{"en", "ru"} }

// Catalog holds the words of every language. It is safe for concurrent use.
type Catalog struct {
	localizers map[string]*i18n.Localizer
	plain      map[phrase]string // texts without plural forms
	cut        sync.Map          // those of them that were asked for, by phrase: parts
}

// phrase is a text in a language.
type phrase struct{ lang, key string }

// New reads every embedded file.
func New() (*Catalog, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	c := &Catalog{localizers: map[string]*i18n.Localizer{}, plain: map[phrase]string{}}
	for _, lang := range Languages() {
		if err := c.load(bundle, lang); err != nil {
			return nil, err
		}
		c.localizers[lang] = i18n.NewLocalizer(bundle, lang)
	}
	return c, nil
}

func (c *Catalog) load(bundle *i18n.Bundle, lang string) error {
	names, err := fs.Glob(files, lang+"/*.json")
	if err != nil {
		return fmt.Errorf("list words: %w", err)
	}
	for _, name := range names {
		body, err := files.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		base := strings.TrimSuffix(path.Base(name), ".json")
		read, err := bundle.ParseMessageFileBytes(body, base+"."+lang+".json")
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		for _, m := range read.Messages {
			if m.Zero+m.One+m.Two+m.Few+m.Many == "" {
				c.plain[phrase{lang, m.ID}] = m.Other
			}
		}
	}
	return nil
}

// T answers the translator of a language; an unknown one gets the default. Its
// arguments are "name", value pairs; "count" also chooses the plural form. A
// key without words is answered as it is, so that it can be found and mended.
func (c *Catalog) T(lang string) func(key string, args ...any) string {
	if _, ok := c.localizers[lang]; !ok {
		lang = Languages()[0]
	}
	return func(key string, args ...any) string {
		if parts := c.parts(phrase{lang, key}); parts != nil {
			return parts.with(args)
		}
		data := pairs(args)
		text, err := c.localizers[lang].Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: data["count"]})
		if err != nil {
			return key
		}
		return text
	}
}

func pairs(args []any) map[string]any {
	data := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		if name, ok := args[i].(string); ok {
			data[name] = args[i+1]
		}
	}
	return data
}
