package ui

// shortcut is one line of the sheet of keys; does is the end of its word's key.
type shortcut struct {
	does string
	keys []string
}

// shortcuts are the keys that keys.js knows.
func shortcuts() []shortcut {
	return []shortcut{
		{"move", []string{"J", "K"}}, {"open", []string{"O", "Enter"}}, {"back", []string{"U"}},
		{"reply", []string{"R"}}, {"note", []string{"N"}}, {"assign", []string{"A"}}, {"take", []string{"I"}},
		{"status", []string{"S"}}, {"solve", []string{"E"}}, {"send", []string{"Ctrl Enter"}},
		{"sendsolve", []string{"Ctrl Shift Enter"}}, {"undo", []string{"Ctrl Z"}},
		{"more", []string{"."}}, {"merge", []string{"Shift M"}}, {"split", []string{"Shift S"}}, {"link", []string{"Shift L"}},
		{"spam", []string{"#"}}, {"delete", []string{"Del"}}, {"leave", []string{"Esc"}}, {"help", []string{"?"}},
	}
}
