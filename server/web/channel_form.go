package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/channels"
	"okno/channels/hub"
	"okno/ui"
	"okno/ui/settings"
)

// channelForm is a posted form of a channel: in the wizard or in the settings.
type channelForm struct {
	typed hub.Channel
	show  func(status int, view settings.Channel) error // the page with the form
	saved func(ch hub.Channel) error                    // what follows when it was kept
}

// channelPosted does what the pressed button says: test, show the fields that
// fit the choices made, or save.
func (w *Web) channelPosted(c *gin.Context, env ui.Env, f channelForm) error {
	switch c.PostForm("do") {
	case "check":
		return w.tryChannel(c, env, f)
	case "refresh":
		view := w.channelView(env, f.typed, nil)
		if region(c.Request) == "channel-fields" {
			return w.render(c, http.StatusOK, settings.ChannelFields(env, view))
		}
		return f.show(http.StatusOK, view)
	}
	kept, err := w.Hub.SaveChannel(c.Request.Context(), env.Agent, f.typed)
	if faults, ok := asFaults(err); ok {
		return f.show(http.StatusUnprocessableEntity, w.channelView(env, f.typed, faults))
	}
	if err != nil {
		return err
	}
	return f.saved(kept)
}

// tryChannel tests what was typed. With scripts the findings appear one by one;
// without them the answer waits for the last.
func (w *Web) tryChannel(c *gin.Context, env ui.Env, f channelForm) error {
	ctx := detached(c)
	id, running := w.checks.start(env.Agent.ID, func(report func(channels.Step)) error {
		return w.Hub.Check(ctx, env.Agent, f.typed, report)
	})
	if region(c.Request) == "check" {
		return w.render(c, http.StatusOK, settings.CheckPane(env, checkView(env, id, running)))
	}
	select {
	case <-running.over:
	case <-c.Request.Context().Done():
		return c.Request.Context().Err()
	}
	_, _, err := running.found()
	faults, _ := asFaults(err)
	view := w.channelView(env, f.typed, faults)
	view.Check = checkView(env, id, running)
	return f.show(http.StatusOK, view)
}

// checkPane answers how far a test has come.
func (w *Web) checkPane(c *gin.Context, env ui.Env) error {
	running, ok := w.checks.find(c.Param("id"), env.Agent.ID)
	if !ok {
		return w.render(c, http.StatusOK, settings.CheckPane(env, settings.Check{Over: true, Failed: env.T("check.forgotten")}))
	}
	return w.render(c, http.StatusOK, settings.CheckPane(env, checkView(env, c.Param("id"), running)))
}

func checkView(env ui.Env, id string, c *check) settings.Check {
	steps, over, err := c.found()
	view := settings.Check{ID: id, Over: over}
	for _, s := range steps {
		view.Steps = append(view.Steps, settings.Step{
			OK: s.OK, Label: sentence(env, s.Label), Reason: sentence(env, s.Reason), Detail: s.Detail,
		})
	}
	if err != nil {
		view.Failed = checkFailure(env, err)
	}
	return view
}

// checkFailure says why a test could not be made.
func checkFailure(env ui.Env, err error) string {
	var faults hub.Faults
	if errors.As(err, &faults) {
		return env.T("check.faults")
	}
	if _, ok := refusal(err); ok {
		return env.Fault(err)
	}
	return env.T("check.failed", "detail", err.Error())
}

// typedChannel reads the form over what is stored; secrets are only what was
// typed now.
func (w *Web) typedChannel(c *gin.Context, stored hub.Channel) hub.Channel {
	ch := stored
	ch.Name = strings.TrimSpace(c.PostForm("name"))
	ch.TeamID, _ = strconv.ParseInt(c.PostForm("team"), 10, 64) // none when unreadable
	ch.Enabled = c.PostForm("enabled") == "true"
	ch.Acknowledge = c.PostForm("acknowledge") == "true"
	ch.Settings, ch.Secrets = map[string]string{}, map[string]string{}
	for key := range stored.Secrets {
		ch.Secrets[key] = ""
	}
	k := w.kind(stored.Kind)
	for _, f := range k.Fields {
		value, given := c.GetPostForm(fieldName(f.Key))
		switch {
		case f.Type == channels.FieldSecret && value != "":
			ch.Secrets[f.Key] = value
		case f.Type == channels.FieldFlag:
			ch.Settings[f.Key] = strconv.FormatBool(value == "true")
		case given && f.Type != channels.FieldSecret:
			ch.Settings[f.Key] = strings.TrimSpace(value)
		}
	}
	suggest(k, ch, c.PostForm("suggested"))
	return ch
}

func fieldName(key string) string { return "field." + key }

// kind answers a sort of channel by name, the zero Kind when there is none.
func (w *Web) kind(name string) channels.Kind {
	for _, k := range w.Hub.Kinds() {
		if k.Name == name {
			return k
		}
	}
	return channels.Kind{}
}

func emptyChannel(k channels.Kind) hub.Channel {
	ch := hub.Channel{Enabled: true, Acknowledge: true}
	ch.Kind, ch.Settings = k.Name, map[string]string{}
	for _, f := range k.Fields {
		if f.Type != channels.FieldSecret {
			ch.Settings[f.Key] = f.Default
		}
	}
	return ch
}

func sentence(env ui.Env, t channels.Text) string {
	if t.IsZero() {
		return ""
	}
	return say(env.T, t.Key, t.Args)
}
