package store

import (
	"sync"
	"testing"
	"time"
)

func TestIDsGrowEvenWhenTheClockGoesBack(t *testing.T) {
	now := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	g := newIDSource(func() time.Time { return now })
	last := int64(0)
	for i := range 10_000 {
		switch i % 1000 {
		case 300:
			now = now.Add(-time.Hour)
		case 600:
			now = now.Add(2 * time.Hour)
		}
		id := g.next()
		if id <= last {
			t.Fatalf("id %d after %d", id, last)
		}
		last = id
	}
}

// TestIDsOutgrowTheirMillisecond takes more ids than a millisecond holds.
func TestIDsOutgrowTheirMillisecond(t *testing.T) {
	now := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	g := newIDSource(func() time.Time { return now })
	last := g.next()
	first := last >> counterBits
	for range 1 << counterBits {
		id := g.next()
		if id <= last {
			t.Fatalf("id %d after %d", id, last)
		}
		last = id
	}
	if last>>counterBits == first {
		t.Error("more ids than fit carry one millisecond")
	}
}

func TestIDsAreUniqueAcrossGoroutines(t *testing.T) {
	g := newIDSource(time.Now)
	const each = 5000
	made := make([][]int64, 8)
	var wg sync.WaitGroup
	for i := range made {
		wg.Go(func() {
			for range each {
				made[i] = append(made[i], g.next())
			}
		})
	}
	wg.Wait()
	seen := map[int64]bool{}
	for _, ids := range made {
		for _, id := range ids {
			seen[id] = true
		}
	}
	if len(seen) != len(made)*each {
		t.Errorf("%d different ids of %d", len(seen), len(made)*each)
	}
}
