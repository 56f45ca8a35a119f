package forms

import (
	"errors"
	"strconv"
	"time"

	"okno/tickets/fields"
)

// CheckAnswers says whether answers fill a form: every step that is asked has
// one, each is canonical and passes its checks, and the files belong to it. What
// was answered to steps that are not asked does not matter; Kept leaves it out.
// Errors are *fields.Fault whose part is the key of the step.
func CheckAnswers(t RequestType, lists []List, a Answers, files map[string][]File, now time.Time) error {
	if s, missing := Next(t, a); missing {
		return at(s, fault("form.fault.needed"))
	}
	for _, s := range Asked(t, a) {
		if err := s.checkWhole(lists, a[s.Key], files[s.Key], now); err != nil {
			return at(s, err)
		}
	}
	return nil
}

func (s Step) checkWhole(lists []List, answer string, files []File, now time.Time) error {
	options := Options(s, lists)
	canonical, err := Parse(s, options, answer, "", now)
	if err != nil {
		return err
	}
	if canonical != answer {
		return fault("form.fault.canonical")
	}
	if s.Type == fields.Files && answer != count(files) {
		return fault("field.fault.files")
	}
	for _, f := range files {
		if err := CheckFile(s, f); err != nil {
			return err
		}
	}
	return nil
}

func count(files []File) string {
	if len(files) == 0 {
		return ""
	}
	return strconv.Itoa(len(files))
}

// at says which step a fault is about.
func at(s Step, err error) error {
	var f *fields.Fault
	if !errors.As(err, &f) {
		return err
	}
	return &fields.Fault{Part: s.Key, Message: f.Message, Args: f.Args}
}

// Kept are the answers of the steps that are asked: what a ticket keeps.
// Somebody who went back and chose otherwise may have answered others before.
func Kept(t RequestType, a Answers) Answers {
	kept := Answers{}
	for _, s := range Asked(t, a) {
		if text, ok := a[s.Key]; ok {
			kept[s.Key] = text
		}
	}
	return kept
}
