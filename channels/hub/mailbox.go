package hub

// Mailbox is the channel that replies in a ticket made by hand leave by: the
// mailbox of its team, else the first there is; 0 when there is none.
func Mailbox(all []Channel, team int64) int64 {
	var first int64
	for _, c := range all {
		if !c.Enabled || c.Kind != "email" {
			continue
		}
		if c.TeamID == team && team != 0 {
			return c.ID
		}
		if first == 0 {
			first = c.ID
		}
	}
	return first
}
