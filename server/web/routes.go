package web

import (
	"net/http"
	"slices"
)

// access is who may call a route.
type access int

const (
	public        access = iota // everybody
	agent                       // who has signed in
	administrator               // who may change settings
	visitor                     // everybody; who has signed in keeps the rail
	guest                       // everybody, on pages of the portal
	asker                       // who has signed in to the portal
)

// route is one line of the site map.
type route struct {
	method, path string
	who          access
	run          handler
	limit        int64 // largest body in bytes; 0: smallBody
}

// smallBody is enough for every form that carries no files.
const smallBody = 1 << 20

// routes is the site map.
func (w *Web) routes() []route {
	return slices.Concat(w.entryRoutes(), w.deskRoutes(), w.settingsRoutes(), w.channelRoutes(), w.ledgerRoutes(), w.formRoutes(), w.portalRoutes(), w.demoRoutes())
}

// entryRoutes lead in: set-up, sign-in, one-time links, and the networks that
// call us.
func (w *Web) entryRoutes() []route {
	const get, post = http.MethodGet, http.MethodPost
	return []route{
		{get, "/signin", public, w.signInPage, 0},
		{post, "/signin", public, w.signIn, 0},
		{post, "/signout", public, w.signOut, 0},
		{post, "/language", public, w.chooseLanguage, 0},
		{get, "/join/:secret", public, w.joinPage, 0},
		{post, "/join/:secret", public, w.join, 0},
		{get, "/setup/:secret", public, w.setupPage, 0},
		{post, "/setup/:secret", public, w.setup, 0},
		{get, "/welcome/desk", administrator, w.welcomeDeskPage, 0},
		{post, "/welcome/desk", administrator, w.welcomeDesk, 0},
		{get, "/welcome/channel", administrator, w.welcomeChannelPage, 0},
		{post, "/welcome/channel", administrator, w.welcomeChannel, 0},
		{get, "/welcome/colleagues", administrator, w.welcomeColleaguesPage, 0},
		{post, "/welcome/colleagues", administrator, w.welcomeColleagues, 0},
		{get, "/welcome/done", administrator, w.welcomeDone, 0},
		{post, "/hooks/:channel", public, w.hook, smallBody},
		{get, "/approve/:id/:mark", guest, w.approvalPage, 0},
		{post, "/approve/:id/:mark", guest, w.answerLink, 0},
		{post, "/approve/:id/:mark/away", guest, w.saveLinkAbsence, 0},
	}
}

// settingsRoutes are the agent's own profile, and for administrators who works
// here.
func (w *Web) settingsRoutes() []route {
	const get, post = http.MethodGet, http.MethodPost
	return []route{
		{get, "/settings", agent, w.settingsHome, 0},
		{get, "/settings/profile", agent, w.profilePage, 0},
		{post, "/settings/profile", agent, w.saveProfile, 0},
		{post, "/settings/password", agent, w.savePassword, 0},
		{post, "/settings/absence", agent, w.saveProfileAbsence, 0},
		{get, "/settings/desk", administrator, w.deskPage, 0},
		{post, "/settings/desk", administrator, w.saveDesk, 0},
		{get, "/settings/agents", administrator, w.agentsPage, 0},
		{get, "/settings/agents/new", administrator, w.newAgentPage, 0},
		{post, "/settings/agents/new", administrator, w.inviteAgent, 0},
		{get, "/settings/agents/:id", administrator, w.agentPage, 0},
		{post, "/settings/agents/:id", administrator, w.saveAgent, 0},
		{post, "/settings/agents/:id/link", administrator, w.newLink, 0},
		{get, "/settings/tokens", administrator, w.tokensPage, 0},
		{get, "/settings/tokens/new", administrator, w.newTokenPage, 0},
		{post, "/settings/tokens/new", administrator, w.makeToken, 0},
		{post, "/settings/tokens/:id/revoke", administrator, w.revokeToken, 0},
		{get, "/settings/teams", administrator, w.teamsPage, 0},
		{get, "/settings/teams/:id", administrator, w.teamPage, 0}, // "new" for a new one
		{post, "/settings/teams/:id", administrator, w.saveTeam, 0},
		{get, "/settings/statuses", administrator, w.statusesPage, 0},
		{post, "/settings/statuses", administrator, w.saveStatuses, 0},
		{get, "/settings/fields", administrator, w.fieldsPage, 0},
		{post, "/settings/fields", administrator, w.arrangeFields, 0},
		{get, "/settings/fields/:id", administrator, w.fieldPage, 0}, // "new" for a new one
		{post, "/settings/fields/:id", administrator, w.saveField, 0},
	}
}

// channelRoutes connect the desk to networks.
func (w *Web) channelRoutes() []route {
	const get, post = http.MethodGet, http.MethodPost
	return []route{
		{get, "/settings/channels", administrator, w.channelsPage, 0},
		{get, "/settings/channels/new/:kind", administrator, w.newChannelPage, 0},
		{post, "/settings/channels/new/:kind", administrator, w.newChannel, 0},
		{get, "/settings/channels/:id", administrator, w.channelPage, 0},
		{post, "/settings/channels/:id", administrator, w.changeChannel, 0},
		{post, "/settings/channels/:id/signin", administrator, w.beginGrant, 0},
		{get, "/settings/channels/callback", administrator, w.finishGrant, 0},
		{get, "/settings/checks/:id", administrator, w.checkPane, 0},
	}
}

// ledgerRoutes show every event that came in and what became of it.
func (w *Web) ledgerRoutes() []route {
	const get, post = http.MethodGet, http.MethodPost
	return []route{
		{get, "/settings/ledger", administrator, w.ledgerPage, 0},
		{post, "/settings/ledger/redo", administrator, w.redoAside, 0},
		{get, "/settings/ledger/:id/original", administrator, w.ledgerOriginal, 0},
		{post, "/settings/ledger/:id/redo", administrator, w.redo, 0},
		{post, "/settings/ledger/:id/ticket", administrator, w.makeTicket, 0},
	}
}
