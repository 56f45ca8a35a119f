package settings

import (
	"strconv"
	"time"

	"okno/tickets/people"
	"okno/ui"
	"okno/ui/approval"
)

// Profile is what agents change about themselves.
type Profile struct {
	people.Profile
	Saved  string            // what was just saved, in words
	Errors map[string]string // by field; those of the password form are old and password
	// Absence is the form that names who answers while the agent is away.
	Absence approval.Absence
}

// Desk is the name and language of the whole desk.
type Desk struct {
	Name, Language string
	Saved          string
	Errors         map[string]string
}

// Agents is the list of who answers.
type Agents struct {
	Rows []AgentRow
}

// AgentRow is one agent in the list.
type AgentRow struct {
	people.Agent
	Teams string // names
}

// Invited says that the agent has not chosen a password yet.
func (a AgentRow) Invited() bool { return a.PasswordHash == "" }

// Agent is the form of one agent, or of an invitation (ID 0).
type Agent struct {
	ID          int64
	Name, Email string
	Role        people.Role
	Disabled    bool
	Invited     bool
	Program     bool
	Teams       []Tick
	Link        []Invitation // just made
	Errors      map[string]string
}

// Team is the form of one team; ID 0 is a new one.
type Team struct {
	ID      int64
	Name    string
	Members []Tick
	Errors  map[string]string
}

// Tick is one box of several with a common name.
type Tick struct {
	ID   int64
	Name string
	On   bool
}

func roles(env ui.Env) []ui.Option {
	return []ui.Option{
		{Value: string(people.Answerer), Label: env.T("role.agent")},
		{Value: string(people.Administrator), Label: env.T("role.administrator")},
	}
}

func languages(env ui.Env) []ui.Option {
	return []ui.Option{{Value: "en", Label: env.T("language.en")}, {Value: "ru", Label: env.T("language.ru")}}
}

func themes(env ui.Env) []ui.Option {
	return []ui.Option{
		{Value: "", Label: env.T("profile.theme.system")}, {Value: "light", Label: env.T("profile.theme.light")},
		{Value: "dark", Label: env.T("profile.theme.dark")},
	}
}

// zones are the time zones offered by name; any other can be typed.
func zones() []string {
	return []string{
		"Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Novosibirsk",
		"Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka",
		"Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Belgrade", "Europe/Istanbul", "Asia/Tbilisi",
		"Asia/Yerevan", "Asia/Almaty", "Asia/Tashkent", "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo",
		"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "UTC",
	}
}

func number(id int64) string { return strconv.FormatInt(id, 10) }

// lastSeen is when an agent was last here, "" when never.
func lastSeen(env ui.Env, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return ui.Clock(env, at)
}
