package editor

// Chat is the conversation that shows what a person will see. It is played with
// the draft and sends nothing.
type Chat struct {
	Turns    []string // what was said and pressed so far, see server/web
	Language string   // "en", "ru"
	Plain    bool     // as a network without buttons shows it
	Bubbles  []Bubble
	Keys     []Press // offered now
	Over     bool    // the request would be sent now
	At       int64   // when it began, in Unix seconds: the same turns lead to the same place
}

// Bubble is one message of the chat.
type Bubble struct {
	Mine bool
	HTML string // of the body, sanitised; "" shows Text
	Text string
}

// Press is one button of the chat.
type Press struct {
	Turn  string
	Label string
	Wide  bool
}
