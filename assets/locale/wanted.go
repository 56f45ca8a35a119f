package locale

import "golang.org/x/text/language"

// Wanted is the language of ours that an Accept-Language header asks for; the
// default when it asks for none or cannot be read.
func Wanted(accept string) string {
	tags := make([]language.Tag, 0, len(Languages()))
	for _, l := range Languages() {
		tags = append(tags, language.Make(l))
	}
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		wanted = nil
	}
	_, i, _ := language.NewMatcher(tags).Match(wanted...)
	return Languages()[i]
}
