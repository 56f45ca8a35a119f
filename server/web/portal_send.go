package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/ui"
	"okno/ui/portal"
)

// checkPage shows all answers before they are sent.
func (w *Web) checkPage(c *gin.Context, env ui.Env) error {
	f, err := w.filling(c, env)
	if err != nil {
		return err
	}
	if _, lacks := forms.Next(f.form, f.Answers); lacks {
		return redirect(c, f.action(f.missing()))
	}
	return w.showCheck(c, f, http.StatusOK, "", "")
}

// showCheck answers the check of a form, with what somebody typed who has not
// signed in.
func (w *Web) showCheck(c *gin.Context, f *filling, status int, email, refused string) error {
	s := portal.Summary{
		Form: w.view(f), Lines: answerLines(f.form, f.lists, f.Answers, f.env.Lang), Once: f.Once,
		Email: email, Ask: f.env.Asker.ID == 0,
	}
	s.Action, s.Error, s.N = f.last(), refused, 2
	for i, l := range s.Lines {
		s.Lines[i].Change = f.address(l.Key) + "?whole=1"
		s.Lines[i].Files = shownFiles(f.Files[l.Key])
	}
	for at := 0; ; {
		stage, place, ok := forms.StageAfter(f.form, f.Answers, at)
		if !ok {
			break
		}
		s.Stages, at = append(s.Stages, stage.Name.In(f.env.Lang)), place
	}
	return w.site(c, f.env, status, s.Name, portal.SummaryMain(f.env, s))
}

// sendForm sends a form that is whole. Whoever has not signed in gets a link by
// mail first, which sends it.
func (w *Web) sendForm(c *gin.Context, env ui.Env) error {
	if number := w.sentBefore(c, c.PostForm("once")); number != 0 {
		return redirect(c, portal.Address(number))
	}
	f, err := w.filling(c, env)
	switch {
	case err != nil:
		return err
	case c.PostForm("do") == "forget":
		return w.startOver(c, f)
	case env.Asker.ID == 0:
		return w.askAddress(c, f)
	}
	return w.sendFilled(c, f)
}

// askAddress sends a link to whoever fills a form as a stranger.
func (w *Web) askAddress(c *gin.Context, f *filling) error {
	if err := w.keep(c, f); err != nil {
		return err
	}
	email := strings.TrimSpace(c.PostForm("email"))
	err := w.sendLink(c, f.env, email, portal.FormAddress(f.form.Key, "/send"))
	if err == nil {
		return redirect(c, portalHome+"/signin/sent")
	}
	e, ok := refusal(err)
	if !ok {
		return err
	}
	return w.showCheck(c, f, statusOf(e.Kind), email, say(f.env.T, e.Message, e.Args))
}

// sendFilled makes the ticket and shows it. An answer that is not taken after all
// is asked for again.
func (w *Web) sendFilled(c *gin.Context, f *filling) error {
	t, err := w.openFilled(c.Request.Context(), f)
	if e, refused := refusal(err); refused {
		return w.unsentForm(c, f, e)
	}
	if err != nil {
		return err
	}
	if err := w.askers.put(c, keySent, f.Once+" "+idText(t.Number)); err != nil {
		return err
	}
	if err := w.forget(c, f); err != nil {
		return err
	}
	return redirect(c, portal.Address(t.Number)+"?made=1")
}

func (w *Web) openFilled(ctx context.Context, f *filling) (tickets.Ticket, error) {
	channel, err := w.channelFor(ctx, f.form.TeamID)
	if err != nil {
		return tickets.Ticket{}, err
	}
	t, _, err := w.Tickets.Request(ctx, tickets.AsPerson(f.env.Asker.ID), tickets.NewRequest{
		RequesterID: f.env.Asker.ID, ChannelID: channel, Language: f.env.Lang, Type: f.form.ID, Version: f.form.Version,
		Answers: f.Answers, Files: f.Files, Once: "portal:" + f.Once, At: f.now, About: f.About,
	})
	return t, err
}

// unsentForm shows the question whose answer was refused, or all answers.
func (w *Web) unsentForm(c *gin.Context, f *filling, e *tickets.Error) error {
	text := say(f.env.T, e.Message, e.Args)
	key, of := strings.CutPrefix(e.Field, "answers.")
	if at := f.pageOf(key); of && at >= 0 {
		return w.showStep(c, f, statusOf(e.Kind), f.pages()[at], map[string]string{key: text})
	}
	return w.showCheck(c, f, statusOf(e.Kind), "", text)
}

// sentBefore answers the ticket that a form made when it was sent a moment ago, 0
// when it is another.
func (w *Web) sentBefore(c *gin.Context, once string) int64 {
	before, number, _ := strings.Cut(w.askers.scs.GetString(c.Request.Context(), keySent), " ")
	if once == "" || before != once {
		return 0
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
