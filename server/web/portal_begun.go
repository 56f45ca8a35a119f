package web

import (
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
	"okno/ui"
)

// filling is a form that is being filled, for the length of one request.
type filling struct {
	tickets.BegunForm
	kept  tickets.BegunForm // as it was read
	form  forms.RequestType
	lists []forms.List
	env   ui.Env
	now   time.Time // in the zone of whoever answers
	query string    // of the address, where it prefills; "" otherwise
}

// filling answers the form an address names: as it was begun, or a fresh one. What
// the address prefills counts as answered.
func (w *Web) filling(c *gin.Context, env ui.Env) (*filling, error) {
	ctx := c.Request.Context()
	catalog, err := w.Tickets.Catalog(ctx, tickets.AsPerson(env.Asker.ID))
	if err != nil {
		return nil, err
	}
	if env.Asker.ID == 0 {
		w.browser(c) // what comes next finds the form by it
	}
	f := &filling{lists: catalog.Lists, env: env, now: env.Now.In(env.Zone)}
	f.kept, err = w.Begun.BegunForm(ctx, w.owner(c, env), c.Param("key"))
	f.BegunForm = f.kept.Clone()
	switch {
	case err == nil:
		f.form, err = w.Tickets.RequestType(ctx, f.Type, f.Version)
	case errors.Is(err, people.ErrMissing):
		f.form, err = w.offered(c, env, catalog)
		f.Type, f.Version, f.Once = f.form.ID, f.form.Version, rand.Text()
	}
	if err != nil {
		return nil, fmt.Errorf("read a form: %w", err)
	}
	f.prefill(c.Request.URL)
	return f, nil
}

// offered finds a request type by its key: one this person is offered, or one
// that only a link leads to. Where signing in may help, that comes first.
func (w *Web) offered(c *gin.Context, env ui.Env, mine forms.Catalog) (forms.RequestType, error) {
	named := func(t forms.RequestType) bool { return t.Key == c.Param("key") }
	if i := slices.IndexFunc(mine.Types, named); i >= 0 {
		return mine.Types[i], nil
	}
	all, err := w.Tickets.Catalog(c.Request.Context(), tickets.System())
	if err != nil {
		return forms.RequestType{}, err
	}
	i := slices.IndexFunc(all.Types, named)
	switch {
	case i >= 0 && all.Types[i].Audience == forms.Nobody:
		return all.Types[i], nil
	case i >= 0 && all.Types[i].Audience == forms.Known && env.Asker.ID == 0:
		return forms.RequestType{}, errSignedOut
	}
	return forms.RequestType{}, tickets.NewError(tickets.Missing, "", "error.request.missing")
}

// keep keeps what this request answered, and goes on with what other requests
// answered since the form was read.
func (w *Web) keep(c *gin.Context, f *filling) error {
	f.At = f.now
	fresh, all := f.afresh(), tickets.BegunForm{}
	err := w.Begun.ChangeBegunForm(c.Request.Context(), w.owner(c, f.env), f.form.Key, func(now tickets.BegunForm) (tickets.BegunForm, bool) {
		if now.Once == "" {
			now = fresh // not begun yet, or sent meanwhile
		}
		all = now.Changed(f.kept, f.BegunForm)
		return all, true
	})
	if err != nil {
		return fmt.Errorf("keep a form: %w", err)
	}
	f.kept, f.BegunForm = all, all.Clone()
	return nil
}

// afresh is the form without answers. One that was kept before and is gone was
// sent, so that the next is another.
func (f *filling) afresh() tickets.BegunForm {
	b := tickets.BegunForm{Type: f.Type, Version: f.Version, Once: f.Once}
	if f.kept.Once != "" {
		b.Once = rand.Text()
	}
	return b
}

// forget drops a form that was sent or is to be begun anew, unless another was
// begun since.
func (w *Web) forget(c *gin.Context, f *filling) error {
	err := w.Begun.ChangeBegunForm(c.Request.Context(), w.owner(c, f.env), f.form.Key, func(now tickets.BegunForm) (tickets.BegunForm, bool) {
		return now, now.Once != "" && now.Once != f.Once
	})
	if err != nil {
		return fmt.Errorf("forget a form: %w", err)
	}
	return nil
}
