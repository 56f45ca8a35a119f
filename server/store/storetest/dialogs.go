package storetest

import (
	"reflect"
	"slices"
	"testing"

	"okno/channels/hub"
	"okno/server/store"
	"okno/tickets"
)

func testDialogs(t *testing.T, s *store.Store) {
	d := hub.Dialog{ChannelID: 1, Place: "5", State: hub.DialogState{Another: s.Now(t.Context()).UTC()}}
	must(t, s.PutDialog(t.Context(), d))
	d.State.Greeted = s.Now(t.Context()).UTC()
	must(t, s.PutDialog(t.Context(), d))
	if got, err := s.Dialog(t.Context(), 1, "5"); err != nil || !got.State.Greeted.Equal(d.State.Greeted) || !got.State.Another.Equal(d.State.Another) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, d)
	}
	if got, err := s.Dialog(t.Context(), 2, "5"); err != nil || !reflect.DeepEqual(got, hub.Dialog{ChannelID: 2, Place: "5"}) {
		t.Errorf("a chat nobody has met: %+v, %v", got, err)
	}
}

func testAwaited(t *testing.T, s *store.Store) {
	for _, entry := range []int64{8, 7, 8} {
		must(t, s.Await(t.Context(), "chat", "1:5", entry))
	}
	must(t, s.Await(t.Context(), "chat", "1:6", 9))
	for _, want := range [][]int64{{7, 8}, nil} {
		if got, err := s.TakeAwaited(t.Context(), "chat", "1:5"); err != nil || !slices.Equal(got, want) {
			t.Errorf("awaited %v, %v; want %v", got, err, want)
		}
	}
}

func testChatTickets(t *testing.T, s *store.Store) {
	asker, other := person(t, s, "Ира").ID, person(t, s, "Оля").ID
	in := func(asker, channel int64, place string) tickets.Ticket {
		return ticket(t, s, asker, func(tk *tickets.Ticket) { tk.ChannelID, tk.Place = channel, place })
	}
	first, byHand := in(asker, 1, "5"), in(asker, 1, "")
	in(asker, 1, "6")
	in(asker, 2, "5")
	in(other, 1, "5")
	ticket(t, s, asker, func(tk *tickets.Ticket) { tk.ChannelID, tk.Place, tk.DeletedAt = 1, "5", tk.CreatedAt })
	merged := ticket(t, s, asker, func(tk *tickets.Ticket) { tk.ChannelID, tk.Place, tk.MergedInto = 1, "5", first.ID })
	for limit, want := range map[int][]int64{5: {merged.ID, byHand.ID, first.ID}, 1: {merged.ID}} {
		list, err := s.ChatTickets(t.Context(), asker, 1, "5", limit)
		must(t, err)
		var got []int64
		for _, tk := range list {
			got = append(got, tk.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("the chat has %v, want %v", got, want)
		}
	}
}
