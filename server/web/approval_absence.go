package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/approval"
	"okno/ui/settings"
)

// absence is the form by which a person names a deputy, as it stands.
func (w *Web) absence(ctx context.Context, env ui.Env, person int64) (approval.Absence, error) {
	a := approval.Absence{From: env.Now.In(env.Zone).Format(time.DateOnly)}
	d, ok, err := w.Tickets.Deputy(ctx, person)
	if err != nil || !ok || !env.Now.Before(d.Until) {
		return a, err
	}
	deputy, err := w.Store.Person(ctx, d.DeputyID)
	if err != nil {
		return a, err
	}
	a.Name, a.FromAt, a.UntilAt = deputy.Name, d.From, d.Until.Add(-time.Second)
	a.From, a.Until = a.FromAt.In(env.Zone).Format(time.DateOnly), a.UntilAt.In(env.Zone).Format(time.DateOnly)
	known, err := w.Store.Identities(ctx, d.DeputyID)
	for _, i := range known {
		if i.Network == "email" {
			a.Address = i.Address
		}
	}
	return a, err
}

// savedAbsence says what became of the form, after it was sent.
func savedAbsence(c *gin.Context, env ui.Env, a approval.Absence) string {
	switch {
	case c.Query("away") == "":
		return ""
	case a.Name == "":
		return env.T("approval.away.ended")
	}
	return env.T("approval.away.saved")
}

// saveAbsence takes the form of a person. The days are whole days of whoever
// typed them.
func (w *Web) saveAbsence(c *gin.Context, env ui.Env, by tickets.Actor, person int64) error {
	ctx := c.Request.Context()
	if c.PostForm("do") == "end" {
		return w.Tickets.SetDeputy(ctx, by, person, 0, time.Time{}, time.Time{})
	}
	from, err := time.ParseInLocation(time.DateOnly, c.PostForm("from"), env.Zone)
	if err != nil {
		return tickets.NewError(tickets.Invalid, "from", "error.deputy.day")
	}
	until, err := time.ParseInLocation(time.DateOnly, c.PostForm("until"), env.Zone)
	if err != nil {
		return tickets.NewError(tickets.Invalid, "until", "error.deputy.day")
	}
	deputy, err := w.byAddress(ctx, c.PostForm("deputy"))
	if errors.Is(err, people.ErrMissing) {
		return tickets.NewError(tickets.Invalid, "deputy", "error.deputy.unknown")
	}
	if err != nil {
		return err
	}
	return w.Tickets.SetDeputy(ctx, by, person, deputy.ID, from, until.AddDate(0, 0, 1))
}

// byAddress answers the person behind a mail address; people.ErrMissing when it
// is nobody's.
func (w *Web) byAddress(ctx context.Context, address string) (people.Person, error) {
	return w.Store.IdentityOwner(ctx, "email", strings.ToLower(strings.TrimSpace(address)))
}

// typedAbsence is the form as it was sent, with what is wrong with it.
func typedAbsence(c *gin.Context, env ui.Env, a approval.Absence, refused *tickets.Error) approval.Absence {
	a.From, a.Until, a.Address = c.PostForm("from"), c.PostForm("until"), c.PostForm("deputy")
	a.Errors = map[string]string{refused.Field: env.Fault(refused)}
	return a
}

// saveLinkAbsence names a deputy from the page behind a link.
func (w *Web) saveLinkAbsence(c *gin.Context, env ui.Env) error {
	l, err := w.linkedApproval(c, env)
	if err != nil {
		return w.wrongLink(c, env, err)
	}
	if l.page.State != approval.Open {
		return w.linkShown(c, env, http.StatusConflict, l)
	}
	err = w.saveAbsence(c, env, tickets.AsPerson(l.person.ID), l.person.ID)
	if err == nil {
		return redirect(c, l.page.Action+"?away=1")
	}
	refused, err := field(err)
	if err != nil {
		return err
	}
	l.page.Absence = typedAbsence(c, env, l.page.Absence, refused)
	return w.linkShown(c, env, statusOf(refused.Kind), l)
}

// saveProfileAbsence names a deputy from the agent's profile.
func (w *Web) saveProfileAbsence(c *gin.Context, env ui.Env) error {
	err := w.saveAbsence(c, env, tickets.AsAgent(env.Agent), env.Agent.PersonID)
	if err == nil {
		return redirect(c, "/settings/profile?away=1")
	}
	refused, err := field(err)
	if err != nil {
		return err
	}
	p := settings.Profile{Profile: profileOf(env.Agent)}
	if p.Absence, err = w.absence(c.Request.Context(), env, env.Agent.PersonID); err != nil {
		return err
	}
	p.Absence = typedAbsence(c, env, p.Absence, refused)
	return w.profileShown(c, env, statusOf(refused.Kind), p)
}
