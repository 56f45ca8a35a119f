package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/entry"
	"okno/ui/settings"
)

// The wizard after the first account. Every step saves as it goes, so that
// going back shows what was typed.

func (w *Web) welcomeDeskPage(c *gin.Context, env ui.Env) error {
	form := entry.Desk{Name: env.Desk, Language: w.setting(c, settingLanguage)}
	if form.Language == "" {
		form.Language = env.Lang
	}
	for _, t := range env.Rail.Teams {
		form.Teams += t.Name + "\n"
	}
	if form.Teams == "" {
		form.Teams = env.T("welcome.desk.teams.first")
	}
	return w.bare(c, env, http.StatusOK, env.T("welcome.desk.title"), entry.DeskPane(env, form))
}

func (w *Web) welcomeDesk(c *gin.Context, env ui.Env) error {
	form := entry.Desk{Name: strings.TrimSpace(c.PostForm("name")), Language: c.PostForm("language"), Teams: c.PostForm("teams")}
	err := w.putDesk(c.Request.Context(), form.Name, form.Language)
	if err == nil {
		err = w.addTeams(c.Request.Context(), env, lines(form.Teams))
	}
	if err == nil {
		return redirect(c, "/welcome/channel")
	}
	refused, err := field(err)
	if err != nil {
		return err
	}
	form.Errors = map[string]string{refused.Field: env.Fault(refused)}
	return w.bare(c, env, statusOf(refused.Kind), env.T("welcome.desk.title"), entry.DeskPane(env, form))
}

// putDesk keeps the desk's name and language.
func (w *Web) putDesk(ctx context.Context, name, lang string) error {
	if name == "" {
		return tickets.NewError(tickets.Invalid, "name", "web.fault.desk_name")
	}
	if !known(lang) {
		return tickets.NewError(tickets.Invalid, "language", "web.fault.language")
	}
	if err := w.Settings.PutSetting(ctx, settingName, name); err != nil {
		return err
	}
	return w.Settings.PutSetting(ctx, settingLanguage, lang)
}

// addTeams makes the teams that are not there yet, with the administrator in.
func (w *Web) addTeams(ctx context.Context, env ui.Env, names []string) error {
	there := map[string]bool{}
	for _, t := range env.Rail.Teams {
		there[strings.ToLower(t.Name)] = true
	}
	for _, name := range names {
		if there[strings.ToLower(name)] {
			continue
		}
		there[strings.ToLower(name)] = true
		team := people.Team{Name: name, Members: []int64{env.Agent.ID}}
		if _, err := w.People.SaveTeam(ctx, env.Agent, team); err != nil {
			return onField(err, "teams")
		}
	}
	return nil
}

// onField moves a refusal to the input of our form that caused it.
func onField(err error, name string) error {
	if e, ok := refusal(err); ok {
		moved := *e
		moved.Field = name
		return &moved
	}
	return err
}

// welcomeChannelPage connects the first channel, or shows it again.
func (w *Web) welcomeChannelPage(c *gin.Context, env ui.Env) error {
	ch, err := w.firstChannel(c, env)
	if err != nil {
		return err
	}
	return w.channelStep(c, env, http.StatusOK, w.channelView(env, ch, nil))
}

func (w *Web) welcomeChannel(c *gin.Context, env ui.Env) error {
	first, err := w.firstChannel(c, env)
	if err != nil {
		return err
	}
	return w.channelPosted(c, env, channelForm{
		typed: w.typedChannel(c, first),
		show: func(status int, view settings.Channel) error {
			return w.channelStep(c, env, status, view)
		},
		saved: func(hub.Channel) error { return redirect(c, "/welcome/colleagues") },
	})
}

func (w *Web) channelStep(c *gin.Context, env ui.Env, status int, view settings.Channel) error {
	var sorts []ui.Option
	if view.ID == 0 {
		sorts = w.sorts(env)
	}
	return w.bare(c, env, status, env.T("welcome.channel.title"), entry.ChannelPane(env, view, sorts))
}

