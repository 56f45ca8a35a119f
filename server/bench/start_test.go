package bench

import (
	"testing"
	"time"
)

// BenchmarkStart is the time from the start of the process to its first page,
// and the memory it then keeps, with 100,000 tickets.
func BenchmarkStart(b *testing.B) {
	dir := data.dir(b, 100_000)
	bare := bareProcess(b)
	var all time.Duration
	var resident int64
	for b.Loop() {
		c, took := start(b, dir)
		all += took
		<-time.After(2 * time.Second) // what the start left behind is given back
		resident = max(resident, c.resident())
		c.stop()
	}
	b.ReportMetric(float64(all.Milliseconds())/float64(b.N), "ms-to-first-200")
	b.ReportMetric(float64(bare.Milliseconds()), "ms-bare-process")
	b.ReportMetric(float64(resident)/1e6, "MB-idle")
}

// bareProcess is how long the machine takes to start this binary and have it end.
func bareProcess(b *testing.B) time.Duration {
	b.Helper()
	c := command("version")
	return took(func() { must(b, c.Run()) })
}
