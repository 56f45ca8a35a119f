package bench

import (
	"slices"
	"testing"
	"time"
)

// inTurn does several things in turn, so that whatever else the machine does
// meets them alike, and answers the median time of each in nanoseconds.
func inTurn(b *testing.B, things ...func()) []float64 {
	b.Helper()
	spent := make([][]time.Duration, len(things))
	for _, do := range things {
		do()
	}
	for b.Loop() {
		for i, do := range things {
			spent[i] = append(spent[i], took(do))
		}
	}
	medians := make([]float64, len(things))
	for i := range things {
		medians[i] = float64(centile(spent[i], 50))
	}
	return medians
}

func took(do func()) time.Duration {
	begun := time.Now()
	do()
	return time.Since(begun)
}

// centile answers the p-th hundredth.
func centile(all []time.Duration, p int) time.Duration {
	slices.Sort(all)
	return all[min(len(all)*p/100, len(all)-1)]
}
