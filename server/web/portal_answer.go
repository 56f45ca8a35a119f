package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/ui"
	"okno/ui/portal"
)

// answerInput begins the names of the inputs of a form; the key of the step
// follows. See ui/portal.
const stepInput = "a."

// formPage leads to where a form goes on. A form whose address prefills it is
// shown there at once, because nothing is kept yet.
func (w *Web) formPage(c *gin.Context, env ui.Env) error {
	f, err := w.filling(c, env)
	if err != nil {
		return err
	}
	return redirect(c, f.action(f.next()))
}

// stepPage asks one question.
func (w *Web) stepPage(c *gin.Context, env ui.Env) error {
	f, err := w.filling(c, env)
	if err != nil {
		return err
	}
	at := f.pageOf(c.Param("step"))
	if at < 0 {
		return redirect(c, f.action(f.missing())) // not asked any more
	}
	return w.showStep(c, f, http.StatusOK, f.pages()[at], nil)
}

// onePage asks everything on one page.
func (w *Web) onePage(c *gin.Context, env ui.Env) error {
	f, err := w.filling(c, env)
	if err != nil {
		return err
	}
	return w.showPage(c, f, http.StatusOK, nil, "")
}

// answerStep takes the answer to one question and goes on, back, or another way.
// Whatever was typed is kept, also where it is not taken.
func (w *Web) answerStep(c *gin.Context, env ui.Env) error {
	f, err := w.filling(c, env)
	if err != nil {
		return err
	}
	key := c.Param("step")
	at := f.pageOf(key)
	if at < 0 {
		return redirect(c, f.missing())
	}
	page, strict := f.pages()[at], c.PostForm("do") == "next" || c.PostForm("do") == ""
	strict = strict && c.PostForm("remove") == ""
	refused, err := w.takeAll(c, f, page, strict)
	if err != nil {
		return err
	}
	if c.PostForm("do") == "forget" {
		return w.startOver(c, f)
	}
	if err := w.keep(c, f); err != nil {
		return err
	}
	if len(refused) > 0 {
		return w.showStep(c, f, http.StatusUnprocessableEntity, page, refused)
	}
	return redirect(c, f.onward(c, key))
}

// onward is where the button that was pressed leads.
func (f *filling) onward(c *gin.Context, key string) string {
	switch do := c.PostForm("do"); {
	case c.PostForm("remove") != "":
		return f.address(key)
	case do == "back":
		return f.before(key)
	case do == "page":
		return portal.FormAddress(f.form.Key, "/all")
	case c.PostForm("whole") != "":
		return f.missing()
	}
	return f.after(key)
}

// startOver forgets a form and begins it anew.
func (w *Web) startOver(c *gin.Context, f *filling) error {
	if err := w.forget(c, f); err != nil {
		return err
	}
	return redirect(c, portal.FormAddress(f.form.Key, ""))
}

// answerPage takes the answers to all questions of a page. Questions that come up
// by an answer are asked before the form goes on.
func (w *Web) answerPage(c *gin.Context, env ui.Env) error {
	f, err := w.filling(c, env)
	if err != nil {
		return err
	}
	if c.PostForm("do") == "forget" {
		return w.startOver(c, f)
	}
	strict := c.PostForm("do") == "next" && c.PostForm("remove") == "" && !partial(c.Request)
	refused, err := w.takeShown(c, f, strict)
	if err != nil {
		return err
	}
	f.Page = c.PostForm("do") != "steps"
	if err := w.keep(c, f); err != nil {
		return err
	}
	lacks, whether := forms.Next(f.form, f.Answers)
	switch {
	case len(refused) > 0 && !partial(c.Request):
		return w.showPage(c, f, http.StatusUnprocessableEntity, refused, firstRefused(f, refused))
	case partial(c.Request):
		return w.showPage(c, f, http.StatusOK, refused, "")
	case !f.Page:
		return redirect(c, f.missing())
	case strict && !whether:
		return redirect(c, portal.FormAddress(f.form.Key, "/check"))
	}
	return w.showPage(c, f, http.StatusOK, nil, lacks.Key)
}

