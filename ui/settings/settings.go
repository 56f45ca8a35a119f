// Package settings draws what people set up: their own profile, and for
// administrators agents, teams, channels and the inbox ledger.
package settings

// Invitation is a one-time link that was just made; it is shown once.
type Invitation struct {
	Name, Email, URL string
}
