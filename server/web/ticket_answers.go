package web

import (
	"context"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/ui"
	"okno/ui/desk"
)

// The names of the inputs of custom fields; the key of the field follows. One
// of several options is added or dropped, like a tag.
const (
	answerInput = "field."
	addInput    = "add_field."
	dropInput   = "drop_field."
)

// answers are the custom fields of the ticket as the panel shows them.
func (w *Web) answers(ctx context.Context, env ui.Env, t tickets.Ticket) ([]desk.Answer, error) {
	asked, err := w.Tickets.Fields(ctx, t.TeamID)
	if err != nil {
		return nil, err
	}
	out := make([]desk.Answer, 0, len(asked))
	for _, f := range asked {
		a := desk.Answer{Field: f, Canonical: t.Fields[f.Key]}
		a.Text = inputText(f, a.Canonical, env.Lang)
		out = append(out, a)
	}
	return out, nil
}

// inputText is an answer as its input wants it: browsers write dates in their
// own way and choices go by their keys.
func inputText(f fields.Field, canonical, language string) string {
	if f.Type == fields.Number || f.Type == fields.Money || f.Type == fields.Phone {
		return fields.Show(f, canonical, language)
	}
	return canonical
}

// answersOf reads the custom fields a form carries; nil when it has none.
func (w *Web) answersOf(c *gin.Context, env ui.Env, t tickets.Ticket) (map[string]string, error) {
	asked, err := w.Tickets.Fields(c.Request.Context(), t.TeamID)
	if err != nil {
		return nil, err
	}
	typed := map[string]string{}
	for _, f := range asked {
		if text, ok := c.GetPostForm(answerInput + f.Key); ok {
			typed[f.Key] = text
		}
		if option := c.PostForm(addInput + f.Key); option != "" {
			typed[f.Key] = fields.With(t.Fields[f.Key], option)
		}
		if option := c.PostForm(dropInput + f.Key); option != "" {
			typed[f.Key] = fields.Without(t.Fields[f.Key], option)
		}
	}
	return tickets.Answers(asked, typed, env.Lang)
}
