package hub

import (
	"time"

	"okno/channels/dialog"
)

// Dialog is where the conversation in one chat stands.
type Dialog struct {
	ChannelID int64
	Place     string
	State     DialogState
}

// DialogState is what a dialog remembers between two messages.
type DialogState struct {
	Another time.Time    `json:"another,omitzero"` // since when the next message is to open a ticket
	Greeted time.Time    `json:"greeted,omitzero"` // when the desk last said how it works
	Talk    dialog.State `json:"talk,omitzero"`    // menu, form, rating
}

// wishLasts is how long "the next message opens a ticket" holds. Who writes
// days later has forgotten it.
const wishLasts = 24 * time.Hour

// another says whether the next message is to open a ticket.
func (s DialogState) another(now time.Time) bool {
	return !s.Another.IsZero() && now.Sub(s.Another) < wishLasts
}
