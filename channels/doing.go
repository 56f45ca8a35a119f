package channels

// Act says what somebody did.
type Act string

// The acts of people. Networks without one never report it.
const (
	ActSay    Act = ""       // wrote a message
	ActEdit   Act = "edit"   // changed what they had written: Inbound carries the new text
	ActRemove Act = "remove" // took back what they had written
	ActReact  Act = "react"  // put an emoji on a message, or took it off
	ActPress  Act = "press"  // pressed a button under a message of ours
	ActLeave  Act = "leave"  // no longer takes messages from us
	ActReturn Act = "return" // takes them again, or for the first time
)

// Doing is an act other than writing, and what it was done to.
type Doing struct {
	Act      Act
	Of       string // network id of the message it was done to; "" for leave and return
	Button   string // of press: Button.ID as it was sent
	Reaction string // of react: the emoji, "" when it was taken off
	Start    string // of return: what the link they came by carried, at most 64 bytes
}

// Button is one button under a message. Exactly one of ID and URL is set.
type Button struct {
	Text string
	ID   string // opaque, at most 64 bytes: comes back as Doing.Button
	URL  string // opens an address instead
}
