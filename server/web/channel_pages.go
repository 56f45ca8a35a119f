package web

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"okno/channels/hub"
	"okno/tickets"
	"okno/ui"
	"okno/ui/settings"
)

func (w *Web) channelsPage(c *gin.Context, env ui.Env) error {
	all, err := w.Hub.Channels(c.Request.Context())
	if err != nil {
		return err
	}
	list := settings.Channels{Kinds: w.sorts(env)}
	for _, ch := range all {
		view := w.channelView(env, ch, nil)
		view.TeamName = teamName(env, ch.TeamID)
		list.Rows = append(list.Rows, view)
	}
	return w.page(c, env, http.StatusOK, env.T("settings.channels"), settings.ChannelsPane(env, list))
}

// sorts are the kinds of channels that can be connected.
func (w *Web) sorts(env ui.Env) []ui.Option {
	var list []ui.Option
	for _, k := range w.Hub.Kinds() {
		list = append(list, ui.Option{Value: k.Name, Label: env.T("channel." + k.Name)})
	}
	return list
}

func (w *Web) newChannelPage(c *gin.Context, env ui.Env) error {
	ch, err := w.channelOfKind(c.Param("kind"))
	if err != nil {
		return err
	}
	return w.channelShown(c, env, http.StatusOK, w.channelView(env, ch, nil))
}

func (w *Web) newChannel(c *gin.Context, env ui.Env) error {
	ch, err := w.channelOfKind(c.Param("kind"))
	if err != nil {
		return err
	}
	return w.channelTyped(c, env, ch)
}

func (w *Web) channelOfKind(name string) (hub.Channel, error) {
	k := w.kind(name)
	if k.Name == "" {
		return hub.Channel{}, tickets.NewError(tickets.Missing, "", "web.fault.nowhere")
	}
	return emptyChannel(k), nil
}

func (w *Web) channelPage(c *gin.Context, env ui.Env) error {
	ch, err := w.channelOf(c, env)
	if err != nil {
		return err
	}
	return w.channelShown(c, env, http.StatusOK, w.channelView(env, ch, nil))
}

func (w *Web) changeChannel(c *gin.Context, env ui.Env) error {
	ch, err := w.channelOf(c, env)
	if err != nil {
		return err
	}
	return w.channelTyped(c, env, ch)
}

func (w *Web) channelTyped(c *gin.Context, env ui.Env, stored hub.Channel) error {
	return w.channelPosted(c, env, channelForm{
		typed: w.typedChannel(c, stored),
		show: func(status int, view settings.Channel) error {
			return w.channelShown(c, env, status, view)
		},
		saved: func(ch hub.Channel) error {
			if grants(w.kind(ch.Kind), ch) {
				return redirect(c, channelPath(ch.ID))
			}
			return redirect(c, "/settings/channels")
		},
	})
}

func (w *Web) channelShown(c *gin.Context, env ui.Env, status int, view settings.Channel) error {
	title := view.Name
	if view.ID == 0 {
		title = env.T("channels.new")
	}
	return w.page(c, env, status, title, settings.ChannelPane(env, view))
}

// channelOf is the channel of the address, secrets blanked.
func (w *Web) channelOf(c *gin.Context, env ui.Env) (hub.Channel, error) {
	id, err := idOf(c)
	if err != nil {
		return hub.Channel{}, err
	}
	return w.Hub.Channel(c.Request.Context(), env.Agent, id)
}

func channelPath(id int64) string { return "/settings/channels/" + strconv.FormatInt(id, 10) }

// idOf reads the id in the address.
func idOf(c *gin.Context) (int64, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || id <= 0 {
		return 0, &tickets.Error{Kind: tickets.Missing, Message: "web.fault.nowhere", Err: err}
	}
	return id, nil
}

func teamName(env ui.Env, id int64) string {
	for _, t := range env.Rail.Teams {
		if t.ID == id {
			return t.Name
		}
	}
	return ""
}
