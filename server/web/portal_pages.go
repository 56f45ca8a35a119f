package web

import (
	"net/url"
	"slices"

	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/ui/portal"
)

// pages are the questions of a form as they are shown one by one: words between
// questions stand with the one after them, or with the last.
func (f *filling) pages() [][]forms.Step {
	var pages [][]forms.Step
	var words []forms.Step
	for _, s := range forms.Asked(f.form, f.Answers) {
		words = append(words, s)
		if s.Type != fields.Info {
			pages, words = append(pages, words), nil
		}
	}
	if len(words) > 0 && len(pages) > 0 {
		pages[len(pages)-1] = append(pages[len(pages)-1], words...)
	} else if len(words) > 0 {
		pages = append(pages, words)
	}
	return pages
}

// pageOf is the place of the page that shows a step, -1 when it is not asked.
func (f *filling) pageOf(step string) int {
	return slices.IndexFunc(f.pages(), func(page []forms.Step) bool {
		return slices.ContainsFunc(page, func(s forms.Step) bool { return s.Key == step })
	})
}

// pageKey names a page by its question, or by its first words.
func pageKey(page []forms.Step) string {
	for _, s := range page {
		if s.Type != fields.Info {
			return s.Key
		}
	}
	return page[0].Key
}

// next is where a form goes on: the first question without an answer, or the
// check of all of them.
func (f *filling) next() string {
	if f.Page {
		return portal.FormAddress(f.form.Key, "/all")
	}
	return f.missing()
}

// missing is where a form that is sent lacks an answer; the check when none does.
func (f *filling) missing() string {
	s, lacks := forms.Next(f.form, f.Answers)
	if !lacks {
		return portal.FormAddress(f.form.Key, "/check")
	}
	return f.address(pageKey(f.pages()[f.pageOf(s.Key)]))
}

// after is the page after one, whether it has an answer or not.
func (f *filling) after(step string) string {
	pages, at := f.pages(), f.pageOf(step)
	if at < 0 || at+1 >= len(pages) {
		return f.missing()
	}
	return f.address(pageKey(pages[at+1]))
}

// before is the page before one.
func (f *filling) before(step string) string {
	if at := f.pageOf(step); at > 0 {
		return f.address(pageKey(f.pages()[at-1]))
	}
	return f.address(step)
}

// last is the last question, from the check.
func (f *filling) last() string {
	if f.Page {
		return portal.FormAddress(f.form.Key, "/all")
	}
	pages := f.pages()
	if len(pages) == 0 {
		return portalHome
	}
	return f.address(pageKey(pages[len(pages)-1]))
}

func (f *filling) address(step string) string {
	return portal.FormAddress(f.form.Key, "/step/"+url.PathEscape(step))
}

// prefill takes what an address answers beforehand, as words or canonical texts.
// What is not taken stands in its input all the same.
func (f *filling) prefill(address *url.URL) {
	query := address.Query()
	if query.Has(aboutTicket) {
		f.query, f.About = address.RawQuery, parseID(query.Get(aboutTicket))
	}
	for _, s := range f.form.Steps {
		typed, given := query[s.Key]
		if !given || s.Type == fields.Files || s.Type == fields.Info {
			continue
		}
		f.query = address.RawQuery
		f.prefillStep(s, joined(s, typed))
	}
}

func (f *filling) prefillStep(s forms.Step, typed string) {
	canonical, err := "", error(nil)
	if s.Type != fields.Person { // whom a name means, is found out when it is sent
		canonical, err = f.parse(s, typed)
	}
	if err != nil || canonical == "" {
		delete(f.Answers, s.Key)
		f.Typed[s.Key] = typed
		return
	}
	delete(f.Typed, s.Key)
	f.Answers[s.Key] = canonical
}

// parse reads what was typed for a step; errors are *fields.Fault.
func (f *filling) parse(s forms.Step, typed string) (string, error) {
	return forms.Parse(s, forms.Options(s, f.lists), typed, f.env.Lang, f.now)
}

// link leads to this form with the answers so far.
func (f *filling) link(public string) string {
	given := forms.Answers{}
	for _, s := range forms.Asked(f.form, f.Answers) {
		if text := f.Answers[s.Key]; text != "" && s.Type != fields.Files && s.Type != fields.Person {
			given[s.Key] = text
		}
	}
	return public + FormPath(f.form.Key, given, 0)
}

// aboutTicket names the ticket that a form goes on with in an address; no step
// can have this key.
const aboutTicket = "about-ticket"

// FormPath is the path of a form that has some answers already. What was said in
// a ticket, by its number, becomes part of the request the form makes; 0: none.
func FormPath(key string, answers forms.Answers, ticket int64) string {
	query := url.Values{}
	for step, answer := range answers {
		query.Set(step, answer)
	}
	if ticket != 0 {
		query.Set(aboutTicket, idText(ticket))
	}
	if len(query) == 0 {
		return portal.FormAddress(key, "")
	}
	return portal.FormAddress(key, "?"+query.Encode())
}
