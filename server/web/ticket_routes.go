package web

import "net/http"

// mostUpload is the largest request with files: ten of the largest ones.
const mostUpload = 10*largestFile + smallBody

// deskRoutes are what agents work with all day.
func (w *Web) deskRoutes() []route {
	const get, post = http.MethodGet, http.MethodPost
	return []route{
		{get, "/", agent, w.home, 0},
		{get, "/live", agent, w.stream, 0},
		{get, "/rail", agent, w.railPage, 0},
		{get, "/tickets", agent, w.listPage, 0},
		{get, "/tickets/new", agent, w.newPage, 0},
		{post, "/tickets/new", agent, w.create, mostUpload},
		{get, "/tickets/:number", agent, w.ticketPage, 0},
		{post, "/tickets/:number/read", agent, w.markRead, 0},
		{post, "/tickets/:number/fields", agent, w.changeFields, 0},
		{post, "/tickets/:number/messages", agent, w.speak, mostUpload},
		{post, "/tickets/:number/draft", agent, w.saveDraft, 0},
		{post, "/tickets/:number/draft/files", agent, w.draftFiles, mostUpload},
		{get, "/tickets/:number/presence", agent, w.present, 0},
		{post, "/tickets/:number/presence", agent, w.look, 0},
		{get, "/tickets/:number/merge", agent, w.mergePage, 0},
		{post, "/tickets/:number/merge", agent, w.merge, 0},
		{post, "/tickets/:number/unmerge", agent, w.unmerge, 0},
		{get, "/tickets/:number/split", agent, w.splitPage, 0},
		{post, "/tickets/:number/split", agent, w.split, 0},
		{post, "/tickets/:number/unsplit", agent, w.unsplit, 0},
		{get, "/tickets/:number/link", agent, w.linkPage, 0},
		{post, "/tickets/:number/link", agent, w.link, 0},
		{post, "/tickets/:number/unlink", agent, w.unlink, 0},
		{get, "/tickets/:number/delete", agent, w.deletePage, 0},
		{post, "/tickets/:number/delete", agent, w.remove, 0},
		{post, "/tickets/:number/restore", agent, w.restore, 0},
		{post, "/tickets/:number/approvals", agent, w.askAgain, 0},
		{post, "/tickets/:number/approvals/:approval", agent, w.answerHere, 0},
		{post, "/tickets/:number/approvals/:approval/pass", agent, w.passApproval, 0},
		{post, "/tickets/:number/spam", agent, w.judge, 0},
		{post, "/tickets/:number/block", agent, w.block, 0},
		{post, "/messages/:message/undo", agent, w.withdraw, 0},
		{post, "/messages/:message/retry", agent, w.retry, 0},
		{get, "/files/:number/draft/:blob/*name", agent, w.draftFile, 0},
		{get, "/files/:number/answer/:blob/*name", agent, w.answerFile, 0},
		{get, "/files/:number/message/:message/:blob/*name", agent, w.file, 0},
		{get, "/files/:number/original/:message", agent, w.original, 0},
		{get, "/files/:number/raw/:message", agent, w.raw, 0},
	}
}
