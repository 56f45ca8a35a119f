package hub_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/channeltest"
)

// delivered is everything Anna did, as the network tells it: messages, of which
// each was changed twice, and an album of four.
func delivered(at time.Time) map[string]channels.Inbound {
	all := map[string]channels.Inbound{}
	from := channels.Inbound{From: channels.Address{Network: kind, ID: "5", Name: "Anna"}, Place: "5"}
	for i := range 5 {
		m := from
		m.Object, m.Text, m.At = fmt.Sprintf("m%d", i), fmt.Sprintf("text %d.0", i), at
		all[m.Object] = m
		for n := range 2 {
			e := m
			e.Text, e.At = fmt.Sprintf("text %d.%d", i, n+1), at.Add(time.Duration(n+1)*time.Second)
			e.Doing = channels.Doing{Act: channels.ActEdit, Of: m.Object}
			all[fmt.Sprintf("%s-edit%d", m.Object, n)] = e
		}
	}
	for i := range 4 {
		p := from
		p.Object, p.Album, p.At = fmt.Sprintf("p%d", i), "a", at
		p.Files = []channels.File{{Name: fmt.Sprintf("%d.jpg", i), Blob: fmt.Sprintf("blob%d", i)}}
		all[p.Object] = p
	}
	return all
}

// TestShuffledChats delivers everything three times, twice under other keys, in
// any order and across a restart: nothing is lost and nothing doubled.
func TestShuffledChats(t *testing.T) {
	for seed := range uint64(10) {
		x := newChat(t, "memory")
		all := delivered(x.clock().Add(-time.Hour))
		var objects []string
		for object := range all {
			objects = append(objects, object, object, object)
		}
		slices.Sort(objects)
		random := rand.New(rand.NewPCG(seed, seed))
		random.Shuffle(len(objects), func(i, j int) { objects[i], objects[j] = objects[j], objects[i] })
		for n, object := range objects {
			if n == len(objects)/2 {
				x.Hub = x.hub("two")
			}
			e := channeltest.Event(fmt.Sprintf("%s#%d", object, n), all[object])
			e.Object = object
			_, err := x.PutEvent(t.Context(), x.channel, e)
			must(t, err)
			if random.IntN(3) == 0 {
				x.rests(t)
			}
		}
		x.rests(t)
		x.complete(t, seed)
	}
}

// complete checks what the ticket says after everything was delivered.
func (x *chat) complete(t *testing.T, seed uint64) {
	t.Helper()
	var texts []string
	for _, m := range x.messages(t, 1) {
		switch {
		case len(m.Files) == 4 && m.Body == "":
			texts = append(texts, "album")
		case len(m.Earlier) == 2 && len(m.Files) == 0:
			texts = append(texts, m.Body)
		default:
			t.Errorf("seed %d: message %+v", seed, m)
		}
	}
	slices.Sort(texts)
	if !slices.Equal(texts, []string{"album", "text 0.2", "text 1.2", "text 2.2", "text 3.2", "text 4.2"}) {
		t.Errorf("seed %d: the ticket says %q", seed, texts)
	}
	if made, _ := x.counted(t); made != 1 {
		t.Errorf("seed %d: %d tickets", seed, made)
	}
}
