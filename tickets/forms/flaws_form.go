package forms

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"okno/tickets/fields"
)

// The largest definitions. Names stand on buttons, so they are short.
const (
	longestName    = 40 // characters
	longestAbout   = 200
	longestLabel   = 300
	longestHelp    = 1000
	longestWords   = 4000 // of information only
	longestIcon    = 16   // one emoji may be many joined
	longestOption  = 60
	longestKeyword = 100
	mostSteps      = 50
	mostStages     = 10
	mostApprovers  = 20
	mostKeywords   = 100 // in one language
	// As tickets take them: a form must not make a ticket that is refused.
	mostTags   = 20
	longestTag = 40
)

// CheckType answers every flaw of a definition, in the order of its parts; none
// when it can be published. It looks at the menu and the lists the definition
// names, not at teams, people and addresses.
func CheckType(t RequestType, menu Menu, lists []List) []Flaw {
	x := &flaws{step: -1, stage: -1}
	x.form(t, menu)
	for i := range t.Steps {
		x.step = i
		x.stepFlaws(t, i, lists)
	}
	x.step = -1
	for i := range t.Stages {
		x.stage = i
		x.stageFlaws(t, i, lists)
	}
	return x.found
}

func (x *flaws) form(t RequestType, menu Menu) {
	x.key(t.Key)
	x.words("name", t.Name, longestName)
	x.longer("about", t.About, longestAbout)
	x.addIf(utf8.RuneCountInString(t.Icon) > longestIcon, "icon", "form.flaw.long", "most", strconv.Itoa(longestIcon))
	x.addIf(!slices.ContainsFunc(menu.Sections, func(s Section) bool { return s.Key == t.Section }), "section", "form.flaw.section")
	x.addIf(t.Topic != "" && !slices.ContainsFunc(menu.Topics, func(o Topic) bool { return o.Key == t.Topic }), "topic", "form.flaw.topic", "key", t.Topic)
	x.subject(t)
	x.entries("keywords", t.Keywords.EN, mostKeywords, longestKeyword)
	x.entries("keywords", t.Keywords.RU, mostKeywords, longestKeyword)
	x.entries("tags", t.Tags, mostTags, longestTag)
	x.addIf(t.Priority < 0 || t.Priority > 4, "priority", "form.flaw.priority")
	x.addIf(!slices.Contains([]Audience{Everybody, Known, Agents, Nobody}, t.Audience), "audience", "form.flaw.audience")
	x.size(t)
}

// size wants at least one question and no endless form.
func (x *flaws) size(t RequestType) {
	asks := slices.ContainsFunc(t.Steps, func(s Step) bool { return s.Type != fields.Info })
	x.addIf(!asks, "steps", "form.flaw.steps.none")
	x.addIf(len(t.Steps) > mostSteps, "steps", "form.flaw.many", "most", strconv.Itoa(mostSteps))
	x.addIf(len(t.Stages) > mostStages, "stages", "form.flaw.many", "most", strconv.Itoa(mostStages))
}

// subject wants every slot to name a step with an answer.
func (x *flaws) subject(t RequestType) {
	x.longer("subject", t.Subject, longestLabel)
	var named []string
	for _, words := range []string{t.Subject.EN, t.Subject.RU} {
		for _, m := range slot.FindAllStringSubmatch(words, -1) {
			named = append(named, m[1])
		}
	}
	slices.Sort(named)
	for _, key := range slices.Compact(named) {
		s, known := t.Step(key)
		x.addIf(!known || s.Type == fields.Info || s.Type == fields.Files, "subject", "form.flaw.subject.step", "key", key)
	}
}

// key checks how a key is spelt.
func (x *flaws) key(key string) bool {
	return x.addIf(!keys.MatchString(key), "key", "form.flaw.key")
}

// words wants a text in at least one language.
func (x *flaws) words(part string, text Text, most int) {
	if !x.addIf(blank(text.EN) && blank(text.RU), part, "form.flaw.empty") {
		x.longer(part, text, most)
	}
}

func (x *flaws) longer(part string, text Text, most int) {
	n := max(utf8.RuneCountInString(text.EN), utf8.RuneCountInString(text.RU))
	x.addIf(n > most, part, "form.flaw.long", "most", strconv.Itoa(most))
}

// entries wants no more words or phrases than fit, none of them too long.
func (x *flaws) entries(part string, list []string, most, longest int) {
	x.addIf(len(list) > most, part, "form.flaw.many", "most", strconv.Itoa(most))
	long := slices.ContainsFunc(list, func(entry string) bool { return utf8.RuneCountInString(entry) > longest })
	x.addIf(long, part, "form.flaw.long", "most", strconv.Itoa(longest))
}
