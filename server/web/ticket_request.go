package web

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/ui"
	"okno/ui/desk"
)

// request is the form of a ticket as the panel shows it; empty without one.
func (w *Web) request(ctx context.Context, env ui.Env, t tickets.Ticket) (desk.Request, error) {
	if t.TypeID == 0 {
		return desk.Request{}, nil
	}
	asked, answers, files, err := w.Tickets.TicketAnswers(ctx, t.ID)
	if err != nil {
		return desk.Request{}, err
	}
	lists, err := w.Tickets.Lists(ctx)
	if err != nil {
		return desk.Request{}, err
	}
	r := desk.Request{Name: asked.Name.In(env.Lang), Icon: asked.Icon}
	for _, s := range forms.Asked(asked, answers) {
		if s.Type == fields.Info || answers[s.Key] == "" {
			continue
		}
		r.Given = append(r.Given, desk.Given{
			Label: s.Label.In(env.Lang), Text: forms.Show(s, forms.Options(s, lists), answers[s.Key], env.Lang),
			Files: answerFiles(t.Number, files[s.Key]),
		})
	}
	return r, nil
}

// answerFiles are the files of an answer with their addresses.
func answerFiles(number int64, files []tickets.File) []desk.File {
	var out []desk.File
	for _, f := range files {
		out = append(out, shown(f, fmt.Sprintf("/files/%d/answer/", number)))
	}
	return out
}

// answerFile serves a file that was given as an answer.
func (w *Web) answerFile(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	_, _, files, err := w.Tickets.TicketAnswers(c.Request.Context(), t.ID)
	if err != nil {
		return err
	}
	var all []tickets.File
	for _, list := range files {
		all = append(all, list...)
	}
	return w.serve(c, all)
}

// rated tells a rating.
func (s story) rated(e tickets.Event) string {
	var d tickets.RatingData
	if json.Unmarshal(e.Data, &d) != nil {
		return ""
	}
	if d.Comment == "" {
		return s.n.env.T("event.rated", "stars", idText(int64(d.Stars)))
	}
	return s.n.env.T("event.rated.said", "stars", idText(int64(d.Stars)), "comment", tickets.Snippet(d.Comment))
}
