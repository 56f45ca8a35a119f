package web

import (
	"encoding/json"
	"slices"

	"okno/tickets"
	"okno/tickets/fields"
)

// acted says what a person did besides writing.
func (s story) acted(e tickets.Event) string {
	t := s.n.env.T
	switch e.Type {
	case tickets.MessageEdited:
		return t("event.edited")
	case tickets.MessageRemoved:
		return t("event.removed")
	case tickets.MessageExtended:
		var d tickets.EditData
		if json.Unmarshal(e.Data, &d) != nil || d.Files == 0 {
			return ""
		}
		return t("event.extended", "count", d.Files)
	case tickets.MessageReacted:
		var d tickets.ReactionData
		if json.Unmarshal(e.Data, &d) != nil || d.Emoji == "" {
			return t("event.unreacted")
		}
		return t("event.reacted", "emoji", d.Emoji)
	}
	return s.reach(e)
}

// reach says that somebody takes no messages any more, or takes them again.
func (s story) reach(e tickets.Event) string {
	var d tickets.ReachData
	if json.Unmarshal(e.Data, &d) != nil {
		return ""
	}
	if d.Why.Key == "" {
		return s.n.env.T("event.reached")
	}
	return s.n.env.T("event.unreached", "why", s.n.env.Sentence(d.Why))
}

// field says what a custom field says now.
func (s story) field(e tickets.Event) string {
	var d tickets.ChangeData
	if json.Unmarshal(e.Data, &d) != nil {
		return ""
	}
	i := slices.IndexFunc(s.asked, func(f fields.Field) bool { return f.Key == d.Key })
	if i < 0 {
		return ""
	}
	f, lang := s.asked[i], s.n.env.Lang
	if d.To == "" {
		return s.n.env.T("event.field.cleared", "name", f.Name(lang))
	}
	return s.n.env.T("event.field", "name", f.Name(lang), "to", fields.Show(f, d.To, lang))
}
