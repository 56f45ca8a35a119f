package settings

import (
	"strings"
	"time"

	"okno/ui"
)

// Channels is the list of connections.
type Channels struct {
	Rows  []Channel
	Kinds []ui.Option // what can be connected
}

// Channel is one connection, in the list and in its form.
type Channel struct {
	ID             int64 // 0: not saved yet
	Kind, KindName string
	Name, Address  string
	Enabled        bool
	Chat           bool // people are told every step there, so Acknowledge is not asked
	Acknowledge    bool
	Team, TeamName string // id of the team, and its name in the list
	Teams          []ui.Option
	State          State
	First          []Input // what is always asked
	More           []Group // what is folded away
	Open           bool    // unless something in it needs to be seen
	Suggests       bool    // more follows from the address
	Suggested      string  // the address it was last filled in for
	Hidden         []Input // settings of fields not shown, carried along
	Check          Check   // the last test, when the page has no scripts
	Grants         bool    // signs in at a provider
}

// Group is folded inputs under one heading.
type Group struct {
	Title  string
	Inputs []Input
}

// Input is one setting of a channel.
type Input struct {
	Name, Type  string // Type as channels.FieldType
	Label, Hint string
	Value       string
	Error       string
	Options     []ui.Option
	Required    bool
	Set         bool // a secret that is stored
	Decides     bool // other inputs appear or vanish with it
	Suggests    bool // other inputs are filled in from it
}

// sort names the network, and the address unless the name says it.
func (c Channel) sort() string {
	if c.Address == "" || c.Address == c.Name {
		return c.KindName
	}
	return c.KindName + ", " + c.Address
}

// State is how a connection is doing: ok, late, waiting or off.
type State struct {
	Kind   string
	Reason string
	Detail string
	At     time.Time
}

// icon of a state; the word stands beside it.
func (s State) icon() string {
	switch s.Kind {
	case "ok":
		return "checkring"
	case "late":
		return "warn"
	case "off":
		return "pause"
	}
	return "clock"
}

// Check is a connection test under way or over; the zero Check shows nothing.
type Check struct {
	ID     string
	Steps  []Step
	Over   bool
	Failed string // why there was no test
}

// Step is one finding of a test.
type Step struct {
	OK                    bool
	Label, Reason, Detail string
}

// good says that the whole test went well.
func (c Check) good() bool {
	for _, s := range c.Steps {
		if !s.OK {
			return false
		}
	}
	return c.Over && c.Failed == "" && len(c.Steps) > 0
}

// Grant leads an administrator to a provider.
type Grant struct {
	Channel   string
	URL, Code string
	Back      string
	Check     Check
}

// kind of the HTML input.
func (i Input) kind() string {
	switch i.Type {
	case "number":
		return "number"
	case "secret":
		return "password"
	}
	return "text"
}

// found names what was filled in among the folded settings, so that nobody has
// to unfold them to see it.
func (c Channel) found(env ui.Env) string {
	var values []string
	for _, g := range c.More {
		for _, in := range g.Inputs {
			if in.Required && in.Type == "text" && in.Value != "" {
				values = append(values, in.Value)
			}
		}
	}
	if len(values) == 0 {
		return env.T("channel.more.hint")
	}
	return strings.Join(values, ", ")
}
