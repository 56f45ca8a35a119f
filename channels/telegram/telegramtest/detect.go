package telegramtest

import (
	"regexp"
	"slices"
)

// detected finds what Telegram marks in a text by itself: commands, links and
// addresses.
func detected(text string) (list []Entity) {
	for _, p := range patterns() {
		for _, span := range p.look.FindAllStringSubmatchIndex(text, -1) {
			list = append(list, Entity{Type: p.kind, Offset: units(text[:span[2]]), Length: units(text[span[2]:span[3]])})
		}
	}
	slices.SortStableFunc(list, func(a, b Entity) int { return a.Offset - b.Offset })
	return list
}

type pattern struct {
	kind string
	look *regexp.Regexp // the first group is the entity
}

var (
	commandLook = regexp.MustCompile(`(?:^|\s)(/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]+)?)`)
	linkLook    = regexp.MustCompile(`(?:^|[\s(])(https?://[^\s<>"]*[^\s<>".,;:!?)])`)
	mailLook    = regexp.MustCompile(`(?:^|[\s(])([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)`)
)

func patterns() []pattern {
	return []pattern{{"bot_command", commandLook}, {"url", linkLook}, {"email", mailLook}}
}
