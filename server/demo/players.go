package demo

import "time"

// Player is somebody the visitor of a demo can play in the pretend chat.
type Player struct{ ID, Name, Language string }

// Players answers everybody who can be played. The first of each language has
// no open ticket, so that what the visitor writes opens one.
func Players() []Player {
	return []Player{
		{"olga", "Ольга Синицына", "ru"}, {"priya", "Priya Natarajan", "en"},
		{"ruslan", "Руслан Ахметов", "ru"}, {"daniel", "Daniel Okafor", "en"},
	}
}

// Said is a message of the pretend chat.
type Said struct {
	ID     string // by which the network knows it
	Mine   bool   // the player wrote it
	Author string
	Text   string
	At     time.Time
}
