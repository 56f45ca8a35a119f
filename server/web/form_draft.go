package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
	"okno/ui"
	"okno/ui/editor"
)

// draftPage is the editor of one request type at one of its places.
func (w *Web) draftPage(c *gin.Context, env ui.Env) error {
	d, err := w.draftOf(c, env)
	if err != nil {
		return err
	}
	d.Focus = c.Query("focus")
	return w.draftShown(c, env, http.StatusOK, d)
}

// toDraft leads to the editor from an address that only takes forms.
func (w *Web) toDraft(c *gin.Context, _ ui.Env) error {
	return redirect(c, "/settings/requests/"+url.PathEscape(c.Param("id")))
}

// draftOf is the request type of the address with what is chosen of it.
func (w *Web) draftOf(c *gin.Context, env ui.Env) (editor.Draft, error) {
	id, err := idOf(c)
	if err != nil {
		return editor.Draft{}, err
	}
	ctx := c.Request.Context()
	d := editor.Draft{At: placeOf(c), Teams: env.Rail.Teams}
	if d.RequestDraft, err = w.Tickets.RequestDraft(ctx, tickets.AsAgent(env.Agent), id); err != nil {
		return d, err
	}
	if d.Menu, err = w.Tickets.Menu(ctx); err != nil {
		return d, err
	}
	if d.Lists, err = w.Tickets.Lists(ctx); err != nil {
		return d, err
	}
	if d.Mark = markAt(d); d.Mark == "" {
		return d, tickets.NewError(tickets.Missing, "", "editor.fault.gone")
	}
	return d, nil
}

// placeOf is what an address chooses.
func placeOf(c *gin.Context) editor.Place {
	switch {
	case c.Param("step") != "":
		return editor.Place{Kind: editor.OneStep, Key: c.Param("step")}
	case c.Param("stage") != "":
		return editor.Place{Kind: editor.OneStage, Key: c.Param("stage")}
	case strings.HasSuffix(c.FullPath(), "/add"):
		return editor.Place{Kind: editor.NewStep}
	}
	return editor.Place{Kind: editor.Settings}
}

// markAt tells the state of what is chosen, "" when it is gone. Steps and stages
// are edited at places of their own, so they are no part of the settings.
func markAt(d editor.Draft) string {
	switch d.At.Kind {
	case editor.OneStep:
		if edit.StepAt(d.Type, d.At.Key) >= 0 {
			return edit.Mark(d.Step())
		}
		return ""
	case editor.OneStage:
		if edit.StageAt(d.Type, d.At.Key) >= 0 {
			return edit.Mark(d.Stage())
		}
		return ""
	case editor.Settings, editor.NewStep:
	}
	t := d.Type
	t.Steps, t.Stages = nil, nil
	return edit.Mark([]any{t, t.TeamID})
}

// draftShown draws the editor with everything that is wrong and the chat as far
// as it was played.
func (w *Web) draftShown(c *gin.Context, env ui.Env, status int, d editor.Draft) error {
	d.Flaws = flawsOf(env, d)
	d.Chat = w.played(c, env, d)
	return w.page(c, env, status, d.Type.Name.In(env.Lang), editor.Pane(env, d))
}

// flawsOf are the flaws of a draft, each at the input it is mended in.
func flawsOf(env ui.Env, d editor.Draft) []editor.Flaw {
	var all []editor.Flaw
	for _, f := range forms.CheckType(d.Type, d.Menu, d.Lists) {
		if unnamedOption(d.Type, f) {
			continue
		}
		x := editor.Flaw{Part: inputOf(f), Text: say(env.T, f.Message, f.Args)}
		switch {
		case f.Step >= 0:
			x.Step = d.Type.Steps[f.Step].Key
		case f.Stage >= 0:
			x.Step = d.Type.Stages[f.Stage].Key
		}
		all = append(all, x)
	}
	return all
}

// unnamedOption says that a flaw is an option's want of a key, which it gets
// together with its name.
func unnamedOption(t forms.RequestType, f forms.Flaw) bool {
	return f.Step >= 0 && strings.HasPrefix(f.Part, "options.") && f.Message == "form.flaw.key" &&
		optionAt(t.Steps[f.Step], f.Part).Key == ""
}

// inputOf is the input of the editor for a part of a definition.
func inputOf(f forms.Flaw) string {
	name, place, _ := strings.Cut(f.Part, ".")
	switch name {
	case "check":
		return place
	case "options":
		if place != "" {
			return "option-en-" + place
		}
	case "approvers":
		if place != "" {
			return "approver-" + place
		}
	case "remind_hours", "deadline_hours":
		return strings.TrimSuffix(name, "_hours")
	case "keywords":
		return "keywords_en"
	}
	return f.Part
}
