package dialog

import (
	"slices"
	"strconv"
	"strings"

	"okno/channels"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// files are the files of the turn.
func (d *talk) files() []File { return given(d.turn.Files) }

func given(list []channels.File) []File {
	var out []File
	for _, f := range list {
		out = append(out, File{Name: f.Name, Type: f.Type, Size: f.Size, Blob: f.Blob})
	}
	return out
}

func checkable(f File) forms.File { return forms.File{Name: f.Name, Type: f.Type, Size: f.Size} }

// stow keeps files that came where none were asked. A question for files that
// would take them gets them; the others go along with the form.
func (d *talk) stow(files []File) {
	for _, file := range files {
		d.put(d.place(file), file)
	}
}

// place is the key of the step that takes a file, "" when none does.
func (d *talk) place(file File) string {
	if d.form == nil {
		return ""
	}
	f := d.state.Filling
	for _, s := range forms.Asked(*d.form, f.Answers) {
		if s.Type == fields.Files && forms.CheckFile(s, checkable(file)) == nil && d.room(s) {
			f.Answers[s.Key] = strconv.Itoa(len(f.Files[s.Key]) + 1)
			return s.Key
		}
	}
	return ""
}

func (d *talk) room(s forms.Step) bool {
	n := len(d.state.Filling.Files[s.Key])
	return n < mostFiles && (s.Check.Longer == 0 || n < s.Check.Longer)
}

// mostFiles is how many files a question takes, and how many go along.
const mostFiles = 30

func (d *talk) put(key string, file File) {
	f := d.state.Filling
	if f.Files == nil {
		f.Files = map[string][]File{}
	}
	if len(f.Files[key]) < mostFiles {
		f.Files[key] = append(slices.Clone(f.Files[key]), file)
	}
}

// collect takes files until they are done. Of an album the first is confirmed
// and the others come in silence.
func (d *talk) collect(s forms.Step) {
	f := d.state.Filling
	if len(d.turn.Files) == 0 || d.sticker() {
		d.noFile()
		return
	}
	d.aloud(d.turn.Text)
	var faults []string
	for _, file := range d.files() {
		if why := d.takeFile(s, file); why != "" {
			faults = append(faults, why)
		}
	}
	same := d.turn.Album != "" && d.turn.Album == f.Album
	f.Album = d.turn.Album
	if len(faults) > 0 || !same {
		d.again(append(faults, d.counted(s))...)
	}
}

// takeFile takes one file or says why not.
func (d *talk) takeFile(s forms.Step, file File) string {
	if err := forms.CheckFile(s, checkable(file)); err != nil {
		return d.reason(err)
	}
	if !d.room(s) {
		return d.text("form.fault.files.fewer", "most", strconv.Itoa(min(mostFiles, max(s.Check.Longer, 1))))
	}
	d.put(s.Key, file)
	return ""
}

// counted says how many files there are; that an album brings more, is not known.
func (d *talk) counted(s forms.Step) string {
	n := len(d.state.Filling.Files[s.Key])
	if n == 0 || d.turn.Album != "" {
		return ""
	}
	return d.text("dialog.files.taken", "count", strconv.Itoa(n))
}

func (d *talk) noFile() {
	if !d.worded() {
		d.again(d.nothing())
		return
	}
	d.aloud(d.turn.Text)
	d.again(d.text("dialog.files.words"))
}

// nothing says that a message is empty, unless its file is missing: that is said
// by tellMissing.
func (d *talk) nothing() string {
	if len(d.turn.Missing) > 0 {
		return ""
	}
	return d.text("dialog.empty")
}

// tellMissing says before anything else which files did not get here.
func (d *talk) tellMissing() {
	var lines []string
	for _, f := range d.turn.Missing {
		if f.Most > 0 {
			lines = append(lines, d.text("dialog.lost.large", "name", f.Name, "megabytes", number(f.Most>>20)))
			continue
		}
		lines = append(lines, d.text("dialog.lost", "name", f.Name))
	}
	switch text := strings.Join(lines, "\n"); {
	case text == "":
	case len(d.said) == 0:
		d.said = append(d.said, Message{Body: text})
	default:
		d.said[0].Body = text + "\n\n" + d.said[0].Body
	}
}

// clear takes back the files of a question.
func (d *talk) clear() {
	f := d.state.Filling
	delete(f.Files, f.Asked)
	delete(f.Answers, f.Asked)
	d.again(d.text("dialog.files.cleared"))
}

// filesDone goes on with the files there are.
func (d *talk) filesDone(s forms.Step) {
	n := len(d.state.Filling.Files[s.Key])
	if n == 0 && !s.Optional {
		d.again(d.text("dialog.files.none"))
		return
	}
	answer := ""
	if n > 0 {
		answer = strconv.Itoa(n)
	}
	d.record(s, answer)
}

// filesShown names files.
func (d *talk) filesShown(files []File) string {
	var names []string
	for _, f := range files {
		if f.Name != "" {
			names = append(names, f.Name)
		}
	}
	switch {
	case len(files) == 0:
		return ""
	case len(names) < len(files):
		return d.label("dialog.files", "count", strconv.Itoa(len(files)))
	}
	return strings.Join(names, ", ")
}

// keptFiles are the files that go with the ticket.
func (d *talk) keptFiles() map[string][]File {
	kept := map[string][]File{}
	for key, list := range d.state.Filling.Files {
		if len(list) > 0 {
			kept[key] = list
		}
	}
	return kept
}
