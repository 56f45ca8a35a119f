package storetest

import (
	"reflect"
	"testing"
	"time"

	"okno/channels"
	"okno/server/jobs"
	"okno/server/store"
	"okno/tickets"
)

// testVitals has a row of every sort wait and fail.
func testVitals(t *testing.T, s *store.Store) {
	ctx, now := t.Context(), s.Now(t.Context())
	delivery(t, s, "a", 1)
	refused := delivery(t, s, "b", 2)
	must(t, s.SettleDelivery(ctx, refused.ID, channels.Receipt{}, true, channels.Text{Key: "k"}, ""))
	_, err := s.PutEvent(ctx, 1, channels.Event{Key: "e", Raw: []byte("x")})
	must(t, err)
	must(t, s.PutJob(ctx, jobs.Job{Kind: "k", Key: "late", RunAt: now.Add(-time.Minute)}))
	must(t, s.PutJob(ctx, jobs.Job{Kind: "k", Key: "soon", RunAt: now.Add(time.Hour)}))
	must(t, s.AppendEvents(ctx, []tickets.Event{event(1, 1), event(1, 2), event(1, 3)}))
	_, _, err = s.LeaseFollower(ctx, "notify", "me", now.Add(time.Minute))
	must(t, err)
	must(t, s.MoveFollower(ctx, "notify", "me", 1))

	v, err := s.Vitals(ctx)
	must(t, err)
	for i, want := range []struct {
		name            string
		waiting, failed int
	}{{"inbox", 1, 0}, {"outbox", 1, 1}, {"jobs", 2, 0}} {
		q := v.Queues[i]
		if q.Name != want.name || q.Waiting != want.waiting || q.Failed != want.failed || q.Oldest.IsZero() || q.Oldest.After(s.Now(ctx)) {
			t.Errorf("%+v, want %+v", q, want)
		}
	}
	if want := map[string]int64{"notify": 2}; !reflect.DeepEqual(v.Followers, want) {
		t.Errorf("followers are behind by %v, want %v", v.Followers, want)
	}
}
