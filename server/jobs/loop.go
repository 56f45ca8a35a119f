package jobs

import (
	"context"
	"slices"
	"time"
)

// Bounds of how long the loop sleeps.
const (
	// longestSleep bounds what a missed wake-up costs, and how late the rows of
	// a dead process are noticed after their leases end.
	longestSleep = time.Minute
	// shortestPause and longestPause bound the wait after due rows could not be
	// claimed: another process holds them, or a row before them in their lane.
	shortestPause = 50 * time.Millisecond
	longestPause  = 2 * time.Second
	// trouble is the wait after the queue itself failed.
	trouble = 3 * time.Second
	// farewell is how long handlers have after their ctx was ended.
	farewell = 2 * time.Second
)

// loop is a Runner at work. Only its own goroutine touches it; handlers report
// through ended.
type loop struct {
	Options
	work    context.Context // of the handlers; outlives the runner's
	woken   <-chan struct{}
	ended   chan int64
	running map[int64]bool
	beat    time.Time     // when leases are prolonged next
	resume  time.Time     // no claim before: due rows could not be had
	pause   time.Duration // the last such wait
}

// round claims what it can and answers when to look again.
func (l *loop) round(ctx context.Context) time.Time {
	now := l.Now()
	if !now.Before(l.beat) {
		l.heartbeat(ctx, now)
	}
	next, err := l.fill(ctx, now)
	if err != nil && ctx.Err() == nil {
		l.Logger.Error("queue failed", "error", err)
		next = now.Add(trouble)
		l.resume = next
	}
	if len(l.running) > 0 && l.beat.Before(next) {
		return l.beat
	}
	return next
}

// fill starts due rows while hands are free. It asks before it claims, because
// a claim writes, and a write of our own would wake us for nothing.
func (l *loop) fill(ctx context.Context, now time.Time) (time.Time, error) {
	late := now.Add(longestSleep)
	if len(l.running) >= l.Workers {
		return late, nil
	}
	if now.Before(l.resume) {
		return l.resume, nil
	}
	next, err := l.Queue.NextAt(ctx)
	switch {
	case err != nil:
		return late, err
	case next.IsZero():
		return late, nil
	case next.After(now):
		return earlier(next, late), nil
	}
	return l.claim(ctx, now)
}

// claim leases due rows and starts them; it answers now when more may wait.
func (l *loop) claim(ctx context.Context, now time.Time) (time.Time, error) {
	rows, err := l.Queue.Claim(ctx, l.Owner, now.Add(l.Lease), l.Workers-len(l.running))
	if err != nil {
		return now, err
	}
	if len(rows) == 0 {
		l.pause = min(max(2*l.pause, shortestPause), longestPause)
		l.resume = now.Add(l.pause)
		return l.resume, nil
	}
	l.pause = 0
	for _, c := range rows {
		l.running[c.ID] = true
		go l.do(c)
	}
	return now, nil
}

// sleep waits for whatever comes first: a time, a commit, a free hand, the end.
// What woke it for another reason is taken too, so that a burst is one round.
func (l *loop) sleep(ctx context.Context, until time.Time) {
	t := time.NewTimer(until.Sub(l.Now()))
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	case <-l.woken:
	case id := <-l.ended:
		l.end(id)
	}
}

// end frees a hand. The lane of the row may go on, so there is no reason to
// pause any longer.
func (l *loop) end(id int64) {
	delete(l.running, id)
	l.pause, l.resume = 0, time.Time{}
}

// heartbeat prolongs the leases of the rows at work.
func (l *loop) heartbeat(ctx context.Context, now time.Time) {
	l.beat = now.Add(l.Lease / 3)
	if len(l.running) == 0 {
		return
	}
	ids := make([]int64, 0, len(l.running))
	for id := range l.running {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	if err := l.Queue.Extend(ctx, l.Owner, ids, now.Add(l.Lease)); err != nil && ctx.Err() == nil {
		l.Logger.Error("leases not prolonged", "error", err)
	}
}

// drain waits for the handlers at work, first patiently, then with their ctx ended.
func (l *loop) drain(cancel context.CancelFunc) {
	if l.await(l.Grace) {
		return
	}
	cancel()
	if !l.await(farewell) {
		l.Logger.Error("handlers do not end; their rows are taken up again later", "rows", len(l.running))
	}
}

// await waits until nothing is at work, while it keeps the leases.
func (l *loop) await(most time.Duration) bool {
	end := l.Now().Add(most)
	for len(l.running) > 0 && l.Now().Before(end) {
		if !l.Now().Before(l.beat) {
			l.heartbeat(l.work, l.Now())
		}
		t := time.NewTimer(earlier(end, l.beat).Sub(l.Now()))
		select {
		case id := <-l.ended:
			delete(l.running, id)
		case <-t.C:
		}
		t.Stop()
	}
	return len(l.running) == 0
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