// firstChannel is the channel there is already, else an empty one of the sort
// that was chosen, belonging to the first team.
func (w *Web) firstChannel(c *gin.Context, env ui.Env) (hub.Channel, error) {
	all, err := w.Hub.Channels(c.Request.Context())
	if err != nil || len(all) > 0 {
		return firstOf(all), err
	}
	kinds := w.Hub.Kinds()
	if len(kinds) == 0 {
		return hub.Channel{}, tickets.NewError(tickets.Missing, "", "web.fault.nowhere")
	}
	kind := w.kind(c.Query("kind"))
	if kind.Name == "" {
		kind = kinds[0]
	}
	ch := emptyChannel(kind)
	if len(env.Rail.Teams) > 0 {
		ch.TeamID = env.Rail.Teams[0].ID
	}
	return ch, nil
}

func firstOf(all []hub.Channel) hub.Channel {
	if len(all) == 0 {
		return hub.Channel{}
	}
	return all[0]
}

func (w *Web) welcomeColleaguesPage(c *gin.Context, env ui.Env) error {
	return w.bare(c, env, http.StatusOK, env.T("welcome.colleagues.title"), entry.ColleaguesPane(env, entry.Colleagues{}))
}

// welcomeColleagues makes a link for every address and shows them once. An
// address that cannot be taken stays in the form with the reason.
func (w *Web) welcomeColleagues(c *gin.Context, env ui.Env) error {
	var form entry.Colleagues
	status := http.StatusOK
	for _, address := range lines(c.PostForm("addresses")) {
		invited, err := w.invite(c.Request.Context(), env, address)
		var refused *tickets.Error
		switch refused, err = fieldOrNil(err); {
		case err != nil:
			return err
		case refused == nil:
			form.Invited = append(form.Invited, invited)
			continue
		}
		status = http.StatusUnprocessableEntity
		form.Addresses += address + "\n"
		form.Errors = map[string]string{"addresses": address + ": " + env.Fault(refused)}
	}
	return w.bare(c, env, status, env.T("welcome.colleagues.title"), entry.ColleaguesPane(env, form))
}

// fieldOrNil is field for an error that may be none.
func fieldOrNil(err error) (*tickets.Error, error) {
	if err == nil {
		return nil, nil
	}
	var e *tickets.Error
	e, err = field(onField(err, "addresses"))
	return e, err
}

// invite makes an agent of every team and a link for them. The name is the
// address until they type their own.
func (w *Web) invite(ctx context.Context, env ui.Env, address string) (settings.Invitation, error) {
	teams := make([]int64, 0, len(env.Rail.Teams))
	for _, t := range env.Rail.Teams {
		teams = append(teams, t.ID)
	}
	name, _, _ := strings.Cut(address, "@")
	a, secret, err := w.People.Invite(ctx, env.Agent, name, address, people.Answerer, teams)
	if err != nil {
		return settings.Invitation{}, err
	}
	return settings.Invitation{Name: a.Name, Email: a.Email, URL: w.PublicURL + "/join/" + secret}, nil
}

func (w *Web) welcomeDone(c *gin.Context, env ui.Env) error {
	all, err := w.Hub.Channels(c.Request.Context())
	if err != nil {
		return err
	}
	done := entry.Done{}
	if len(all) > 0 {
		done.Address = w.addressOf(all[0])
		if w.kind(all[0].Kind).Chat {
			done.Chat = env.T("channel." + all[0].Kind)
		}
	}
	return w.bare(c, env, http.StatusOK, env.T("welcome.done.title"), entry.DonePane(env, done))
}

// lines are the lines of a text that say something.
func lines(text string) []string {
	var out []string
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || r == ',' || r == ';' }) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// asFaults answers the faults of a channel's settings.
func asFaults(err error) (hub.Faults, bool) {
	var f hub.Faults
	ok := errors.As(err, &f)
	return f, ok
}
