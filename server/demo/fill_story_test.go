package demo

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTicketsAreBornInWorkingHoursAndInOrder(t *testing.T) {
	c := newCalendar(time.Date(2026, 3, 6, 17, 30, 0, 0, time.UTC))
	if want := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC); !c.end.Equal(want) || c.end.Sub(c.start) != 104*week {
		t.Errorf("from %v to %v", c.start, c.end)
	}
	dice := rand.New(rand.NewPCG(1, 1))
	const n = 10_000
	var last time.Time
	day, early := 0, 0
	for i := range n {
		at := c.born(i, n, dice)
		if at.Before(last) || at.Before(c.start) || !at.Before(c.end) {
			t.Fatalf("ticket %d at %v, the one before at %v", i, at, last)
		}
		last = at
		if at.Hour() >= opens && at.Hour() < closes && !weekend(at) {
			day++
		}
		if at.Sub(c.start) < 52*week {
			early++
		}
	}
	if day < n*7/10 || day > n*9/10 || early > n*45/100 || early < n*35/100 {
		t.Errorf("%d of %d in working hours, %d in the first year", day, n, early)
	}
}

func TestStoriesHappenInOrderAndBeforeTheEnd(t *testing.T) {
	end := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for i := range 1000 {
		s := &story{dice: rand.New(rand.NewPCG(1, uint64(i)))}
		s.acts = strings.Fields(chosen(slices.Concat(endings(), sights()), s.dice))
		s.plan(end.Add(-time.Duration(i)*time.Minute-time.Second), end)
		if len(s.times) != len(s.acts) || !slices.IsSortedFunc(s.times, time.Time.Compare) || !s.times[len(s.times)-1].Before(end) {
			t.Fatalf("story %d: %v of %v", i, s.times, s.acts)
		}
		if words := strings.Join(s.acts, " "); strings.Count(words, "ask")+strings.Count(words, "answer")+strings.Count(words, "note") != 3 {
			t.Errorf("%s has other than three messages", words)
		}
	}
}

func TestWordsFollowZipf(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 1))
	for name, v := range map[string]*vocabulary{"ru": russian(dice), "en": english(dice)} {
		seen := map[string]int{}
		const n = 200_000
		for range n {
			seen[v.word(dice)]++
		}
		first, tenth := seen[v.wheel[0]], 0
		if top := slices.Compact(slices.Clone(v.wheel)); len(top) > 9 {
			tenth = seen[top[9]]
		}
		if ratio := float64(first) / float64(tenth); ratio < 8 || ratio > 12.5 || len(seen) < 4000 {
			t.Errorf("%s: the first word is used %.1f times as often as the tenth; %d words", name, ratio, len(seen))
		}
		if words := len(strings.Fields(v.text(40, dice))); words != 40 {
			t.Errorf("%s: %d words, want 40", name, words)
		}
	}
}
