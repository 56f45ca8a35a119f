package settings

// sections are the pages of the settings in the order of their tabs.
func sections() []string {
	return []string{"profile", "desk", "agents", "teams", "statuses", "fields", "requests", "channels", "ledger", "tokens"}
}
