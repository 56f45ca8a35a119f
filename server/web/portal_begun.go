package web

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/ui"
)

// keyForm begins the names under which a session keeps the forms that were begun;
// the key of the request type follows.
const keyForm = "form."

// mostBegun bounds what one session keeps: the oldest are forgotten.
const mostBegun = 20

// begun is a form somebody is filling, as their session keeps it. It goes on with
// the version it was begun with.
type begun struct {
	Type    int64
	Version int
	Answers forms.Answers
	Typed   map[string]string // what was not taken, as it was typed
	Files   map[string][]tickets.File
	Once    string // the form is sent once, however often
	Page    bool   // all questions on one page
	About   int64  // number of the ticket it goes on with; 0: none
	At      time.Time
}

// filling is a form that is being filled, for the length of one request.
type filling struct {
	begun
	form  forms.RequestType
	lists []forms.List
	env   ui.Env
	now   time.Time // in the zone of whoever answers
	query string    // of the address, where it prefills; "" otherwise
}

// filling answers the form an address names: as it was begun in this browser, or
// a fresh one. What the address prefills counts as answered.
func (w *Web) filling(c *gin.Context, env ui.Env) (*filling, error) {
	ctx := c.Request.Context()
	catalog, err := w.Tickets.Catalog(ctx, tickets.AsPerson(env.Asker.ID))
	if err != nil {
		return nil, err
	}
	f := &filling{lists: catalog.Lists, env: env, now: env.Now.In(env.Zone)}
	there, err := w.begunForm(c, &f.begun)
	switch {
	case err != nil:
		return nil, err
	case there:
		f.form, err = w.Tickets.RequestType(ctx, f.Type, f.Version)
	default:
		f.form, err = w.offered(c, env, catalog)
		f.begun = begun{Type: f.form.ID, Version: f.form.Version, Once: rand.Text()}
	}
	if err != nil {
		return nil, err
	}
	f.furnish()
	f.prefill(c.Request.URL)
	return f, nil
}

// furnish gives what was never written a place.
func (f *filling) furnish() {
	if f.Answers == nil {
		f.Answers = forms.Answers{}
	}
	if f.Typed == nil {
		f.Typed = map[string]string{}
	}
	if f.Files == nil {
		f.Files = map[string][]tickets.File{}
	}
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

// begunForm reads a form from the session; false when it was not begun.
func (w *Web) begunForm(c *gin.Context, b *begun) (bool, error) {
	text := w.askers.scs.GetString(c.Request.Context(), keyForm+c.Param("key"))
	if text == "" {
		return false, nil
	}
	if err := json.Unmarshal([]byte(text), b); err != nil {
		return false, fmt.Errorf("read a form that was begun: %w", err)
	}
	return true, nil
}

// keep writes a form into the session.
func (w *Web) keep(c *gin.Context, f *filling) error {
	f.At = f.now
	text, err := json.Marshal(f.begun)
	if err != nil {
		return fmt.Errorf("write a form: %w", err)
	}
	w.askers.scs.Put(c.Request.Context(), keyForm+f.form.Key, string(text))
	w.makeRoomForForms(c)
	return w.askers.save(c)
}

// forget drops a form that was sent or is to be begun anew.
func (w *Web) forget(c *gin.Context, key string) error {
	w.askers.scs.Remove(c.Request.Context(), keyForm+key)
	return w.askers.save(c)
}

// begunKeys are the keys of the request types whose forms were begun.
func (w *Web) begunKeys(c *gin.Context) []string {
	var keys []string
	for _, name := range w.askers.scs.Keys(c.Request.Context()) {
		if key, is := strings.CutPrefix(name, keyForm); is {
			keys = append(keys, key)
		}
	}
	return keys
}

func (w *Web) makeRoomForForms(c *gin.Context) {
	ctx := c.Request.Context()
	ages := map[string]time.Time{}
	for _, key := range w.begunKeys(c) {
		var b begun
		if json.Unmarshal([]byte(w.askers.scs.GetString(ctx, keyForm+key)), &b) == nil {
			ages[key] = b.At
		}
	}
	oldest := slices.SortedFunc(maps.Keys(ages), func(a, b string) int { return ages[a].Compare(ages[b]) })
	for len(oldest) > mostBegun {
		w.askers.scs.Remove(ctx, keyForm+oldest[0])
		oldest = oldest[1:]
	}
}
