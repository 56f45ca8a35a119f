package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// speak adds a reply or a note. When others said something meanwhile it answers
// the composer with that and keeps the text.
func (w *Web) speak(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	m, err := w.typed(c, env, t)
	if err == nil {
		err = w.spoken(c, env, t, m)
	}
	if err == nil {
		return w.sent(c, env, t.Number, false)
	}
	if _, ok := refusal(err); !ok {
		return err
	}
	if err := w.keepUnsent(c, env, t.ID, m); err != nil {
		return err
	}
	return w.unsent(c, env, t.Number, m, err)
}

// keepUnsent makes what was refused the draft: leaving or reloading the page that
// says why loses nothing.
func (w *Web) keepUnsent(c *gin.Context, env ui.Env, ticket int64, m tickets.NewMessage) error {
	d := tickets.Draft{TicketID: ticket, Kind: kindOf(c), Body: m.Body, Files: m.Files}
	err := w.Tickets.SaveDraft(c.Request.Context(), tickets.AsAgent(env.Agent), d)
	if _, ok := refusal(err); ok {
		return nil // the ticket takes no drafts either; the page has the text
	}
	return err
}

// typed reads what the form carries: text, files of the draft and of the form.
func (w *Web) typed(c *gin.Context, env ui.Env, t tickets.Ticket) (tickets.NewMessage, error) {
	m := tickets.NewMessage{Body: c.PostForm("body"), Once: c.PostForm("once"), Then: parseID(c.PostForm("then"))}
	if c.PostForm("anyway") == "" {
		m.SeenSeq = parseID(c.PostForm("seen"))
	}
	d, err := w.Tickets.Draft(c.Request.Context(), tickets.AsAgent(env.Agent), t.ID)
	if err != nil {
		return m, err
	}
	more, err := w.uploads(c)
	m.Files = append(d.Files, more...)
	return m, err
}

func (w *Web) spoken(c *gin.Context, env ui.Env, t tickets.Ticket, m tickets.NewMessage) error {
	ctx, by := c.Request.Context(), tickets.AsAgent(env.Agent)
	if kindOf(c) == tickets.Note {
		var err error
		if m.Mentions, err = w.mentioned(c, m.Body); err != nil {
			return err
		}
		_, err = w.Tickets.Note(ctx, by, t.ID, m)
		return err
	}
	_, err := w.Tickets.Reply(ctx, by, t.ID, m)
	return err
}

// mentioned finds the agents a note names with @.
func (w *Web) mentioned(c *gin.Context, body string) ([]int64, error) {
	if !strings.Contains(body, "@") {
		return nil, nil
	}
	agents, err := w.Store.Agents(c.Request.Context())
	if err != nil {
		return nil, err
	}
	var out []int64
	for _, a := range agents {
		if a.Name != "" && strings.Contains(strings.ToLower(body), "@"+strings.ToLower(a.Name)) {
			out = append(out, a.ID)
		}
	}
	return out, nil
}

// sent answers an empty composer and the conversation; back says that the text
// of an undone reply is in it again.
func (w *Web) sent(c *gin.Context, env ui.Env, number int64, back bool) error {
	view := c.PostForm("view")
	if region(c.Request) == "" {
		return redirect(c, desk.Address(number, view))
	}
	t, err := w.ticket(c, env, number, view)
	if err != nil {
		return err
	}
	t.Composer.Focus = true
	if back {
		t.Undo = desk.Undo{Done: env.T("undo.done")}
	}
	return w.render(c, http.StatusOK, desk.Sent(env, t))
}

// unsent shows the composer again with the text and the reason.
func (w *Web) unsent(c *gin.Context, env ui.Env, number int64, m tickets.NewMessage, cause error) error {
	t, err := w.ticket(c, env, number, c.PostForm("view"))
	if err != nil {
		return err
	}
	e, _ := refusal(cause)
	t.Composer.Body, t.Composer.Kind, t.Composer.Focus = m.Body, kindOf(c), true
	if e.Kind == tickets.Conflict {
		t.Composer.Meantime = meantime(t, env.Agent.ID, parseID(c.PostForm("seen")))
	}
	if len(t.Composer.Meantime) == 0 {
		t.Composer.Error = env.Fault(cause)
	}
	if region(c.Request) != "" {
		return w.render(c, statusOf(e.Kind), desk.Refused(env, t))
	}
	env.Rail.Current = t.View
	return w.page(c, env, statusOf(e.Kind), t.Subject, desk.TicketMain(env, t))
}

// meantime is what others said after the agent looked.
func meantime(t desk.Ticket, agent, seen int64) []desk.Message {
	var out []desk.Message
	for _, entry := range t.Entries {
		if m := entry.Message; m != nil && m.Seq > seen && m.AgentID != agent {
			out = append(out, *m)
		}
	}
	return out
}
