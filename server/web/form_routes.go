package web

import "net/http"

// formRoutes are where administrators edit what can be asked for.
func (w *Web) formRoutes() []route {
	const get, post = http.MethodGet, http.MethodPost
	const one = "/settings/requests/:id"
	return []route{
		{get, "/settings/requests", administrator, w.typesPage, 0},
		{post, "/settings/requests", administrator, w.arrangeTypes, 0},
		{get, "/settings/requests/new", administrator, w.newTypePage, 0},
		{post, "/settings/requests/new", administrator, w.makeType, 0},
		{post, "/settings/requests/import", administrator, w.importType, 0},
		{get, "/settings/requests/menu", administrator, w.menuPage, 0},
		{post, "/settings/requests/menu", administrator, w.saveMenu, 0},
		{get, "/settings/requests/lists", administrator, w.listsPage, 0},
		{get, "/settings/requests/lists/:key", administrator, w.referencePage, 0}, // "new" for a new one
		{post, "/settings/requests/lists/:key", administrator, w.saveReference, largeTable},
		{get, "/settings/requests/lists/:key/file", administrator, w.exportReference, 0},
		{get, one, administrator, w.draftPage, 0},
		{post, one, administrator, w.saveDraftPart, 0},
		{get, one + "/add", administrator, w.draftPage, 0},
		{post, one + "/add", administrator, w.addStep, 0},
		{get, one + "/steps/:step", administrator, w.draftPage, 0},
		{post, one + "/steps/:step", administrator, w.saveDraftPart, 0},
		{get, one + "/stages/:stage", administrator, w.draftPage, 0},
		{post, one + "/stages/:stage", administrator, w.saveDraftPart, 0},
		{get, one + "/arrange", administrator, w.toDraft, 0},
		{post, one + "/arrange", administrator, w.arrangeDraft, 0},
		{get, one + "/publish", administrator, w.toDraft, 0},
		{post, one + "/publish", administrator, w.publishDraft, 0},
		{get, one + "/history", administrator, w.historyPage, 0},
		{post, one + "/history", administrator, w.restoreVersion, 0},
		{get, one + "/file", administrator, w.exportType, 0},
	}
}
