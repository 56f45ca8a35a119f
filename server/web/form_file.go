package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/server/formfile"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/ui"
	"okno/ui/editor"
)

// exportType answers a draft as a file, with the section, the topics and the
// lists it names, so that another desk can take it as it is.
func (w *Web) exportType(c *gin.Context, env ui.Env) error {
	d, err := w.draftOf(c, env)
	if err != nil {
		return err
	}
	return download(c, "application/yaml; charset=utf-8", d.Type.Key+".yaml", string(formfile.Write(fileOf(d))))
}

// fileOf is a draft with what it rests on.
func fileOf(d editor.Draft) formfile.File {
	t := d.Type
	for _, team := range d.Teams {
		if team.ID == t.TeamID {
			t.Team = team.Name
		}
	}
	f := formfile.File{Requests: []forms.RequestType{t}}
	for _, s := range d.Menu.Sections {
		if s.Key == t.Section {
			f.Sections = append(f.Sections, s)
		}
	}
	f.Topics = lineage(d.Menu.Topics, t.Topic)
	used := map[string]bool{}
	for _, s := range t.Steps {
		used[s.List] = s.List != ""
	}
	for _, l := range d.Lists {
		if used[l.Key] {
			f.Lists = append(f.Lists, l)
		}
	}
	return f
}

// lineage is a topic with those above it, the topmost first.
func lineage(topics []forms.Topic, key string) []forms.Topic {
	for _, t := range topics {
		if t.Key == key && key != "" {
			return append(lineage(topics, t.Parent), t)
		}
	}
	return nil
}

// importType makes drafts of what a file has. What the menu and the lists lack
// is added to them; what they have already stays as it is.
func (w *Web) importType(c *gin.Context, env ui.Env) error {
	file, err := w.readUpload(c)
	if err == nil && len(file.Requests) == 0 {
		err = tickets.NewError(tickets.Invalid, "file", "editor.fault.import.empty")
	}
	var last tickets.RequestDraft
	if err == nil {
		last, err = w.importAll(c.Request.Context(), env, file)
	}
	if err != nil {
		return w.importRefused(c, env, err)
	}
	if len(file.Requests) > 1 {
		return redirect(c, "/settings/requests")
	}
	return redirect(c, editor.Draft{RequestDraft: last}.Path())
}

// importAll takes all of a file or nothing, and answers the last draft.
func (w *Web) importAll(ctx context.Context, env ui.Env, f formfile.File) (last tickets.RequestDraft, err error) {
	err = w.Store.InTx(ctx, func(ctx context.Context) error {
		if err := w.addSurroundings(ctx, env, f); err != nil {
			return err
		}
		for _, t := range f.Requests {
			if last, err = w.importOne(ctx, env, t); err != nil {
				return err
			}
		}
		return nil
	})
	return last, err
}

// mostFaults is how many faults of a file are told at once.
const mostFaults = 8

func (w *Web) importRefused(c *gin.Context, env ui.Env, err error) error {
	faults := formfile.Faults(err)
	text := faultLines(env, faults[:min(len(faults), mostFaults)])
	if more := len(faults) - mostFaults; more > 0 {
		text += "\n" + env.T("editor.fault.import.more", "n", more)
	}
	if len(faults) == 0 {
		refused, ok := refusal(err)
		if !ok {
			return err
		}
		text = env.Fault(refused)
	}
	return w.freshShown(c, env, http.StatusUnprocessableEntity, editor.Fresh{Errors: map[string]string{"file": text}})
}

// faultLines are the faults of a file, one a line.
func faultLines(env ui.Env, faults []*formfile.Fault) string {
	lines := make([]string, len(faults))
	for i, f := range faults {
		lines[i] = env.T("editor.fault.import", "line", f.Line, "column", f.Column, "why", say(env.T, f.Message, f.Args))
	}
	return strings.Join(lines, "\n")
}

func (w *Web) readUpload(c *gin.Context) (formfile.File, error) {
	text, err := uploaded(c)
	if err != nil || text == nil {
		return formfile.File{}, err
	}
	file, _, err := formfile.Read(text)
	return file, err
}

// uploaded is the file of a form; nil where none was chosen.
func uploaded(c *gin.Context) ([]byte, error) {
	f, _, err := c.Request.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read to its end
	return io.ReadAll(f)
}

// addSurroundings adds sections, topics and lists nobody has yet.
func (w *Web) addSurroundings(ctx context.Context, env ui.Env, f formfile.File) error {
	by := tickets.AsAgent(env.Agent)
	menu, err := w.Tickets.Menu(ctx)
	if err != nil {
		return err
	}
	if wider := widened(menu, f); len(wider.Sections)+len(wider.Topics) > len(menu.Sections)+len(menu.Topics) {
		if _, err := w.Tickets.PutMenu(ctx, by, wider); err != nil {
			return err
		}
	}
	lists, err := w.Tickets.Lists(ctx)
	if err != nil {
		return err
	}
	have := map[string]bool{}
	for _, l := range lists {
		have[l.Key] = true
	}
	for _, l := range f.Lists {
		if have[l.Key] {
			continue
		}
		if _, err := w.Tickets.PutList(ctx, by, l); err != nil {
			return err
		}
	}
	return nil
}

// widened is a menu with what a file has more.
func widened(m forms.Menu, f formfile.File) forms.Menu {
	have := map[string]bool{}
	for _, s := range m.Sections {
		have["section."+s.Key] = true
	}
	for _, t := range m.Topics {
		have["topic."+t.Key] = true
	}
	for _, s := range f.Sections {
		if !have["section."+s.Key] {
			m.Sections = append(m.Sections[:len(m.Sections):len(m.Sections)], s)
		}
	}
	for _, t := range f.Topics {
		if !have["topic."+t.Key] {
			m.Topics = append(m.Topics[:len(m.Topics):len(m.Topics)], t)
		}
	}
	return m
}

// importOne keeps a type of a file as the draft of the type with its key, or as
// a new one.
func (w *Web) importOne(ctx context.Context, env ui.Env, t forms.RequestType) (tickets.RequestDraft, error) {
	by := tickets.AsAgent(env.Agent)
	for _, team := range env.Rail.Teams {
		if t.Team != "" && team.Name == t.Team {
			t.TeamID = team.ID
		}
	}
	all, err := w.Tickets.RequestDrafts(ctx, by)
	if err != nil {
		return tickets.RequestDraft{}, err
	}
	for _, d := range all {
		if d.Type.Key == t.Key {
			t.ID = d.Type.ID
		}
	}
	return w.Tickets.SaveRequestDraft(ctx, by, t, 0)
}
