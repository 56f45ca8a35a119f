package web

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/gin-gonic/gin"

	"okno/ui"
)

// portalHome is where those who ask come in.
const portalHome = "/portal"

// portalRoutes are for those who ask.
func (w *Web) portalRoutes() []route {
	const get, post = http.MethodGet, http.MethodPost
	return []route{
		{get, "/portal", guest, w.frontPage, 0},
		{post, "/portal/language", guest, w.choosePortalLanguage, 0},
		{get, "/portal/signin", guest, w.askerSignInPage, 0},
		{post, "/portal/signin", guest, w.askerSignIn, 0},
		{get, "/portal/signin/sent", guest, w.letterSentPage, 0},
		{post, "/portal/signout", guest, w.askerSignOut, 0},
		{get, "/portal/enter/:secret", guest, w.enterPage, 0},
		{post, "/portal/enter/:secret", guest, w.enterByMail, 0},
		{get, "/portal/r/:key", guest, w.formPage, 0},
		{get, "/portal/r/:key/step/:step", guest, w.stepPage, 0},
		{post, "/portal/r/:key/step/:step", guest, w.answerStep, mostUpload},
		{get, "/portal/r/:key/all", guest, w.onePage, 0},
		{post, "/portal/r/:key/all", guest, w.answerPage, mostUpload},
		{post, "/portal/r/:key/files/:step", guest, w.putFormFiles, mostUpload},
		{get, "/portal/r/:key/check", guest, w.checkPage, 0},
		{post, "/portal/r/:key/send", guest, w.sendForm, 0},
		{get, "/portal/mine", asker, w.minePage, 0},
		{post, "/portal/approvals/:id", asker, w.answerApproval, 0},
		{get, "/portal/approvals/:id/file/:blob/*name", asker, w.approvalFile, 0},
		{get, "/portal/t/:number", asker, w.requestPage, 0},
		{post, "/portal/t/:number/reply", asker, w.answerRequest, mostUpload},
		{post, "/portal/t/:number/rating", asker, w.rateRequest, 0},
		{post, "/portal/t/:number/reopen", asker, w.reopenRequest, mostUpload},
		{get, "/portal/t/:number/file/:message/:blob/*name", asker, w.requestFile, 0},
	}
}

// portal says that a route is for those who ask.
func (r route) portal() bool { return r.who == guest || r.who == asker }

// inPortal says that a path is one of the portal's.
func inPortal(path string) bool {
	return path == portalHome || strings.HasPrefix(path, portalHome+"/")
}

// site answers a page of the portal.
func (w *Web) site(c *gin.Context, env ui.Env, status int, title string, main templ.Component) error {
	return w.render(c, status, ui.Site(env, title, main))
}
