package web

import (
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// list reads one page of a view.
func (w *Web) list(c *gin.Context, env ui.Env, key string) (desk.List, error) {
	after := c.Query("after")
	l := desk.List{Key: key, Address: listAddress(key, after), First: after == ""}
	q, err := query(env, key, after)
	if err != nil {
		return l, err
	}
	page, err := w.Tickets.List(c.Request.Context(), tickets.AsAgent(env.Agent), q)
	if err != nil {
		return l, err
	}
	n, err := w.names(c.Request.Context(), env)
	if err != nil {
		return l, err
	}
	l.Title, l.Count = titleOf(n, key), env.Rail.Counts[key]
	l.Rows = w.rows(n, key, page.Rows)
	if page.Next != "" {
		l.Next = listAddress(key, page.Next)
	}
	return l, nil
}

// titleOf is the name of a view or team.
func titleOf(n names, key string) string {
	team, ok := strings.CutPrefix(key, "team:")
	if !ok {
		return n.env.T("view." + key)
	}
	return n.team(parseID(team))
}

func (w *Web) rows(n names, key string, rows []tickets.Row) []desk.Row {
	out := make([]desk.Row, 0, len(rows))
	for _, r := range rows {
		out = append(out, desk.Row{
			Row: r, Status: n.status(r.StatusID), Channel: n.channel(r.ChannelID).Name,
			Address: desk.Address(r.Number, key), Solved: n.solved(r.Ticket),
			Wait: desk.WaitOf(n.env, r.Ticket), Looking: w.looking(n.env, r.Number),
		})
	}
	return out
}

// looking answers who else has a ticket open.
func (w *Web) looking(env ui.Env, number int64) []string {
	var out []string
	for _, s := range w.Live.Others(number, env.Agent.ID) {
		out = append(out, s.Name)
	}
	return out
}

// typing answers who else writes in a ticket.
func (w *Web) typing(env ui.Env, number int64) []string {
	var out []string
	for _, s := range w.Live.Others(number, env.Agent.ID) {
		if s.Typing {
			out = append(out, s.Name)
		}
	}
	return out
}
