package web

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// inert is the policy of a file: whatever it is, it runs nothing.
const inert = "default-src 'none'; sandbox"

// largestShown is the largest image shown inside a conversation.
const largestShown = 8_000_000

// raster says that a type is an image without scripts in it.
func raster(kind string) bool {
	return slices.Contains([]string{"image/png", "image/jpeg", "image/gif", "image/webp"}, kind)
}

// file serves an attachment of a message of the ticket.
func (w *Web) file(c *gin.Context, env ui.Env) error {
	m, err := w.messageOf(c, env)
	if err != nil {
		return err
	}
	return w.serve(c, m.Files)
}

// draftFile serves an attachment of the agent's draft.
func (w *Web) draftFile(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	d, err := w.Tickets.Draft(c.Request.Context(), tickets.AsAgent(env.Agent), t.ID)
	if err != nil {
		return err
	}
	return w.serve(c, d.Files)
}

// messageOf is the message an address names, if it belongs to the ticket there.
func (w *Web) messageOf(c *gin.Context, env ui.Env) (tickets.Message, error) {
	n, err := number(c)
	if err != nil {
		return tickets.Message{}, err
	}
	talk, err := w.Tickets.Conversation(c.Request.Context(), tickets.AsAgent(env.Agent), n)
	if err != nil {
		return tickets.Message{}, err
	}
	for _, m := range talk.Messages {
		if idText(m.ID) == c.Param("message") {
			return m, nil
		}
	}
	return tickets.Message{}, tickets.NewError(tickets.Missing, "", "file.missing.text")
}

func (w *Web) serve(c *gin.Context, files []tickets.File) error {
	at := slices.IndexFunc(files, func(f tickets.File) bool { return f.Blob == c.Param("blob") })
	if at < 0 {
		return tickets.NewError(tickets.Missing, "", "file.missing.text")
	}
	f := files[at]
	body, err := w.Files.Open(c.Request.Context(), f.Blob)
	if err != nil {
		return fmt.Errorf("open attachment: %w", err)
	}
	defer func() { _ = body.Close() }()
	fileHeaders(c, f)
	c.Status(http.StatusOK)
	if _, err := io.Copy(c.Writer, body); err != nil {
		w.Logger.InfoContext(c.Request.Context(), "attachment not sent whole", "error", err)
	}
	return nil
}

// fileHeaders see to it that browsers save a file rather than run it.
func fileHeaders(c *gin.Context, f tickets.File) {
	kind, how := "application/octet-stream", "attachment"
	if raster(f.Type) {
		kind, how = f.Type, "inline"
	}
	c.Header("Content-Type", kind)
	c.Header("Content-Length", strconv.FormatInt(f.Size, 10))
	c.Header("Content-Disposition", how+"; filename*=UTF-8''"+url.PathEscape(f.Name))
	c.Header("Content-Security-Policy", inert)
	c.Header("Cross-Origin-Resource-Policy", "same-origin")
	c.Header("Cache-Control", "private, max-age=86400, immutable")
}

// filesOf are the attachments of a message with their addresses.
func filesOf(number int64, m tickets.Message) []desk.File {
	out := make([]desk.File, 0, len(m.Files))
	for _, f := range m.Files {
		out = append(out, shown(f, fmt.Sprintf("/files/%d/message/%d/", number, m.ID)))
	}
	return out
}

// draftFiles are the attachments of a draft with their addresses.
func draftFiles(number int64, files []tickets.File) []desk.File {
	out := make([]desk.File, 0, len(files))
	for _, f := range files {
		out = append(out, shown(f, fmt.Sprintf("/files/%d/draft/", number)))
	}
	return out
}

func shown(f tickets.File, folder string) desk.File {
	name := f.Name
	if name == "" {
		name = "file"
	}
	return desk.File{
		Name: name, Size: f.Size, Key: keyOf(f), Address: folder + f.Blob + "/" + url.PathEscape(name),
		Image: raster(f.Type) && f.Size <= largestShown,
	}
}
