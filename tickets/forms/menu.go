package forms

import "okno/tickets/fields"

// Menu is the order in which request types are found, and what they are about.
type Menu struct {
	Version  int64     `json:"-"`
	Sections []Section `json:"sections"`
	Topics   []Topic   `json:"topics,omitempty"`
}

// Section is one entry of the bot's menu and of the portal's front page.
type Section struct {
	Key  string `json:"key"`
	Name Text   `json:"name"`
	Icon string `json:"icon,omitempty"` // emoji
}

// Topic is a category (no parent), a subcategory or a topic: three levels.
type Topic struct {
	Key    string `json:"key"`
	Parent string `json:"parent,omitempty"`
	Name   Text   `json:"name"`
}

// List is a reference list that steps of several forms share: offices, software.
type List struct {
	Key     string          `json:"key"`
	Name    Text            `json:"name"`
	Entries []fields.Option `json:"entries"`
	Version int64           `json:"-"`
}

// Catalog is all there is to ask for, as one moment knows it.
type Catalog struct {
	Version int64 // another one whenever anything in it changed
	Menu    Menu
	Types   []RequestType // published, by section and position; archived ones left out
	Lists   []List
}
