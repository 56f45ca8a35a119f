package tickets

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"okno/tickets/forms"
)

// Menu answers the sections and topics, of version 0 when they were never put.
func (s *Service) Menu(ctx context.Context) (forms.Menu, error) {
	m, err := s.store.Menu(ctx)
	return m, wrap("load menu", err)
}

// PutMenu replaces the menu whose version the administrator has seen and answers
// it as stored. A section or topic that types rest on cannot be left out. Error
// fields are "sections" or "topics", a dot, the place counted from 0, a dot, and
// "key", "name" or "parent".
func (s *Service) PutMenu(ctx context.Context, by Actor, m forms.Menu) (forms.Menu, error) {
	if err := onlyAdministrators(by); err != nil {
		return m, err
	}
	if err := checkMenu(m); err != nil {
		return m, err
	}
	err := s.store.InTx(ctx, func(ctx context.Context) error {
		drafts, err := s.store.RequestDrafts(ctx)
		if err != nil {
			return fmt.Errorf("load drafts of request types: %w", err)
		}
		if err := s.keepUsed(ctx, m, drafts); err != nil {
			return err
		}
		return changedMeanwhile(s.store.PutMenu(ctx, m))
	})
	m.Version++
	return m, err
}

// changedMeanwhile turns a lost race into a refusal.
func changedMeanwhile(err error) error {
	if errors.Is(err, ErrStale) {
		return &Error{Kind: Conflict, Message: "error.request.changed", Err: err}
	}
	return err
}

// keepUsed refuses a menu without what the stored one has and types rest on.
func (s *Service) keepUsed(ctx context.Context, m forms.Menu, drafts []RequestDraft) error {
	was, err := s.store.Menu(ctx)
	if err != nil {
		return fmt.Errorf("load menu: %w", err)
	}
	for _, d := range drafts {
		t := d.Type
		if section, ok := sectionOf(was, t.Section); ok && !t.Archived && !hasSection(m, t.Section) {
			return NewError(Blocked, "sections", "error.menu.section.used", "en", section.Name.In("en"), "ru", section.Name.In("ru"))
		}
		if topic, ok := topicOf(was, t.Topic); ok && !t.Archived && !hasTopic(m, t.Topic) {
			return NewError(Blocked, "topics", "error.menu.topic.used", "en", topic.Name.In("en"), "ru", topic.Name.In("ru"))
		}
	}
	return nil
}

func sectionOf(m forms.Menu, key string) (forms.Section, bool) {
	i := slices.IndexFunc(m.Sections, func(x forms.Section) bool { return x.Key == key })
	if i < 0 {
		return forms.Section{}, false
	}
	return m.Sections[i], true
}

func hasSection(m forms.Menu, key string) bool { _, ok := sectionOf(m, key); return ok }

func topicOf(m forms.Menu, key string) (forms.Topic, bool) {
	i := slices.IndexFunc(m.Topics, func(x forms.Topic) bool { return x.Key == key })
	if i < 0 {
		return forms.Topic{}, false
	}
	return m.Topics[i], true
}

func hasTopic(m forms.Menu, key string) bool { _, ok := topicOf(m, key); return ok }

// The most a menu holds, and how deep topics lie in each other: category,
// subcategory, topic.
const (
	mostSections = 50
	mostTopics   = 1000
	deepestTopic = 3
	longestOffer = 60 // characters of a name in the menu
)

// checkMenu checks that everything has a key of its own and a name, and that
// topics lie in topics before them, three levels deep.
func checkMenu(m forms.Menu) error {
	if len(m.Sections) > mostSections || len(m.Topics) > mostTopics {
		return NewError(Invalid, "sections", "error.menu.many", "sections", textOf(mostSections), "topics", textOf(mostTopics))
	}
	taken := map[string]bool{}
	for i, x := range m.Sections {
		if e := checkNamed("sections."+textOf(i), x.Key, x.Name, taken); e != nil {
			return e
		}
	}
	return checkTopics(m.Topics)
}

func checkTopics(list []forms.Topic) error {
	taken, depth := map[string]bool{}, map[string]int{}
	for i, x := range list {
		where := "topics." + textOf(i)
		if e := checkNamed(where, x.Key, x.Name, taken); e != nil {
			return e
		}
		depth[x.Key] = depth[x.Parent] + 1
		if x.Parent != "" && depth[x.Parent] == 0 || depth[x.Key] > deepestTopic {
			return NewError(Invalid, where+".parent", "error.menu.parent")
		}
	}
	return nil
}

// checkNamed checks key and name of one entry, named in errors as where.
func checkNamed(where, key string, name forms.Text, taken map[string]bool) error {
	switch {
	case !requestKeys.MatchString(key):
		return NewError(Invalid, where+".key", "error.request.key")
	case taken[key]:
		return NewError(Invalid, where+".key", "error.request.key.taken", "key", key)
	}
	taken[key] = true
	return checkOffer(where+".name", name)
}

// checkOffer checks a name people read: at least one language, not too long.
func checkOffer(where string, name forms.Text) error {
	switch {
	case oneLine(name.EN) == "" && oneLine(name.RU) == "":
		return NewError(Invalid, where, "error.menu.name")
	case max(utf8.RuneCountInString(name.EN), utf8.RuneCountInString(name.RU)) > longestOffer:
		return NewError(Invalid, where, "error.menu.name.long", "most", textOf(longestOffer))
	}
	return nil
}
