package ui

// deskName is the desk's own name once it has one.
func (env Env) deskName() string {
	if env.Desk == "" {
		return "Okno"
	}
	return env.Desk
}

// otherLanguage is what the switch of the portal offers.
func (env Env) otherLanguage() string {
	if env.Lang == "ru" {
		return "en"
	}
	return "ru"
}
