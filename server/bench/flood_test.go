package bench

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/server"
)

// The flood: how many messages, how fast, and by how many channels, since each
// channel confirms one message before it takes the next.
const (
	flood     = 10_000
	perSecond = 2000
	mouths    = 16
)

// BenchmarkFlood is the list of open tickets while channels bring 2,000 messages
// a second, beside the same list of an idle desk.
func BenchmarkFlood(b *testing.B) {
	net := channeltest.New()
	d := open(b, b.TempDir(), server.Options{Kinds: []channels.Kind{net.Kind()}})
	for i := range mouths {
		d.connect(fmt.Sprintf("desk%d@fake.example", i))
	}
	list := func() { d.get("/tickets?view=open") }
	d.pour(net, 0, 200) // tickets to show
	d.settled(200)
	var idle, busy []time.Duration
	begun := 200
	for b.Loop() {
		for range 100 {
			idle = append(idle, took(list))
		}
		var pouring sync.WaitGroup
		start := time.Now()
		pouring.Go(func() { d.pour(net, begun, flood) })
		for stored := 0; stored < begun+flood; stored = d.entries(false) {
			busy = append(busy, took(list))
		}
		b.ReportMetric(flood/time.Since(start).Seconds(), "stored/s")
		pouring.Wait()
		begun += flood
		d.settled(begun)
		b.ReportMetric(flood/time.Since(start).Seconds(), "processed/s")
	}
	b.ReportMetric(float64(centile(busy, 95))/float64(centile(idle, 95)), "x-idle-p95")
	b.ReportMetric(float64(centile(busy, 95).Microseconds())/1000, "ms-p95")
}

// connect makes a channel of the fake network.
func (d *desk) connect(address string) {
	d.b.Helper()
	_, err := d.Hub.SaveChannel(context.Background(), d.admin, hub.Channel{Enabled: true, Connection: channels.Connection{
		Kind: channeltest.KindName, Name: address,
		Settings: map[string]string{"address": address}, Secrets: map[string]string{"password": "x"},
	}})
	must(d.b, err)
}

// pour has n messages of as many people arrive at the rate of the flood.
func (d *desk) pour(net *channeltest.Fake, first, n int) {
	begun := time.Now()
	for i := range n {
		id := fmt.Sprintf("m%d", first+i)
		<-time.After(time.Until(begun.Add(time.Duration(i) * time.Second / perSecond)))
		net.Push(id, channels.Inbound{
			Object: id, At: time.Now(), Subject: "About " + id, Text: "Please look at " + id + ".",
			From: channels.Address{Network: channeltest.KindName, ID: id + "@people.example", Name: id},
		})
	}
}

// entries counts the journal, or what of it was processed.
func (d *desk) entries(processed bool) int {
	d.b.Helper()
	counts, err := d.Store.LedgerCounts(context.Background())
	must(d.b, err)
	n := 0
	for outcome, of := range counts {
		if !processed || outcome != hub.OutcomePending {
			n += of
		}
	}
	return n
}

// settled waits until n messages were processed.
func (d *desk) settled(n int) {
	d.b.Helper()
	for d.entries(true) < n {
		<-time.After(10 * time.Millisecond)
	}
}
