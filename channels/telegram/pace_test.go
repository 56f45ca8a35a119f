package telegram

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// TestPace sends as fast as it may and looks at the clock.
func TestPace(t *testing.T) {
	for _, c := range []struct {
		name    string
		chat    func(i int) int64
		n, size int
		want    time.Duration
	}{
		{"a burst", func(int) int64 { return 5 }, 3, 1, 0},
		{"one a second after it", func(int) int64 { return 5 }, 13, 1, 10 * time.Second},
		{"albums count by their files", func(int) int64 { return 5 }, 2, 9, 15 * time.Second},
		{"other chats do not wait", func(i int) int64 { return int64(i + 1) }, 30, 1, 0},
		{"thirty a second in all", func(i int) int64 { return int64(i + 1) }, 90, 1, 2 * time.Second},
		{"twenty a minute in a group", func(int) int64 { return -5 }, 13, 1, 30 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			p, began := newPace(time.Now), time.Now()
			for i := range c.n {
				if err := p.wait(t.Context(), c.chat(i), c.size); err != nil {
					t.Fatalf("%s: %v", c.name, err)
				}
			}
			if took := time.Since(began).Round(10 * time.Millisecond); took != c.want {
				t.Errorf("%s: took %v, want %v", c.name, took, c.want)
			}
		})
	}
}

func TestPaceObeysAndFreesWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace(time.Now)
		p.hold(5, 20*time.Second)
		if err := p.wait(t.Context(), 6, 1); err != nil {
			t.Errorf("another chat: %v", err)
		}
		began := time.Now()
		if err := p.wait(t.Context(), 5, 1); err != nil || time.Since(began) != 20*time.Second {
			t.Errorf("waited %v, %v", time.Since(began), err)
		}
		p.hold(5, time.Hour)
		var full *busy
		if err := p.wait(t.Context(), 5, 1); !errors.As(err, &full) || full.after != time.Hour {
			t.Errorf("an hour: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		p.hold(7, time.Second)
		if err := p.wait(ctx, 7, 1); !errors.Is(err, context.Canceled) {
			t.Errorf("stopped: %v", err)
		}
	})
}

func TestPaceForgetsIdleChats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace(time.Now)
		for i := range int64(2 * manyChats) {
			p.reserve(i, 1)
			time.Sleep(time.Second)
		}
		if n := len(p.chats); n > manyChats {
			t.Errorf("%d chats are remembered", n)
		}
	})
}
