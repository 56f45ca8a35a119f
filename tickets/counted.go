package tickets

// Counted answers the keys of the counters a ticket belongs to: "deleted", none
// when it was merged, "spam" or "solved", else "open" with "unassigned" or "mine:AGENT", "waiting" and
// "team:TEAM" where they hold.
func Counted(t Ticket) []string {
	switch {
	case t.Version == 0, t.MergedInto != 0:
		return nil
	case !t.DeletedAt.IsZero():
		return []string{string(ViewDeleted)}
	case t.Spam:
		return []string{string(ViewSpam)}
	case !t.Category.Active():
		return []string{string(ViewSolved)}
	}
	keys := []string{string(ViewOpen), string(ViewUnassigned)}
	if t.AssigneeID != 0 {
		keys[1] = CountKey(ViewMine, t.AssigneeID)
	}
	if t.Category == Waiting {
		keys = append(keys, string(ViewWaiting))
	}
	if t.TeamID != 0 {
		keys = append(keys, TeamKey(t.TeamID))
	}
	return keys
}

// CountKey is the counter of an agent's own view: "mine:AGENT" and
// "mentions:AGENT", the latter counting mentions not seen yet.
func CountKey(v View, agent int64) string { return string(v) + ":" + textOf(agent) }

// TeamKey is the counter of a team's active tickets.
func TeamKey(team int64) string { return "team:" + textOf(team) }

// countsBetween answers by how much the counters move when a row changes.
func countsBetween(was, now Ticket) map[string]int {
	delta := map[string]int{}
	for _, k := range Counted(was) {
		delta[k]--
	}
	for _, k := range Counted(now) {
		delta[k]++
	}
	for k, n := range delta {
		if n == 0 {
			delete(delta, k)
		}
	}
	return delta
}
