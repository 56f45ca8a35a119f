package storetest

import (
	"slices"
	"sync"
	"testing"
	"time"

	"okno/channels"
	"okno/server/jobs"
	"okno/server/store"
)

func sorted(ids []int64) []int64 {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return ids
}

func testRivalClaimers(t *testing.T, s *store.Store) { Rivals(t, s, s) }

// Rivals lets many owners in several stores of one database claim and settle
// rows of few lanes, and fails when a lane is held twice or out of order.
func Rivals(t *testing.T, stores ...*store.Store) {
	const rows = 120
	for i := range rows {
		delivery(t, stores[0], string(rune('a'+i%7)), int64(i+1))
	}
	watch := &lanes{held: map[string]int64{}, last: map[string]int64{}}
	var wg sync.WaitGroup
	deadline := time.Now().Add(60 * time.Second)
	for i := range 6 {
		wg.Go(func() {
			for watch.count() < rows && time.Now().Before(deadline) && !t.Failed() {
				settleSome(t, stores[i%len(stores)], string(rune('A'+i)), watch)
			}
		})
	}
	wg.Wait()
	if watch.count() != rows {
		t.Errorf("%d rows done, want %d", watch.count(), rows)
	}
}

func settleSome(t *testing.T, s *store.Store, owner string, watch *lanes) {
	rows, err := s.Outbox().Claim(t.Context(), owner, time.Now().Add(time.Hour), 3)
	if err != nil {
		t.Error(err)
		return
	}
	for _, r := range rows {
		d, err := s.Delivery(t.Context(), r.ID)
		if err != nil {
			t.Error(err)
			return
		}
		watch.take(t, d.Lane, r.ID)
		watch.leave(d.Lane)
		if err := s.SettleDelivery(t.Context(), r.ID, channels.Receipt{ID: "r"}, false, channels.Text{}, ""); err != nil {
			t.Error(err)
		}
	}
}

// lanes watches who holds which lane.
type lanes struct {
	mu   sync.Mutex
	held map[string]int64
	last map[string]int64
	done int
}

func (l *lanes) take(t *testing.T, lane string, id int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held[lane] != 0 || id <= l.last[lane] {
		t.Errorf("row %d was claimed while lane %s holds %d, last %d", id, lane, l.held[lane], l.last[lane])
	}
	l.held[lane], l.last[lane] = id, id
}

func (l *lanes) leave(lane string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held[lane] = 0
	l.done++
}

func (l *lanes) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.done
}

func testJobs(t *testing.T, s *store.Store) {
	now := s.Now(t.Context())
	must(t, s.PutJob(t.Context(), jobs.Job{Kind: "sla:x", Key: "1", RunAt: now.Add(time.Hour), Payload: []byte("a")}))
	if ids := claim(t, s.Jobs(), "me", time.Hour); len(ids) != 0 {
		t.Errorf("claimed before its time: %v", ids)
	}
	must(t, s.PutJob(t.Context(), jobs.Job{Kind: "sla:x", Key: "1", RunAt: now, Payload: []byte("b")}))
	rows, err := s.Jobs().Claim(t.Context(), "me", now.Add(time.Hour), 5)
	if err != nil || len(rows) != 1 || rows[0].Kind != "sla:x" || rows[0].Key != "1" || string(rows[0].Payload) != "b" {
		t.Fatalf("claimed %+v, %v", rows, err)
	}
	must(t, s.PutJob(t.Context(), jobs.Job{Kind: "sla:x", Key: "1", RunAt: now}))
	must(t, s.FinishJob(t.Context(), "me", rows[0].ID))
	if ids := claim(t, s.Jobs(), "me", time.Hour); len(ids) != 1 {
		t.Error("a job put again while it ran is gone")
	}
	must(t, s.FinishJob(t.Context(), "me", rows[0].ID))
	if next, err := s.Jobs().NextAt(t.Context()); !next.IsZero() || err != nil {
		t.Errorf("next %v, %v after the last job", next, err)
	}
	must(t, s.PutJob(t.Context(), jobs.Job{Kind: "sla:x", Key: "2", RunAt: now}))
	must(t, s.DeleteJob(t.Context(), "sla:x", "2"))
	if ids := claim(t, s.Jobs(), "me", time.Hour); len(ids) != 0 {
		t.Errorf("claimed a deleted job: %v", ids)
	}
}

func testLeases(t *testing.T, s *store.Store) {
	now := s.Now(t.Context())
	for _, try := range []struct {
		owner string
		until time.Duration
		want  bool
	}{{"a", time.Hour, true}, {"b", time.Hour, false}, {"a", 2 * time.Hour, true}, {"a", -time.Second, true}, {"b", time.Hour, true}} {
		ok, err := s.Lease(t.Context(), "channel:1", try.owner, now.Add(try.until))
		if err != nil || ok != try.want {
			t.Errorf("%+v: %v, %v", try, ok, err)
		}
		_, ok, err = s.LeaseFollower(t.Context(), "notify", try.owner, now.Add(try.until))
		if err != nil || ok != try.want {
			t.Errorf("follower %+v: %v, %v", try, ok, err)
		}
	}
	must(t, s.MoveFollower(t.Context(), "notify", "b", 9))
	if err := s.MoveFollower(t.Context(), "notify", "a", 12); err == nil {
		t.Error("moved without the lease")
	}
	if pos, _, err := s.LeaseFollower(t.Context(), "notify", "b", now); pos != 9 || err != nil {
		t.Errorf("position %d, %v", pos, err)
	}
}
