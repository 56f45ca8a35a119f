package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"okno/server/browsertest"
)

// TestWordsOutliveSlowSaves leaves a ticket in mid-sentence and comes back before
// the desk has stored the draft.
func TestWordsOutliveSlowSaves(t *testing.T) {
	r := newRig(t)
	slowDrafts(r)
	first, second := r.asked("First", "one"), r.asked("Second", "two")
	tab := atWork(t, r, browsertest.Look{}, "unassigned")
	tab.Click(fmt.Sprintf("#open-%d", first.Number))
	tab.UntilText("#subject", "First")
	tab.Type("#body", "Quick words")
	tab.Press("\x1b")
	tab.Press("u")
	tab.See("#list")
	tab.Click(fmt.Sprintf("#open-%d", second.Number))
	tab.UntilText("#subject", "Second")
	tab.Until(writes(""))
	tab.Press("u")
	tab.See("#list")
	tab.Click(fmt.Sprintf("#open-%d", first.Number))
	tab.UntilText("#subject", "First")
	tab.Until(writes("Quick words"))
	tab.Type("#body", " and more")
	tab.Reload()
	tab.Until(writes("Quick words and more"))
	tab.Until("document.querySelector('#body').defaultValue === 'Quick words and more'") // it is stored
	tab.Click("#composer .split .send")
	tab.UntilText("#thread", "Quick words and more")
	tab.Until(writes(""))
	tab.Reload()
	tab.UntilText("#thread", "Quick words and more")
	tab.Until(writes(""))
	tab.Calm()
}

// slowDrafts has every draft arrive late.
func slowDrafts(r *rig) {
	inner := r.handler
	r.handler = http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if strings.HasSuffix(q.URL.Path, "/draft") {
			time.Sleep(time.Second)
		}
		inner.ServeHTTP(w, q)
	})
}

// writes is true of a page whose composer holds this text.
func writes(text string) string {
	return fmt.Sprintf("document.querySelector('#body').value === %q", text)
}
