package tickets

import (
	"strings"

	"okno/tickets/fields"
	"okno/tickets/forms"
)

// filledForm is a request with the form it is about.
type filledForm struct {
	NewRequest
	asked forms.RequestType // zero when no form was found
	lists []forms.List
}

// opening is the ticket a form opens.
func (f *filledForm) opening() NewTicket {
	return NewTicket{
		Subject: f.subject(), RequesterID: f.RequesterID, Priority: Priority(f.asked.Priority), Tags: f.asked.Tags,
		TeamID: first(f.asked.TeamID, f.TeamID), ChannelID: f.ChannelID, Place: f.Place, form: f,
		Incoming: &Incoming{
			PersonID: f.RequesterID, ChannelID: f.ChannelID, Network: f.Network, Ref: f.Ref, Once: f.Once, At: f.At,
			Body: f.body(), Markdown: true, Files: f.files(),
		},
	}
}

// data is what the log keeps of a form; nil of none.
func (f *filledForm) data() *FormData {
	if f == nil || f.asked.ID == 0 {
		return nil
	}
	d := &FormData{TypeID: f.asked.ID, Type: f.asked.Key, Version: f.asked.Version, Answers: f.Answers, Unfinished: f.Unfinished}
	for key, list := range f.Files {
		for _, file := range list {
			if d.Files == nil {
				d.Files = map[string][]string{}
			}
			d.Files[key] = append(d.Files[key], file.Name)
		}
	}
	return d
}

// subject is the name of the ticket: made of the form, or of what was said first.
func (f *filledForm) subject() string {
	made := ""
	if f.asked.ID != 0 {
		made = forms.Subject(f.asked, f.lists, f.Answers, f.Language)
	}
	if made == "" && len(f.Said) > 0 {
		made = Snippet(f.Said[0])
	}
	return made
}

// files are all files, in the order of their steps.
func (f *filledForm) files() []File {
	var all []File
	for _, s := range f.asked.Steps {
		all = append(all, f.Files[s.Key]...)
	}
	return append(all, f.Files[""]...)
}

// body is the first message in Markdown: what was said in the person's own
// words, then every answer under its label.
func (f *filledForm) body() string {
	var parts []string
	if len(f.Said) > 0 {
		parts = append(parts, quoted(f.Said))
	}
	for _, s := range forms.Asked(f.asked, f.Answers) {
		if text := f.answer(s); text != "" {
			parts = append(parts, "**"+escaped(oneLine(s.Label.In(f.Language)))+"**\n"+text)
		}
	}
	return strings.Join(parts, "\n\n")
}

// answer is an answer in Markdown, "" when there is none.
func (f *filledForm) answer(s forms.Step) string {
	if s.Type == fields.Info {
		return ""
	}
	if s.Type == fields.Files {
		var names []string
		for _, file := range f.Files[s.Key] {
			names = append(names, escaped(oneLine(file.Name)))
		}
		return strings.Join(names, "\n")
	}
	return escaped(forms.Show(s, forms.Options(s, f.lists), f.Answers[s.Key], f.Language))
}

// quoted is what somebody said as quotations.
func quoted(said []string) string {
	var lines []string
	for _, text := range said {
		for line := range strings.SplitSeq(escaped(strings.TrimSpace(text)), "\n") {
			lines = append(lines, strings.TrimRight("> "+line, " "))
		}
		lines = append(lines, ">")
	}
	return strings.Join(lines[:len(lines)-1], "\n")
}
