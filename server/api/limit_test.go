package api

import (
	"testing"
	"time"
)

func TestWhoAsksTooOftenWaitsAndOthersDoNot(t *testing.T) {
	now := time.Unix(1_000_000_000, 0)
	r := newRates(Limits{PerSecond: 2, Burst: 3}.completed(), func() time.Time { return now })
	for i, want := range []time.Duration{0, 0, 0, 500 * time.Millisecond, 500 * time.Millisecond} {
		if got := r.take("token:1"); got != want {
			t.Errorf("request %d waits %v, want %v", i+1, got, want)
		}
	}
	if wait := r.take("token:2"); wait != 0 {
		t.Errorf("another caller waits %v", wait)
	}
	now = now.Add(time.Second)
	if wait := r.take("token:1"); wait != 0 {
		t.Errorf("after a second the caller waits %v", wait)
	}
	p := &Problem{wait: 500 * time.Millisecond}
	if after := p.GetHeaders().Get("Retry-After"); after != "1" {
		t.Errorf("Retry-After is %q", after)
	}
}

func TestACallerHasSoManyStreams(t *testing.T) {
	r := newRates(Limits{Streams: 1}.completed(), time.Now)
	if !r.open("token:1") || r.open("token:1") || !r.open("token:2") {
		t.Error("streams are not counted by caller")
	}
	if r.close("token:1"); !r.open("token:1") {
		t.Error("a closed stream still counts")
	}
}
