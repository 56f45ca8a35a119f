package web

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/mail"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/desk"
)

// newPage shows the form of a ticket made by hand.
func (w *Web) newPage(c *gin.Context, env ui.Env) error {
	return w.newForm(c, env, http.StatusOK, desk.NewTicket{Once: rand.Text()})
}

func (w *Web) newForm(c *gin.Context, env ui.Env, status int, f desk.NewTicket) error {
	for _, t := range env.Rail.Teams {
		f.Teams = append(f.Teams, desk.Choice{ID: t.ID, Name: t.Name})
	}
	env.Rail.Current = "new"
	return w.page(c, env, status, env.T("new.title"), desk.NewMain(env, f))
}

// create opens a ticket for somebody.
func (w *Web) create(c *gin.Context, env ui.Env) error {
	f := desk.NewTicket{
		Name: c.PostForm("name"), Email: c.PostForm("email"), Subject: c.PostForm("subject"), Body: c.PostForm("body"),
		Kind: kindOf(c), Team: c.PostForm("team"), Once: c.PostForm("once"), Errors: map[string]string{},
	}
	t, err := w.open(c, env, f)
	if err == nil {
		return redirect(c, desk.Address(t.Number, ""))
	}
	e, err := field(err)
	if err != nil {
		return err
	}
	f.Errors[e.Field] = say(env.T, e.Message, e.Args)
	return w.newForm(c, env, http.StatusUnprocessableEntity, f)
}

func (w *Web) open(c *gin.Context, env ui.Env, f desk.NewTicket) (tickets.Ticket, error) {
	ctx := c.Request.Context()
	files, err := w.uploads(c)
	if err != nil {
		return tickets.Ticket{}, err
	}
	if err := required(f); err != nil {
		return tickets.Ticket{}, err
	}
	p, err := w.byMail(ctx, "email", f.Email, f.Name, env.Lang)
	if err != nil {
		return tickets.Ticket{}, err
	}
	team := parseID(f.Team)
	channel, err := w.channelFor(ctx, team)
	if err != nil {
		return tickets.Ticket{}, err
	}
	t, _, err := w.Tickets.Create(ctx, tickets.AsAgent(env.Agent), tickets.NewTicket{
		Subject: f.Subject, RequesterID: p.ID, TeamID: team, ChannelID: channel, Kind: f.Kind,
		Outgoing: &tickets.NewMessage{Body: f.Body, Files: files, Once: f.Once},
	})
	return t, err
}

func required(f desk.NewTicket) error {
	switch {
	case strings.TrimSpace(f.Subject) == "":
		return tickets.NewError(tickets.Invalid, "subject", "new.subject.empty")
	case strings.TrimSpace(f.Body) == "":
		return tickets.NewError(tickets.Invalid, "body", "new.body.empty")
	}
	return nil
}

// byMail answers the person behind a mail address that was typed into a field.
func (w *Web) byMail(ctx context.Context, field, address, name, lang string) (people.Person, error) {
	a, err := mail.ParseAddress(strings.TrimSpace(address))
	if err != nil {
		return people.Person{}, &tickets.Error{Kind: tickets.Invalid, Field: field, Message: "field.email.bad", Err: err}
	}
	if name = strings.TrimSpace(name); name == "" {
		name = a.Name
	}
	return w.People.Known(ctx, "email", strings.ToLower(a.Address), name, lang)
}

// channelFor is the channel that replies in a ticket made by hand leave by.
func (w *Web) channelFor(ctx context.Context, team int64) (int64, error) {
	list, err := w.Hub.Channels(ctx)
	return hub.Mailbox(list, team), err
}

// kindOf is what the composer's switch says: a reply unless it says a note.
func kindOf(c *gin.Context) tickets.MessageKind {
	if tickets.MessageKind(c.PostForm("kind")) == tickets.Note {
		return tickets.Note
	}
	return tickets.Reply
}

func idText(id int64) string { return strconv.FormatInt(id, 10) }
