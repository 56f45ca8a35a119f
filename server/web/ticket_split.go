package web

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// splitPage offers the messages of a ticket for one of their own.
func (w *Web) splitPage(c *gin.Context, env ui.Env) error {
	return w.splitting(c, env, http.StatusOK, nil)
}

// split moves the chosen messages to a new ticket and leads there.
func (w *Web) split(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	chosen := ids(c.PostFormArray("message"))
	t, err = w.Tickets.Split(c.Request.Context(), tickets.AsAgent(env.Agent), t.ID, chosen, c.PostForm("subject"))
	if err == nil {
		return redirect(c, desk.Address(t.Number, viewOf(c)))
	}
	e, ok := refusal(err)
	if !ok || e.Kind == tickets.Denied {
		return err
	}
	field := "messages"
	if e.Field == "subject" {
		field = e.Field
	}
	return w.splitting(c, env, statusOf(e.Kind), map[string]string{field: env.Fault(err)})
}

// unsplit puts messages back where they were and leads there.
func (w *Web) unsplit(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	if t, err = w.Tickets.Unsplit(c.Request.Context(), tickets.AsAgent(env.Agent), t.ID); err != nil {
		return err
	}
	return redirect(c, desk.Address(t.Number, viewOf(c)))
}

func (w *Web) splitting(c *gin.Context, env ui.Env, status int, faults map[string]string) error {
	n, err := number(c)
	if err != nil {
		return err
	}
	talk, err := w.Tickets.Conversation(c.Request.Context(), tickets.AsAgent(env.Agent), n)
	if err != nil {
		return err
	}
	words, err := w.names(c.Request.Context(), env)
	if err != nil {
		return err
	}
	p, err := w.person(c.Request.Context(), words, talk.Ticket.RequesterID)
	if err != nil {
		return err
	}
	s := desk.Split{Number: n, View: viewOf(c), Subject: talk.Ticket.Subject, Errors: faults}
	if text, sent := c.GetPostForm("subject"); sent {
		s.Subject = text
	}
	s.Picks = picks(newStory(words, desk.Side{Person: p}, talk), ids(c.PostFormArray("message")))
	env.Rail.Current = s.View
	return w.page(c, env, status, env.T("split.title", "number", n), desk.SplitMain(env, s))
}

// picks are the messages to choose from.
func picks(s story, chosen []int64) []desk.Pick {
	out := make([]desk.Pick, 0, len(s.talk.Messages))
	for _, m := range s.talk.Messages {
		shown := s.message(m)
		out = append(out, desk.Pick{
			ID: m.ID, Side: shown.Side, Author: shown.Author, Text: tickets.Snippet(m.Body), At: m.CreatedAt, Chosen: slices.Contains(chosen, m.ID),
		})
	}
	return out
}