// firstRefused is the first question in order that was not taken.
func firstRefused(f *filling, refused map[string]string) string {
	for _, s := range forms.Asked(f.form, f.Answers) {
		if refused[s.Key] != "" {
			return s.Key
		}
	}
	return ""
}

// takeShown takes the answers to the questions that stood on the page. What an
// answer hides on the way is not looked at.
func (w *Web) takeShown(c *gin.Context, f *filling, strict bool) (map[string]string, error) {
	shown, refused := c.PostFormArray("on"), map[string]string{}
	for _, s := range f.form.Steps {
		asked := forms.Asked(f.form, f.Answers)
		isAsked := slices.ContainsFunc(asked, func(o forms.Step) bool { return o.Key == s.Key })
		if !isAsked || !slices.Contains(shown, s.Key) {
			continue
		}
		faults, err := w.takeAll(c, f, []forms.Step{s}, strict)
		if err != nil {
			return nil, err
		}
		for key, text := range faults {
			refused[key] = text
		}
	}
	return refused, nil
}

// takeAll takes the answers to some steps and answers what was not taken, by
// step. Strict says that they are meant to be whole: what is missing counts too.
func (w *Web) takeAll(c *gin.Context, f *filling, steps []forms.Step, strict bool) (map[string]string, error) {
	refused := map[string]string{}
	for _, s := range steps {
		err := w.take(c, f, s, strict)
		if err == nil {
			continue
		}
		text, ok := faultText(f.env, err)
		if !ok {
			return nil, err
		}
		refused[s.Key] = text
	}
	return refused, nil
}

// take takes one answer.
func (w *Web) take(c *gin.Context, f *filling, s forms.Step, strict bool) error {
	var unkept error
	if s.Type == fields.Files {
		unkept = w.takeFiles(c, f, s)
	}
	typed := f.typed(c, s)
	if typed == "" && !strict {
		delete(f.Answers, s.Key)
		delete(f.Typed, s.Key)
		return unkept
	}
	canonical, err := w.understood(c.Request.Context(), f, s, typed)
	if err == nil && unkept == nil {
		f.Answers[s.Key] = canonical
		delete(f.Typed, s.Key)
		return nil
	}
	delete(f.Answers, s.Key)
	f.Typed[s.Key] = typed
	return errors.Join(unkept, err)
}

// typed is what the inputs of a step hold, as one text.
func (f *filling) typed(c *gin.Context, s forms.Step) string {
	switch s.Type {
	case fields.Files:
		return fileCount(f.Files[s.Key])
	case fields.Info:
		return ""
	}
	return joined(s, c.PostFormArray(stepInput+s.Key))
}

// joined makes one text of the values of a step: the two days of a period, the
// options that were chosen.
func joined(s forms.Step, values []string) string {
	var kept []string
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			kept = append(kept, v)
		}
	}
	switch {
	case s.Type == fields.Period:
		return strings.Join(kept, "/")
	case s.Type == fields.Many:
		return strings.Join(kept, ",")
	case len(kept) == 0:
		return ""
	}
	return kept[0]
}

// understood answers the canonical text of what was typed. Whom a name means,
// says the directory.
func (w *Web) understood(ctx context.Context, f *filling, s forms.Step, typed string) (string, error) {
	if s.Type != fields.Person || typed == "" {
		return f.parse(s, typed)
	}
	if before := f.Answers[s.Key]; before != "" && f.inputText(s, before) == typed {
		return before, nil
	}
	if typed == f.env.Asker.Name && f.env.Asker.ID != 0 {
		return f.parse(s, f.me())
	}
	p, err := w.personNamed(ctx, f.env, typed)
	if err != nil {
		return "", err
	}
	return f.parse(s, fields.PersonText(p.ID, p.Name))
}

// removedFile takes a file away that the page asked to remove.
func removedFile(c *gin.Context, key string, list []tickets.File) []tickets.File {
	step, place, _ := strings.Cut(c.PostForm("remove"), " ")
	if step != key {
		return list
	}
	if i := int(parseID(place)); i >= 0 && i < len(list) {
		return slices.Delete(slices.Clone(list), i, i+1)
	}
	return list
}
