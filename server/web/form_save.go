package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
	"okno/ui"
	"okno/ui/editor"
)

// saveTries is how often a change is made anew because another part of the same
// type was saved at the same moment.
const saveTries = 5

// saveDraftPart keeps what is typed at one place of a request type. It comes
// while somebody types, with every small button of the form, and from the chat
// beside it, which changes nothing.
func (w *Web) saveDraftPart(c *gin.Context, env ui.Env) error {
	d, err := w.draftOf(c, env)
	if err != nil {
		return err
	}
	if chatting(c) {
		return w.draftShown(c, env, http.StatusOK, d)
	}
	for range saveTries {
		typed := withTyped(c, env, d)
		if clash(c, d, typed) {
			typed.Clash = true
			return w.draftShown(c, env, http.StatusConflict, typed)
		}
		if err = w.keepDraft(c, env, &typed, d); tickets.KindOf(err) != tickets.Conflict {
			return w.savedShown(c, env, typed, err)
		}
		if d, err = w.draftOf(c, env); err != nil {
			return err
		}
	}
	return err
}

// withTyped is a draft with what the form has at the place that is chosen.
func withTyped(c *gin.Context, env ui.Env, d editor.Draft) editor.Draft {
	do := c.PostForm("do")
	switch d.At.Kind {
	case editor.OneStep:
		s := typedStep(c, env, d)
		s, d.Focus = stepButton(d, s, do)
		d.Type = edit.PutStep(d.Type, s)
	case editor.OneStage:
		s := typedStage(c, env, d)
		s, d.Focus = stageButton(d, s, do)
		d.Type = edit.PutStage(d.Type, s)
	case editor.Settings, editor.NewStep:
		d.Type = typedSettings(c, d.Type)
	}
	return d
}

// clash says that what is chosen was changed elsewhere after this form was
// drawn, and to something else than what it has.
func clash(c *gin.Context, stored, typed editor.Draft) bool {
	return c.PostForm("do") != "force" && c.PostForm("mark") != stored.Mark && markAt(typed) != stored.Mark
}

// keepDraft stores a changed draft; one that is as it was is left alone.
func (w *Web) keepDraft(c *gin.Context, env ui.Env, typed *editor.Draft, stored editor.Draft) error {
	if markAt(*typed) == stored.Mark {
		return nil
	}
	kept, err := w.Tickets.SaveRequestDraft(c.Request.Context(), tickets.AsAgent(env.Agent), typed.Type, stored.Revision)
	if err != nil {
		return err
	}
	typed.RequestDraft = kept
	typed.Mark = markAt(*typed)
	return nil
}

// savedShown answers a form that was kept: scripts take what they need of the
// page, others are led back to it.
func (w *Web) savedShown(c *gin.Context, env ui.Env, d editor.Draft, err error) error {
	switch {
	case err != nil:
		return err
	case partial(c.Request):
		return w.draftShown(c, env, http.StatusOK, d)
	case d.Focus != "":
		return redirect(c, d.Address(d.At)+"?focus="+url.QueryEscape(d.Focus))
	}
	return redirect(c, d.Address(d.At))
}

// addStep makes a step of the first things known of it.
func (w *Web) addStep(c *gin.Context, env ui.Env) error {
	d, err := w.draftOf(c, env)
	if err != nil {
		return err
	}
	if chatting(c) {
		return w.draftShown(c, env, http.StatusOK, d)
	}
	kind := fields.Type(c.PostForm("type"))
	s := edit.Retype(forms.Step{Type: fields.Text, Label: bilingual(c, "label")}, kind)
	d.Type, s = edit.AddStep(d.Type, s)
	if d.RequestDraft, err = w.Tickets.SaveRequestDraft(c.Request.Context(), tickets.AsAgent(env.Agent), d.Type, d.Revision); err != nil {
		return err
	}
	return redirect(c, d.Address(editor.Place{Kind: editor.OneStep, Key: s.Key}))
}

// textOf are the words of both languages under a name.
func bilingual(c *gin.Context, name string) forms.Text {
	return forms.Text{EN: strings.TrimSpace(c.PostForm(name + "_en")), RU: strings.TrimSpace(c.PostForm(name + "_ru"))}
}
