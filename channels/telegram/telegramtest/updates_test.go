package telegramtest

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
)

// poll answers the updates from an offset on, as "id:text".
func (r *rig) poll(a args) (ids []int64, texts []string) {
	r.t.Helper()
	out := r.expect("getUpdates", a, 0, "")
	var list []update
	if err := json.Unmarshal(out.Result, &list); err != nil {
		r.t.Fatal(err)
	}
	for _, u := range list {
		ids = append(ids, u.ID)
		if u.Message != nil {
			texts = append(texts, u.Message.Text)
		} else {
			texts = append(texts, u.kind())
		}
	}
	return ids, texts
}

func alike(a, b any) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

func TestUpdatesComeUntilConfirmed(t *testing.T) {
	r := newRig(t)
	for _, text := range []string{"one", "two", "three"} {
		r.anna.Write(text)
	}
	ids, texts := r.poll(args{"limit": 2})
	if !alike(texts, []string{"one", "two"}) || ids[1] != ids[0]+1 {
		t.Fatalf("first: %v %v", ids, texts)
	}
	if _, again := r.poll(args{}); len(again) != 3 {
		t.Errorf("unconfirmed updates are gone: %v", again)
	}
	if _, rest := r.poll(args{"offset": ids[1] + 1}); !alike(rest, []string{"three"}) {
		t.Errorf("after confirming two: %v", rest)
	}
	if _, rest := r.poll(args{"offset": ids[0]}); !alike(rest, []string{"three"}) {
		t.Errorf("confirmed updates came back: %v", rest)
	}
	if _, rest := r.poll(args{"offset": ids[1] + 1000}); !alike(rest, []string{"three"}) {
		t.Errorf("an offset of another sequence: %v", rest)
	}
	if _, rest := r.poll(args{"offset": -1}); !alike(rest, []string{"three"}) {
		t.Errorf("the last one: %v", rest)
	}
}

func TestLongPollWaits(t *testing.T) {
	r := newRig(t)
	done := make(chan []string)
	go func() {
		_, texts := r.poll(args{"timeout": 20})
		done <- texts
	}()
	r.awaitPoll()
	r.anna.Write("hello")
	if texts := <-done; !alike(texts, []string{"hello"}) {
		t.Errorf("waited for %v", texts)
	}
}

// awaitPoll waits until a call for updates waits.
func (r *rig) awaitPoll() {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), patience)
	defer cancel()
	for {
		r.mu.Lock()
		waits := r.bot.queue.poll != nil
		r.mu.Unlock()
		if waits {
			return
		}
		if ctx.Err() != nil {
			r.t.Fatal("nobody asks for updates")
		}
	}
}

func TestSecondPollEndsTheFirst(t *testing.T) {
	r := newRig(t)
	done := make(chan got)
	go func() { done <- r.ask("getUpdates", args{"timeout": 20}) }()
	r.awaitPoll()
	r.poll(args{"timeout": 0})
	if first := <-done; first.Code != 409 {
		t.Errorf("the first call got %+v", first)
	}
}

func TestAllowedUpdatesStay(t *testing.T) {
	r := newRig(t)
	m := r.anna.Write("one")
	r.anna.React(m.ID, "👍")
	ids, texts := r.poll(args{"allowed_updates": []string{"message", "message_reaction"}})
	if !alike(texts, []string{"one"}) {
		t.Errorf("by default: %v", texts)
	}
	r.anna.React(m.ID, "👍")
	r.anna.Edit(m.ID, "One")
	if _, texts := r.poll(args{"offset": ids[0] + 1}); !alike(texts, []string{"message_reaction"}) {
		t.Errorf("as asked: %v", texts)
	}
}

func TestReplayAndRenumber(t *testing.T) {
	r := newRig(t)
	for i := range 5 {
		r.anna.Write(fmt.Sprint(i))
	}
	ids, _ := r.poll(args{})
	r.poll(args{"offset": ids[4] + 1})
	r.bot.Replay()
	if again, _ := r.poll(args{"offset": ids[4] + 1}); len(again) != 5 {
		t.Errorf("%d of 5 came again", len(again))
	}
	if rest, _ := r.poll(args{"offset": ids[4] + 1}); len(rest) != 0 {
		t.Errorf("%d came a third time", len(rest))
	}
	r.bot.Renumber(1000)
	r.anna.Write("after a quiet week")
	if again, texts := r.poll(args{"offset": ids[4] + 1}); len(again) != 1 || again[0] != 1000 {
		t.Errorf("after a quiet week: %v %v", again, texts)
	}
}

func TestHeldUpdatesComeBackwards(t *testing.T) {
	r := newRig(t)
	release := r.bot.Withhold(func() {
		r.anna.Write("one")
		r.anna.Write("two")
	})
	r.anna.Write("three")
	if _, texts := r.poll(args{}); !alike(texts, []string{"three"}) {
		t.Errorf("held: %v", texts)
	}
	release(true)
	if ids, texts := r.poll(args{}); !alike(texts, []string{"three", "two", "one"}) || ids[0] > ids[2] {
		t.Errorf("released: %v %v", ids, texts)
	}
}
