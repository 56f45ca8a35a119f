package demo

import (
	"math/rand/v2"
	"strings"
	"time"

	"okno/tickets/people"
)

// story is one ticket: what happens in it, and when.
type story struct {
	n        int // of the story, from 1
	dice     *rand.Rand
	acts     []string
	times    []time.Time
	ticket   int64
	asker    asker
	team     people.Team
	helper   people.Agent
	asked    int   // messages of the asker
	reply    int64 // the last reply
	delivery int64 // its row on the way out
}

// plot is the acts of a story, by name, and how often it is told.
type plot struct {
	weight int
	acts   string
}

// endings are the plots of tickets that are solved. Every plot has three
// messages.
func endings() []plot {
	return []plot{
		{50, "ask sort answer leave ask solve"},
		{30, "ask sort note answer-solved leave close"},
		{18, "ask answer leave answer-solved leave"},
		{2, "ask ask ask condemn"},
	}
}

// sights are the plots of tickets that are still open.
func sights() []plot {
	return []plot{
		{25, "ask ask note look"},
		{40, "ask sort answer leave ask look"},
		{25, "ask sort answer leave answer-waiting leave"},
		{10, "ask note answer-hold leave"},
	}
}

// one in openShare tickets is open.
const openShare = 5

// newStory makes up story i of n. Its dice are its own, so that stories do not
// depend on each other.
func (p *play) newStory(i int) *story {
	dice := rand.New(rand.NewPCG(p.seed, uint64(i)+1)) //nolint:gosec // the same seed has to make the same desk
	s := &story{n: i + 1, dice: dice, asker: p.cast.asker(dice), team: p.cast.team(dice)}
	s.helper = p.cast.helper(s.team, dice)
	plots := endings()
	if i%openShare == p.open[i/openShare%len(p.open)] {
		plots = sights()
	}
	s.acts = strings.Fields(chosen(plots, dice))
	s.plan(p.days.born(i, p.total, dice), p.days.end)
	return s
}

// chosen picks a plot by weight.
func chosen(plots []plot, dice *rand.Rand) (acts string) {
	total := 0
	for _, p := range plots {
		total += p.weight
	}
	at := dice.IntN(total)
	for _, p := range plots {
		if acts = p.acts; at < p.weight {
			break
		}
		at -= p.weight
	}
	return acts
}

// plan gives every act its time. What would lie in the future is drawn together
// so that all of it has happened.
func (s *story) plan(born, end time.Time) {
	at := born
	for _, name := range s.acts {
		if len(s.times) > 0 {
			at = s.next(name, at)
		}
		s.times = append(s.times, at)
	}
	span := at.Sub(born)
	if at.Before(end) || span == 0 {
		return
	}
	for i, at := range s.times {
		share := float64(at.Sub(born)) / float64(span+time.Hour)
		s.times[i] = born.Add(time.Duration(share * float64(end.Sub(born)))).Truncate(time.Millisecond)
	}
}

// undo is a little longer than a reply can be undone.
const undo = 12 * time.Second

// next answers when an act follows: people write when they like, agents work by
// day, and a reply leaves soon.
func (s *story) next(act string, last time.Time) time.Time {
	const soonest = 3 * time.Minute
	later := func(most time.Duration) time.Time {
		wait := min(s.dice.Int64N(int64(most)), s.dice.Int64N(int64(most)))
		return last.Add(soonest + time.Duration(wait)).Truncate(time.Millisecond)
	}
	switch act {
	case "leave":
		return last.Add(undo)
	case "ask":
		return later(48 * time.Hour)
	case "close":
		return later(14 * 24 * time.Hour)
	}
	return working(later(16*time.Hour), s.dice)
}
