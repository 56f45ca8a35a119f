package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/ui"
	"okno/ui/portal"
)

// frontPage shows what can be asked for; with words, what of it they find.
func (w *Web) frontPage(c *gin.Context, env ui.Env) error {
	ctx := c.Request.Context()
	catalog, err := w.Tickets.Catalog(ctx, tickets.AsPerson(env.Asker.ID))
	if err != nil {
		return err
	}
	begun, err := w.Begun.BegunForms(ctx, w.owner(c, env))
	if err != nil {
		return fmt.Errorf("read which forms were begun: %w", err)
	}
	query := strings.TrimSpace(c.Query("q"))
	front := portal.Front{Query: query, Sections: sectionsOf(catalog, query, env.Lang, begun)}
	if partial(c.Request) {
		return w.render(c, http.StatusOK, portal.Offer(env, front))
	}
	if env.Asker.ID != 0 {
		waiting, err := w.Tickets.ApprovalsOf(ctx, env.Asker.ID)
		if err != nil {
			return err
		}
		front.Waiting = len(waiting)
	}
	return w.site(c, env, http.StatusOK, env.T("portal.title"), portal.FrontMain(env, front))
}

// sectionsOf are the sections of the menu that offer something, in its order. A
// type whose section is gone comes under the last heading there is.
func sectionsOf(catalog forms.Catalog, query, lang string, begun []string) []portal.Section {
	var out []portal.Section
	for _, t := range catalog.Types {
		if !finds(t, query) {
			continue
		}
		if len(out) == 0 || out[len(out)-1].Key != t.Section {
			out = append(out, sectionOf(catalog.Menu, t.Section, lang))
		}
		last := &out[len(out)-1]
		last.Cards = append(last.Cards, portal.Card{
			Key: t.Key, Name: t.Name.In(lang), About: t.About.In(lang), Icon: t.Icon, Begun: slices.Contains(begun, t.Key),
		})
	}
	return out
}

func sectionOf(menu forms.Menu, key, lang string) portal.Section {
	for _, s := range menu.Sections {
		if s.Key == key {
			return portal.Section{Key: key, Name: s.Name.In(lang), Icon: s.Icon}
		}
	}
	return portal.Section{Key: key, Name: key}
}

// finds says that every word of a query begins a word by which a request type is
// known, in either language.
func finds(t forms.RequestType, query string) bool {
	text := strings.Join(slices.Concat(
		[]string{t.Name.EN, t.Name.RU, t.About.EN, t.About.RU}, t.Keywords.EN, t.Keywords.RU), " ")
	known := wordsOf(text)
	return !slices.ContainsFunc(wordsOf(query), func(wanted string) bool {
		return !slices.ContainsFunc(known, func(word string) bool { return strings.HasPrefix(word, wanted) })
	})
}

// wordsOf are the words of a text as a search compares them.
func wordsOf(text string) []string {
	text = strings.ReplaceAll(strings.ToLower(text), "ё", "е")
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}
