package web

import (
	"cmp"
	"errors"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/ui"
	"okno/ui/portal"
)

// view is a form as every page of it shows it.
func (w *Web) view(f *filling) portal.Form {
	lang := f.env.Lang
	v := portal.Form{Key: f.form.Key, Name: f.form.Name.In(lang), About: f.form.About.In(lang), Icon: f.form.Icon}
	if f.env.Agent.ID != 0 {
		v.Link = f.link(w.PublicURL)
	}
	return v
}

// action is where a page of a form is sent; what its address prefilled goes along
// until it is kept.
func (f *filling) action(path string) string {
	if f.query == "" {
		return path
	}
	return path + "?" + f.query
}

// showStep answers the page of one question. refused are faults by step.
func (w *Web) showStep(c *gin.Context, f *filling, status int, page []forms.Step, refused map[string]string) error {
	key := pageKey(page)
	v := w.view(f)
	v.Action, v.Whole = f.action(f.address(key)), c.Query("whole") != "" || c.PostForm("whole") != ""
	v.N, v.Of = forms.Progress(f.form, f.Answers, key)
	v.Back = f.pageOf(key) > 0
	v.Error = refused[""]
	for _, s := range page {
		v.Questions = append(v.Questions, f.question(s, refused[s.Key], s.Key == key))
	}
	return w.site(c, f.env, status, v.Name, portal.StepMain(f.env, v))
}

// showPage answers all questions on one page, or they alone when only they were
// asked for. focus names the question to go on with.
func (w *Web) showPage(c *gin.Context, f *filling, status int, refused map[string]string, focus string) error {
	v := w.view(f)
	v.Action = f.action(portal.FormAddress(f.form.Key, "/all"))
	v.Error = refused[""]
	for _, s := range forms.Asked(f.form, f.Answers) {
		v.Questions = append(v.Questions, f.question(s, refused[s.Key], s.Key == focus))
	}
	if partial(c.Request) {
		return w.render(c, status, portal.Questions(f.env, v))
	}
	return w.site(c, f.env, status, v.Name, portal.PageMain(f.env, v))
}

// question is a step as its control shows it.
func (f *filling) question(s forms.Step, refused string, focus bool) portal.Question {
	lang := f.env.Lang
	q := portal.Question{
		Key: s.Key, Type: s.Type, Label: s.Label.In(lang), Help: s.Help.In(lang), Optional: s.Optional,
		Error: refused, Focus: focus, Most: s.Check.Longer, Accept: strings.Join(s.Check.Files, ","),
		Files:  shownFiles(f.Files[s.Key]),
		Upload: portal.FormAddress(f.form.Key, "/files/"+s.Key),
	}
	if s.Type == fields.Money {
		q.Unit = s.Currency
	}
	if s.Type == fields.Person {
		q.Help = cmp.Or(q.Help, f.env.T("portal.person.help"))
	}
	if s.Type != fields.Text && s.Type != fields.Long {
		q.Most = 0
	}
	f.fill(&q, s)
	return q
}

// fill puts the answer so far into a question: what was typed and not taken, what
// was answered, or what the form suggests.
func (f *filling) fill(q *portal.Question, s forms.Step) {
	answer, answered := f.Answers[s.Key]
	if !answered {
		answer = forms.Default(s, f.now, f.me())
	}
	typed, refused := f.Typed[s.Key]
	text := typed
	if !refused {
		text = f.inputText(s, answer)
	}
	switch {
	case s.Type == fields.Period:
		q.Value, q.Until, _ = fields.Days(text)
	case s.Type == fields.YesNo || s.Type.HasOptions():
		q.Options, q.Value = f.options(s), text
		q.Chosen = strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
	default:
		q.Value = text
	}
}

// me is the canonical text for whoever answers, "" while nobody knows who that is.
func (f *filling) me() string {
	if f.env.Asker.ID == 0 {
		return ""
	}
	return fields.PersonText(f.env.Asker.ID, f.env.Asker.Name)
}

// inputText is an answer as its input wants it: browsers write dates in their own
// way and choices go by their keys.
func (f *filling) inputText(s forms.Step, answer string) string {
	switch s.Type {
	case fields.Number, fields.Money, fields.Phone, fields.Plate, fields.Person:
		return forms.Show(s, forms.Options(s, f.lists), answer, f.env.Lang)
	}
	return answer
}

func (f *filling) options(s forms.Step) []ui.Option {
	if s.Type == fields.YesNo {
		return []ui.Option{
			{Value: fields.Yes, Label: forms.Show(s, nil, fields.Yes, f.env.Lang)},
			{Value: fields.No, Label: forms.Show(s, nil, fields.No, f.env.Lang)},
		}
	}
	var out []ui.Option
	for _, o := range forms.Offered(forms.Options(s, f.lists)) {
		out = append(out, ui.Option{Value: o.Key, Label: o.Name(f.env.Lang)})
	}
	return out
}

func shownFiles(list []tickets.File) []portal.File {
	out := make([]portal.File, 0, len(list))
	for _, f := range list {
		out = append(out, portal.File{Name: f.Name, Size: f.Size})
	}
	return out
}

// answerLines are the answers of a form in words.
func answerLines(form forms.RequestType, lists []forms.List, a forms.Answers, lang string) []portal.Line {
	var out []portal.Line
	for _, s := range forms.Asked(form, a) {
		if s.Type == fields.Info {
			continue
		}
		l := portal.Line{Key: s.Key, Label: s.Label.In(lang)}
		if s.Type != fields.Files {
			l.Text = forms.Show(s, forms.Options(s, lists), a[s.Key], lang)
		}
		out = append(out, l)
	}
	return out
}

// faultText is why an answer was not taken; other errors are not for a person.
func faultText(env ui.Env, err error) (string, bool) {
	var f *fields.Fault
	if errors.As(err, &f) {
		return say(env.T, f.Message, f.Args), true
	}
	if e, ok := refusal(err); ok {
		return say(env.T, e.Message, e.Args), true
	}
	return "", false
}
