package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
	"okno/ui"
	"okno/ui/editor"
)

// order is what is to become of a step or a stage as a whole.
type order struct {
	do   string // up, down, place, copy, remove, add, return
	kind editor.Kind
	key  string
	to   int // where it is placed
}

// arrangeDraft orders, copies, adds and removes steps and stages, and puts back
// what was removed.
func (w *Web) arrangeDraft(c *gin.Context, env ui.Env) error {
	d, err := w.draftOf(c, env)
	if err != nil {
		return err
	}
	o := orderOf(c)
	d.At = hereOf(c)
	switch o.kind {
	case editor.OneStep:
		err = arrangeStep(c, env, &d, o)
	case editor.OneStage:
		err = arrangeStage(c, env, &d, o)
	case editor.Settings, editor.NewStep:
	}
	if err != nil {
		return err
	}
	if d.RequestDraft, err = w.Tickets.SaveRequestDraft(c.Request.Context(), tickets.AsAgent(env.Agent), d.Type, d.Revision); err != nil {
		return err
	}
	if d.Mark = markAt(d); d.Mark == "" {
		d.At = editor.Place{Kind: editor.Settings}
		d.Mark = markAt(d)
	}
	if partial(c.Request) || d.Taken.JSON != "" {
		return w.draftShown(c, env, http.StatusOK, d)
	}
	return redirect(c, d.Address(d.At))
}

func orderOf(c *gin.Context) order {
	words := strings.SplitN(c.PostForm("do"), ".", 3)
	words = append(words, "", "")
	return order{do: words[0], kind: editor.Kind(words[1]), key: words[2], to: whole(c.PostForm("to"))}
}

// hereOf is the place whose form is open: a kind, a dot and a key.
func hereOf(c *gin.Context) editor.Place {
	kind, key, _ := strings.Cut(c.PostForm("here"), ".")
	switch k := editor.Kind(kind); k {
	case editor.OneStep, editor.OneStage, editor.NewStep:
		return editor.Place{Kind: k, Key: key}
	case editor.Settings:
	}
	return editor.Place{Kind: editor.Settings}
}

func arrangeStep(c *gin.Context, env ui.Env, d *editor.Draft, o order) error {
	at := edit.StepAt(d.Type, o.key)
	switch o.do {
	case "up", "down", "place":
		d.Type, d.Focus = edit.MoveStep(d.Type, o.key, o.target(at)), o.focus(at, len(d.Type.Steps))
	case "copy":
		var key string
		if d.Type, key = edit.CopyStep(d.Type, o.key); key != "" {
			d.At, d.Focus = editor.Place{Kind: editor.OneStep, Key: key}, "label_"+env.Lang
		}
	case "remove":
		if at >= 0 {
			s := d.Type.Steps[at]
			d.Type = edit.RemoveStep(d.Type, o.key)
			return taken(env, d, o, at, s, s.Label)
		}
	case "return":
		var s forms.Step
		if err := json.Unmarshal([]byte(c.PostForm("taken")), &s); err != nil {
			return tickets.NewError(tickets.Invalid, "", "editor.fault.taken")
		}
		d.Type, d.At = edit.ReturnStep(d.Type, s, whole(c.PostForm("at"))), editor.Place{Kind: editor.OneStep, Key: s.Key}
	}
	return nil
}

func arrangeStage(c *gin.Context, env ui.Env, d *editor.Draft, o order) error {
	at := edit.StageAt(d.Type, o.key)
	switch o.do {
	case "up", "down", "place":
		d.Type, d.Focus = edit.MoveStage(d.Type, o.key, o.target(at)), o.focus(at, len(d.Type.Stages))
	case "add":
		var s forms.Stage
		d.Type, s = edit.AddStage(d.Type, forms.Stage{
			Rule: forms.AllOf, Late: forms.LateAgents, Approvers: []forms.Approver{{Kind: forms.ByManager}},
			Name: forms.Text{EN: "Approval", RU: "Согласование"},
		})
		d.At, d.Focus = editor.Place{Kind: editor.OneStage, Key: s.Key}, "name_"+env.Lang
	case "remove":
		if at >= 0 {
			s := d.Type.Stages[at]
			d.Type = edit.RemoveStage(d.Type, o.key)
			return taken(env, d, o, at, s, s.Name)
		}
	case "return":
		var s forms.Stage
		if err := json.Unmarshal([]byte(c.PostForm("taken")), &s); err != nil {
			return tickets.NewError(tickets.Invalid, "", "editor.fault.taken")
		}
		d.Type, d.At = edit.ReturnStage(d.Type, s, whole(c.PostForm("at"))), editor.Place{Kind: editor.OneStage, Key: s.Key}
	}
	return nil
}

// target is where an entry at a place is to go.
func (o order) target(at int) int {
	switch o.do {
	case "up":
		return at - 1
	case "down":
		return at + 1
	}
	return o.to
}

// focus stays with what was moved: on its handle after a drag or an arrow key,
// on the button that was pressed as long as it leads anywhere.
func (o order) focus(at, n int) string {
	to := o.target(at)
	switch {
	case o.do == "place":
		return "grip-" + string(o.kind) + "-" + o.key
	case o.do == "up" && to > 0 || to >= n-1:
		return "move-up"
	}
	return "move-down"
}

// taken keeps what was removed in the page, to be put back.
func taken(env ui.Env, d *editor.Draft, o order, at int, part any, name forms.Text) error {
	text, err := json.Marshal(part)
	if err != nil {
		return err
	}
	d.Taken = editor.Taken{Kind: o.kind, At: at, Name: name.In(env.Lang), JSON: string(text)}
	if d.At.Key == o.key {
		d.At = editor.Place{Kind: editor.Settings}
	}
	return nil
}
