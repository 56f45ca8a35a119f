package web

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/portal"
)

// requestPage shows one request to a person.
func (w *Web) requestPage(c *gin.Context, env ui.Env) error {
	talk, err := w.ownTicket(c, env)
	if err != nil {
		return err
	}
	if n := talk.Ticket.Number; idText(n) != c.Param("number") {
		return redirect(c, portal.Address(n)) // it was joined with another of theirs
	}
	return w.showRequest(c, env, http.StatusOK, talk, nil)
}

// ownTicket is the ticket an address names, if it is theirs.
func (w *Web) ownTicket(c *gin.Context, env ui.Env) (tickets.Conversation, error) {
	n, err := number(c)
	if err != nil {
		return tickets.Conversation{}, err
	}
	return w.Tickets.OwnTicket(c.Request.Context(), tickets.AsPerson(env.Asker.ID), n)
}

// showRequest answers a request; typed puts back what was typed and refused.
func (w *Web) showRequest(c *gin.Context, env ui.Env, status int, talk tickets.Conversation, typed func(*portal.Request)) error {
	ctx := c.Request.Context()
	s, err := w.standings(ctx, env)
	if err != nil {
		return err
	}
	t := talk.Ticket
	own := t.RequesterID == env.Asker.ID && !t.Gone()
	view := portal.Request{Row: s.row(t), Fresh: c.Query("made") != "", Reply: portal.Reply{Once: rand.Text()}}
	view.Reopen = own && !t.Category.Active()
	for _, m := range talk.Messages {
		view.Messages = append(view.Messages, askerMessage(env, t.Number, m))
	}
	rating, _, err := w.Tickets.Rating(ctx, t.ID)
	if err != nil {
		return err
	}
	view.Rating = portal.Rating{Asked: own && tickets.Rateable(t, rating, env.Now)}
	if !rating.At.Before(t.SolvedAt) {
		view.Rating.Stars, view.Rating.Comment = rating.Stars, rating.Comment
	}
	if typed != nil {
		typed(&view)
	}
	if partial(c.Request) {
		return w.render(c, status, portal.RequestLive(env, view))
	}
	env.Rail.Current = "mine"
	return w.site(c, env, status, view.Subject, portal.RequestMain(env, view))
}

func askerMessage(env ui.Env, number int64, m tickets.Message) portal.Message {
	view := portal.Message{
		ID: m.ID, Author: m.AuthorAs, Own: m.Author == tickets.AsPerson(env.Asker.ID), Agent: m.Author.Kind == tickets.ByAgent,
		At: m.CreatedAt, HTML: textOf(m),
	}
	if view.Author == "" {
		view.Author = env.Desk
	}
	for _, f := range m.Files {
		view.Files = append(view.Files, portal.File{
			Name: f.Name, Size: f.Size, Image: raster(f.Type) && f.Size <= largestShown,
			Address: fmt.Sprintf("%s/file/%d/%s/%s", portal.Address(number), m.ID, f.Blob, url.PathEscape(fileName(f.Name))),
		})
	}
	return view
}

// requestFile serves a file of a message the person may read.
func (w *Web) requestFile(c *gin.Context, env ui.Env) error {
	talk, err := w.ownTicket(c, env)
	if err != nil {
		return err
	}
	for _, m := range talk.Messages {
		if idText(m.ID) == c.Param("message") {
			return w.serve(c, m.Files)
		}
	}
	return tickets.NewError(tickets.Missing, "", "file.missing.text")
}

// answerRequest adds what a person writes, with files. Sent twice, it is one
// message.
func (w *Web) answerRequest(c *gin.Context, env ui.Env) error {
	talk, err := w.ownTicket(c, env)
	if err != nil {
		return err
	}
	in := tickets.Incoming{PersonID: env.Asker.ID, Body: strings.TrimSpace(c.PostForm("body")), At: env.Now}
	if once := c.PostForm("once"); once != "" {
		in.Once = "portal:" + once
	}
	if in.Files, err = w.uploads(c); err == nil && in.Body == "" && len(in.Files) == 0 {
		err = tickets.NewError(tickets.Invalid, "body", "portal.reply.empty")
	}
	if err == nil {
		_, err = w.Tickets.Receive(c.Request.Context(), talk.Ticket.ID, in)
	}
	if err == nil {
		return redirect(c, portal.Address(talk.Ticket.Number)+"#reply")
	}
	e, ok := refusal(err)
	if !ok {
		return err
	}
	return w.showRequest(c, env, statusOf(e.Kind), talk, func(r *portal.Request) {
		r.Reply.Body, r.Reply.Error = c.PostForm("body"), say(env.T, e.Message, e.Args)
	})
}

// rateRequest keeps what a person thought of the work.
func (w *Web) rateRequest(c *gin.Context, env ui.Env) error {
	talk, err := w.ownTicket(c, env)
	if err != nil {
		return err
	}
	stars, _ := strconv.Atoi(c.PostForm("stars")) // none is refused below
	if stars == 0 {
		err = tickets.NewError(tickets.Invalid, "stars", "portal.rating.empty")
	} else {
		err = w.Tickets.Rate(c.Request.Context(), tickets.AsPerson(env.Asker.ID), talk.Ticket.ID, stars, c.PostForm("comment"))
	}
	if err == nil {
		return redirect(c, portal.Address(talk.Ticket.Number))
	}
	e, ok := refusal(err)
	if !ok {
		return err
	}
	return w.showRequest(c, env, statusOf(e.Kind), talk, func(r *portal.Request) {
		r.Rating.Comment, r.Rating.Error = c.PostForm("comment"), say(env.T, e.Message, e.Args)
	})
}

// reopenRequest opens a request again whose answer did not help. What was typed
// goes along as a message.
func (w *Web) reopenRequest(c *gin.Context, env ui.Env) error {
	talk, err := w.ownTicket(c, env)
	if err != nil {
		return err
	}
	if strings.TrimSpace(c.PostForm("body")) != "" {
		return w.answerRequest(c, env) // which opens it again
	}
	if err := w.Tickets.Reopen(c.Request.Context(), tickets.AsPerson(env.Asker.ID), talk.Ticket.ID); err != nil {
		return err
	}
	return redirect(c, portal.Address(talk.Ticket.Number))
}
