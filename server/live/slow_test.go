package live

import (
	"log/slog"
	"testing"
	"time"
)

// A reader that does not read is cut off; the others and the writer go on.
func TestCutsOffSlowReaders(t *testing.T) {
	h := New(nil, time.Now, slog.New(slog.DiscardHandler), Options{Behind: 2})
	slow, _, _ := h.open()
	quick, _, _ := h.open()
	for i := range int64(3) {
		h.publish(Item{Pos: i + 1})
		<-quick.items
	}
	for range 2 {
		<-slow.items
	}
	if _, ok := <-slow.items; ok {
		t.Error("the slow reader was not cut off")
	}
	h.close(slow)
	h.publish(Item{Pos: 4})
	if got := <-quick.items; got.Pos != 4 {
		t.Errorf("the quick reader got %d", got.Pos)
	}
}
