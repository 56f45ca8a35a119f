package storetest

import (
	"testing"

	"okno/channels"
	"okno/channels/hub"
	"okno/server/store"
)

// InOrder has two stores on one database take the messages of one lane in turn
// and asks for the order in which they stand in the journal.
func InOrder(t *testing.T, a, b *store.Store) {
	t.Helper()
	keys := []string{"1", "2", "3", "4"}
	for i, k := range keys {
		put(t, []*store.Store{a, b}[i%2], 1, channels.Event{Key: k, Lane: "chat"})
	}
	page, err := a.Entries(t.Context(), hub.LedgerQuery{Limit: 9})
	must(t, err)
	for i, e := range page.Entries {
		if want := keys[len(keys)-1-i]; e.Event.Key != want {
			t.Errorf("place %d has event %s, want %s", i, e.Event.Key, want)
		}
	}
}
