package web

import (
	"context"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/portal"
)

// ticketLines are the answers a ticket was opened with; none for one without a
// form. folder is where its files are.
func (w *Web) ticketLines(ctx context.Context, env ui.Env, ticket int64, folder string) ([]portal.Line, error) {
	form, answers, files, err := w.Tickets.TicketAnswers(ctx, ticket)
	if tickets.KindOf(err) == tickets.Missing {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	catalog, err := w.Tickets.Catalog(ctx, tickets.System())
	if err != nil {
		return nil, err
	}
	lines := answerLines(form, catalog.Lists, answers, env.Lang)
	for i, l := range lines {
		for _, f := range files[l.Key] {
			lines[i].Files = append(lines[i].Files, portal.File{Name: f.Name, Size: f.Size, Address: folder + f.Blob + "/" + url.PathEscape(f.Name)})
		}
	}
	return slices.DeleteFunc(lines, func(l portal.Line) bool { return l.Text == "" && len(l.Files) == 0 }), nil
}

// answerApproval takes the answer of somebody who was asked.
func (w *Web) answerApproval(c *gin.Context, env ui.Env) error {
	ctx, id := c.Request.Context(), parseID(c.Param("id"))
	a, err := w.Tickets.Approval(ctx, id)
	if err == nil && a.PersonID != env.Asker.ID {
		err = tickets.NewError(tickets.Missing, "", "web.fault.nowhere")
	}
	if err != nil {
		return err
	}
	agree, comment := c.PostForm("agree") == "true", c.PostForm("comment")
	err = w.Tickets.AnswerApproval(ctx, tickets.AsPerson(env.Asker.ID), id, agree, comment, "web")
	if err == nil {
		return redirect(c, portalHome+"/mine")
	}
	e, ok := refusal(err)
	if !ok {
		return err
	}
	return w.showMine(c, env, statusOf(e.Kind), &portal.Approval{ID: id, Comment: comment, Error: say(env.T, e.Message, e.Args)})
}

// approvalFile serves a file of what somebody is asked to approve.
func (w *Web) approvalFile(c *gin.Context, env ui.Env) error {
	ctx := c.Request.Context()
	list, err := w.Tickets.ApprovalsOf(ctx, env.Asker.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(a tickets.Approval) bool { return idText(a.ID) == c.Param("id") })
	if i < 0 {
		return tickets.NewError(tickets.Missing, "", "file.missing.text")
	}
	_, _, files, err := w.Tickets.TicketAnswers(ctx, list[i].TicketID)
	if err != nil {
		return err
	}
	var all []tickets.File
	for _, of := range files {
		all = append(all, of...)
	}
	return w.serve(c, all)
}
