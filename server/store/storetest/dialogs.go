package storetest

import (
	"reflect"
	"slices"
	"testing"

	"okno/channels/hub"
	"okno/server/store"
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
