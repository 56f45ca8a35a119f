package hub_test

import "testing"

// TestFoundNameIsKept lets an adapter find out what its network calls it. A name
// that somebody chose stays.
func TestFoundNameIsKept(t *testing.T) {
	x, _, deps := signing(t)
	x.opened(t) // opens the adapter
	named := deps.Named
	for range 2 {
		must(t, named(t.Context(), x.channel, "desk@found.example"))
	}
	c := x.stored(t)
	if c.Settings["address"] != "desk@found.example" || c.Name != "desk@found.example" {
		t.Errorf("channel %q at %q", c.Name, c.Settings["address"])
	}
	c.Name = "Mail"
	must(t, x.Store.UpdateChannel(t.Context(), c))
	must(t, named(t.Context(), x.channel, "other@found.example"))
	if c := x.stored(t); c.Settings["address"] != "other@found.example" || c.Name != "Mail" {
		t.Errorf("channel %q at %q", c.Name, c.Settings["address"])
	}
	if err := named(t.Context(), 99, "x"); err == nil {
		t.Error("named a channel that is not there")
	}
}
