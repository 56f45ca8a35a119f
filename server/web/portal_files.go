package web

import (
	"errors"
	"mime/multipart"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/ui"
	"okno/ui/portal"
)

// mostFormFiles is how many files one step keeps.
const mostFormFiles = 20

// putFormFiles keeps files as soon as they are chosen, and answers the list of
// them.
func (w *Web) putFormFiles(c *gin.Context, env ui.Env) error {
	f, err := w.filling(c, env)
	if err != nil {
		return err
	}
	s, ok := f.form.Step(c.Param("step"))
	if !ok || s.Type != fields.Files {
		return tickets.NewError(tickets.Missing, "", "web.fault.nowhere")
	}
	refused := w.addFiles(c, f, s, "files")
	text, forPerson := "", refused == nil
	if refused != nil {
		text, forPerson = faultText(env, refused)
	}
	if !forPerson {
		return refused
	}
	if n := fileCount(f.Files[s.Key]); n != "" {
		f.Answers[s.Key] = n
	}
	if err := w.keep(c, f); err != nil {
		return err
	}
	status := http.StatusOK
	if text != "" {
		status = http.StatusUnprocessableEntity
	}
	return w.render(c, status, portal.Attached(env, f.question(s, text, false)))
}

// takeFiles takes the files that came with a form, and those it wants removed.
func (w *Web) takeFiles(c *gin.Context, f *filling, s forms.Step) error {
	f.Files[s.Key] = removedFile(c, s.Key, f.Files[s.Key])
	return w.addFiles(c, f, s, stepInput+s.Key)
}

// addFiles keeps the files of one input of a form. Those before a file that is
// not taken are kept.
func (w *Web) addFiles(c *gin.Context, f *filling, s forms.Step, input string) error {
	form, err := c.MultipartForm()
	if errors.Is(err, http.ErrNotMultipart) {
		return nil
	}
	if err != nil {
		return &tickets.Error{Kind: tickets.Invalid, Message: "portal.file.failed", Err: err}
	}
	for _, h := range form.File[input] {
		if h.Filename == "" && h.Size == 0 {
			continue // an empty file input
		}
		if err := w.addFile(c, f, s, h); err != nil {
			return err
		}
	}
	return nil
}

func (w *Web) addFile(c *gin.Context, f *filling, s forms.Step, h *multipart.FileHeader) error {
	if len(f.Files[s.Key]) >= mostFormFiles {
		return tickets.NewError(tickets.Invalid, "", "portal.file.many", "most", strconv.Itoa(mostFormFiles))
	}
	if err := forms.CheckFile(s, forms.File{Name: fileName(h.Filename), Type: fileType(h), Size: h.Size}); err != nil {
		return err
	}
	if f.env.Asker.ID == 0 && w.attempts.takeFile(c.ClientIP()) > 0 {
		return tickets.NewError(tickets.Invalid, "", "portal.files.limited")
	}
	file, err := w.upload(c, h)
	if err != nil {
		return err
	}
	f.Files[s.Key] = append(f.Files[s.Key], file)
	return nil
}

// fileCount is the canonical text of files: how many there are.
func fileCount(list []tickets.File) string {
	if len(list) == 0 {
		return ""
	}
	return strconv.Itoa(len(list))
}

// How much strangers may ask of the portal, by network address: letters with
// links, and files of forms nobody has sent yet.
const (
	lettersPerAddress = 3
	refillAddress     = 5 * time.Minute
	lettersPerNetwork = 20
	refillLetters     = time.Minute
	filesPerNetwork   = 60
	refillFiles       = 10 * time.Second
)

// takeLetter counts one letter to an address, asked for from a network address,
// and answers how long to wait instead.
func (a *attempts) takeLetter(address, network string) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	if wait := a.takeOne("letters from "+network, refillLetters, lettersPerNetwork); wait > 0 {
		return wait
	}
	return a.takeOne("letters to "+address, refillAddress, lettersPerAddress)
}

// takeFile counts one file of somebody who has not signed in.
func (a *attempts) takeFile(network string) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.takeOne("files from "+network, refillFiles, filesPerNetwork)
}
