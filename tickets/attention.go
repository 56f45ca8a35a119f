package tickets

import "time"

// calm divides the sort key: below it lie the tickets whose requester waits.
const calm = int64(1) << 52

// attention is the sort key of the lists, smaller is more urgent. Who waits
// longest comes first; priority moves a ticket as if its requester had waited
// longer or shorter. Tickets where nobody waits for us come after all of these,
// the latest change first. The key depends on the row alone, never on the
// present, so a stored key stays right.
func attention(t Ticket) int64 {
	since := waiting(t)
	if since.IsZero() || !t.Category.Active() {
		return calm - t.UpdatedAt.UnixMilli()
	}
	return since.Add(-headStart(t.Priority)).UnixMilli()
}

// waiting answers since when somebody waits for us. Whoever did not get our
// reply does, even if they do not know it.
func waiting(t Ticket) time.Time {
	if t.WaitingSince.IsZero() && t.Undelivered > 0 {
		return t.UpdatedAt
	}
	return t.WaitingSince
}

// headStart is how much longer a requester seems to wait by priority.
func headStart(p Priority) time.Duration {
	switch p {
	case Urgent:
		return 72 * time.Hour
	case High:
		return 12 * time.Hour
	case Low:
		return -24 * time.Hour
	default:
		return 0
	}
}
