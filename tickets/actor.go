package tickets

import "okno/tickets/people"

// ActorKind says what sort of somebody did something.
type ActorKind string

// The kinds of actors.
const (
	ByAgent  ActorKind = "agent"
	ByPerson ActorKind = "person" // somebody who asks
	BySystem ActorKind = "system" // the desk itself: rules, timers, delivery
)

// Actor is who does something. Role counts for agents only.
type Actor struct {
	Kind ActorKind   `json:"kind"`
	ID   int64       `json:"id,string,omitempty"` // of the agent or person
	Role people.Role `json:"-"`
	Via  string      `json:"via,omitempty"` // name of the token an agent acts through
}

// System is the desk itself.
func System() Actor { return Actor{Kind: BySystem} }

// AsAgent is an agent at work.
func AsAgent(a people.Agent) Actor { return Actor{Kind: ByAgent, ID: a.ID, Role: a.Role} }

// AsPerson is somebody who asks.
func AsPerson(id int64) Actor { return Actor{Kind: ByPerson, ID: id} }
