package store

import "testing"

func TestOnlyThoseConcernedAreWoken(t *testing.T) {
	b := newBell()
	events, _ := b.join("events")
	outbox, leave := b.join("outbox")
	b.ring("events", "settings")
	b.ring("events")
	if len(events) != 1 || len(outbox) != 0 {
		t.Errorf("events woke %d who wait for them and %d for the outbox", len(events), len(outbox))
	}
	leave()
	b.ringAll()
	if len(outbox) != 0 {
		t.Error("somebody who left was woken")
	}
}

func TestTablesOfWritingStatements(t *testing.T) {
	for query, want := range map[string]string{
		"INSERT INTO events (pos) VALUES ($1)":        "events",
		"\n\t\tUPDATE outbox\n\t\tSET state = $1":     "outbox",
		"DELETE FROM jobs WHERE id = $1":              "jobs",
		"UPDATE inbox_archive SET a = 1":              "",
		"INSERT INTO ticket_tags (tag) VALUES ($1)":   "",
		"SELECT 1 FROM events":                        "",
		"UPDATE counters SET value = value + $1":      "",
		"INSERT INTO inbox (id, key) VALUES ($1, $2)": "inbox",
	} {
		if got := tableOf(query); got != want {
			t.Errorf("%q wakes those who wait for %q, %q wanted", query, got, want)
		}
	}
}
