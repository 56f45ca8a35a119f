package hub_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/tickets"
)

func TestMakesTicketOfKept(t *testing.T) {
	everywhere(t, func(t *testing.T, x *house) {
		in := anna("m1", "Offer")
		in.Auto = channels.AutoList
		e := x.comes(t, "k1", in)
		if made, _ := x.counted(t); e.Outcome != hub.OutcomeKept || made != 0 {
			t.Fatalf("entry: %+v", e)
		}
		if _, err := x.MakeTicket(t.Context(), x.agent, e.ID); tickets.KindOf(err) != tickets.Denied {
			t.Errorf("agent: %v", err)
		}
		n, err := x.MakeTicket(t.Context(), admin(), e.ID)
		if err != nil || n != 1 {
			t.Errorf("made %d, %v", n, err)
		}
		if _, err := x.MakeTicket(t.Context(), admin(), e.ID); tickets.KindOf(err) != tickets.Blocked {
			t.Errorf("second time: %v", err)
		}
		if err := x.Hub.Redo(t.Context(), admin(), e.ID); tickets.KindOf(err) != tickets.Blocked {
			t.Errorf("redone: %v", err)
		}
	})
}

// TestRedoAside sets more aside than one page of the ledger holds.
func TestRedoAside(t *testing.T) {
	x := newHouse(t)
	const bad = 130
	for i := range bad {
		x.receives(t, fmt.Sprint(i), channels.Inbound{From: address(fmt.Sprintf("p%d@home.org", i)), Text: "Hi"})
	}
	rows, err := x.Inbox().Claim(t.Context(), "one", x.clock().Add(1e12), bad)
	must(t, err)
	for _, r := range rows {
		must(t, x.Inbox().SetAside(t.Context(), "one", r.ID, "crash"))
	}
	if _, err := x.RedoAside(t.Context(), x.agent); tickets.KindOf(err) != tickets.Denied {
		t.Errorf("an agent: %v", err)
	}
	n, err := x.RedoAside(t.Context(), admin())
	counts, also := x.Hub.LedgerCounts(t.Context(), admin())
	if err != nil || also != nil || n != bad || counts[hub.OutcomePending] != bad || counts[hub.OutcomeAside] != 0 {
		t.Errorf("redone %d of %d, %v, %v, %v", n, bad, counts, err, also)
	}
	if rows, err = x.Inbox().Claim(t.Context(), "one", x.clock().Add(1e12), bad); err != nil || len(rows) != bad {
		t.Errorf("%d may be processed again, %v", len(rows), err)
	}
}

// shelf is Files of fixed contents.
type shelf map[string]string

func (s shelf) Open(_ context.Context, blob string) (io.ReadCloser, error) {
	text, ok := s[blob]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(strings.NewReader(text)), nil
}

func (s shelf) Put(context.Context, io.Reader) (string, int64, error) {
	return "", 0, fs.ErrPermission
}

func TestOriginalIsWhatTheNetworkDelivered(t *testing.T) {
	x := newHouse(t)
	x.files = shelf{"b1": "a large mail"}
	x.Hub = x.hub("one")
	small := channeltest.Event("k1", anna("m1", "Hi"))
	large, lost := channels.Event{Key: "k2", Blob: "b1"}, channels.Event{Key: "k3", Blob: "gone"}
	for _, e := range []channels.Event{small, large, lost} {
		_, err := x.PutEvent(t.Context(), x.channel, e)
		must(t, err)
	}
	list := x.journal(t)
	for i, want := range []string{string(small.Raw), "a large mail"} {
		_, r, err := x.Original(t.Context(), admin(), list[i].ID)
		must(t, err)
		got, err := io.ReadAll(r)
		if err != nil || string(got) != want || r.Close() != nil {
			t.Errorf("original %q, %v; want %q", got, err, want)
		}
	}
	if _, _, err := x.Original(t.Context(), admin(), list[2].ID); err == nil {
		t.Error("answered a blob that is gone")
	}
	if _, _, err := x.Original(t.Context(), admin(), 99); tickets.KindOf(err) != tickets.Missing {
		t.Errorf("no such entry: %v", err)
	}
	if _, _, err := x.Original(t.Context(), x.agent, list[0].ID); tickets.KindOf(err) != tickets.Denied {
		t.Errorf("an agent: %v", err)
	}
}
