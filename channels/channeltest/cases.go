package channeltest

// one is one case of the suite.
type one struct {
	name string
	play func(*story)
}

// cases are what every channel has to stand.
func cases() []one {
	return []one{
		{"duplicate", duplicate}, {"reorder", reorder}, {"late", late}, {"replays across restarts", replays},
		{"crash before acknowledging", crashBefore}, {"crash after sending", crashAfter},
		{"rate limit", limited}, {"revoked credentials", revoked}, {"silence", silence},
		{"attachments", attachments}, {"edit", edited}, {"delete", removed}, {"unreachable person", unreachable},
	}
}
