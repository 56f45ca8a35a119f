package entry

import "okno/ui"

// deskName is the desk's own name once it has one.
func deskName(env ui.Env) string {
	if env.Desk == "" {
		return "Okno"
	}
	return env.Desk
}
