package tickets

import "slices"

// Reaction is an emoji somebody has put on a message.
type Reaction struct {
	By    Actor
	Emoji string
}

// Reactions answers the emoji on each message of a ticket, by message id, in
// the order they came. Of one person the last on a message counts.
func Reactions(events []Event) map[int64][]Reaction {
	on := map[int64][]Reaction{}
	for _, e := range events {
		if e.Type != MessageReacted {
			continue
		}
		var d ReactionData
		if err := read(e, func(r ReactionData) error { d = r; return nil }); err != nil {
			continue
		}
		left := slices.DeleteFunc(on[d.MessageID], func(r Reaction) bool { return r.By == e.Actor })
		if d.Emoji != "" {
			left = append(left, Reaction{By: e.Actor, Emoji: d.Emoji})
		}
		on[d.MessageID] = left
	}
	return on
}
