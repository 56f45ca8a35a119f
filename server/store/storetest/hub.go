package storetest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/hub"
	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

func mailbox(t *testing.T, s *store.Store) hub.Channel {
	t.Helper()
	c := hub.Channel{Connection: channels.Connection{ID: s.NewID(), Kind: "email", Name: "Почта",
		Settings: map[string]string{"host": "h"}, Secrets: map[string]string{"password": "p"}}, Enabled: true, Version: 1, CreatedAt: s.Now(t.Context())}
	must(t, s.InsertChannel(t.Context(), c))
	return c
}

func testChannels(t *testing.T, s *store.Store) {
	c := mailbox(t, s)
	if got, err := s.Channel(t.Context(), c.ID); err != nil || !reflect.DeepEqual(got, c) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, c)
	}
	c.Secrets["password"] = "q"
	must(t, s.UpdateChannel(t.Context(), c))
	must(t, s.SetChannelState(t.Context(), c.ID, channels.State{Reason: channels.Text{Key: "k"}, Detail: "d"}))
	got, err := s.Channels(t.Context())
	if err != nil || len(got) != 1 || got[0].Secrets["password"] != "q" || got[0].Version != 2 || got[0].StateAt.IsZero() || got[0].State.Detail != "d" {
		t.Errorf("channels %+v, %v", got, err)
	}
}

func put(t *testing.T, s *store.Store, channel int64, e channels.Event) bool {
	t.Helper()
	fresh, err := s.PutEvent(t.Context(), channel, e)
	must(t, err)
	return fresh
}

func claim(t *testing.T, q *store.Queue, owner string, lease time.Duration) []int64 {
	t.Helper()
	rows, err := q.Claim(t.Context(), owner, time.Now().Add(lease), 10)
	must(t, err)
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}

func testJournal(t *testing.T, s *store.Store) {
	c := mailbox(t, s)
	e := channels.Event{Key: "k", Object: "o", Lane: "l", Raw: []byte{0, 255}, Hint: "Ира", Cursor: channels.Cursor{Name: "INBOX", Value: "1"}}
	if !put(t, s, c.ID, e) {
		t.Error("a new event is not fresh")
	}
	e.Cursor.Value = "2"
	if put(t, s, c.ID, e) {
		t.Error("a redelivery is fresh")
	}
	if v, err := s.Cursor(t.Context(), c.ID, "INBOX"); v != "2" || err != nil {
		t.Errorf("cursor %q, %v", v, err)
	}
	ids := claim(t, s.Inbox(), "me", time.Hour)
	if len(ids) != 1 {
		t.Fatalf("claimed %v", ids)
	}
	entry, err := s.Entry(t.Context(), ids[0])
	if err != nil || !reflect.DeepEqual(entry.Event.Raw, e.Raw) || entry.Outcome != hub.OutcomePending {
		t.Errorf("entry %+v, %v", entry, err)
	}
	entry.Outcome, entry.From, entry.MessageID = hub.OutcomeOpened, "ira@x.ru", 5
	must(t, s.SettleEntry(t.Context(), entry))
	if err := s.SettleEntry(t.Context(), entry); !errors.Is(err, tickets.ErrStale) {
		t.Errorf("settled twice: %v", err)
	}
	if got, err := s.EntryByObject(t.Context(), "email", "o", 0); err != nil || got.ID != entry.ID {
		t.Errorf("by object %v, %v", got.ID, err)
	}
	if n, err := s.CountSince(t.Context(), "email", "Ira@x.ru", time.Now().Add(-time.Hour)); n != 1 || err != nil {
		t.Errorf("counted %d, %v", n, err)
	}
	if err := s.Redo(t.Context(), entry.ID); !errors.Is(err, hub.ErrDone) {
		t.Errorf("redone: %v", err)
	}
}

func testLedger(t *testing.T, s *store.Store) {
	c := mailbox(t, s)
	for _, k := range []string{"a", "b", "c_1"} {
		put(t, s, c.ID, channels.Event{Key: k, Hint: "Ира " + k})
	}
	ids := claim(t, s.Inbox(), "me", time.Hour)
	must(t, s.Inbox().SetAside(t.Context(), "me", ids[0], "broken"))
	counts, err := s.LedgerCounts(t.Context())
	if err != nil || counts[hub.OutcomePending] != 2 || counts[hub.OutcomeAside] != 1 {
		t.Errorf("counts %v, %v", counts, err)
	}
	page, err := s.Entries(t.Context(), hub.LedgerQuery{Limit: 2})
	must(t, err)
	rest, err := s.Entries(t.Context(), hub.LedgerQuery{Limit: 2, After: page.Next})
	if err != nil || len(page.Entries) != 2 || len(rest.Entries) != 1 || rest.Next != "" {
		t.Errorf("pages %v, %v, %v", page, rest, err)
	}
	for _, q := range []hub.LedgerQuery{{Words: "ИРА A"}, {Words: "c_"}, {Outcomes: []hub.Outcome{hub.OutcomeAside, hub.OutcomeKept}, ChannelID: c.ID}} {
		q.Limit = 5
		if got, err := s.Entries(t.Context(), q); err != nil || len(got.Entries) != 1 {
			t.Errorf("%+v finds %d, %v", q, len(got.Entries), err)
		}
	}
	must(t, s.Redo(t.Context(), ids[0]))
	if again := claim(t, s.Inbox(), "me", time.Hour); len(again) != 1 || again[0] != ids[0] {
		t.Errorf("redone entry: %v", again)
	}
}

func delivery(t *testing.T, s *store.Store, lane string, message int64) hub.Delivery {
	t.Helper()
	d := hub.Delivery{ID: s.NewID(), Lane: lane, MessageID: message, RunAt: s.Now(t.Context()),
		Out: channels.Outbound{Notice: true, Body: "b", To: channels.Address{Network: "email", ID: "i@x"}}}
	d.Key = time.Now().String() + lane
	must(t, s.PutDelivery(t.Context(), d))
	return d
}

func testOutbox(t *testing.T, s *store.Store) {
	d := delivery(t, s, "l", 5)
	again := d
	again.ID = s.NewID()
	must(t, s.PutDelivery(t.Context(), again))
	if got, err := s.Delivery(t.Context(), d.ID); err != nil || !reflect.DeepEqual(got, d) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, d)
	}
	for since, want := range map[time.Duration]int{-time.Hour: 1, time.Hour: 0} {
		if n, err := s.CountNotices(t.Context(), "email", "i@x", time.Now().Add(since)); err != nil || n != want {
			t.Errorf("%d notices since %s, %v", n, since, err)
		}
	}
	must(t, s.PutProgress(t.Context(), d.Key, "2"))
	if got, err := s.Delivery(t.Context(), d.ID); err != nil || got.Out.Progress != "2" {
		t.Errorf("progress %q, %v", got.Out.Progress, err)
	}
	waiting, err := s.WaitingDelivery(t.Context(), "l")
	must(t, err)
	waiting.Out.Body = "b and c"
	if ok, err := s.Reword(t.Context(), waiting.ID, waiting.Out); waiting.ID != d.ID || !ok || err != nil {
		t.Errorf("what waits is not reworded: %v, %v", ok, err)
	}
	if ids := claim(t, s.Outbox(), "me", time.Hour); len(ids) != 1 {
		t.Fatalf("claimed %v", ids)
	}
	if got, err := s.Delivery(t.Context(), d.ID); err != nil || got.Out.Body != "b and c" {
		t.Errorf("it says %q, %v", got.Out.Body, err)
	}
	if _, err := s.WaitingDelivery(t.Context(), "l"); !errors.Is(err, people.ErrMissing) {
		t.Errorf("what is being sent waits: %v", err)
	}
	if ok, err := s.Reword(t.Context(), d.ID, waiting.Out); ok || err != nil {
		t.Errorf("what is being sent was reworded: %v", err)
	}
	if ok, err := s.CancelOutgoing(t.Context(), 5); ok || err != nil {
		t.Errorf("cancelled what is being sent: %v", err)
	}
	must(t, s.SettleDelivery(t.Context(), d.ID, channels.Receipt{}, true, channels.Text{Key: "k"}, "550"))
	if n, err := s.RequeueOutgoing(t.Context(), 5); n != 1 || err != nil {
		t.Errorf("requeued %d, %v", n, err)
	}
	if ok, err := s.CancelOutgoing(t.Context(), 5); !ok || err != nil {
		t.Errorf("not cancelled: %v", err)
	}
	if ids := claim(t, s.Outbox(), "me", time.Hour); len(ids) != 0 {
		t.Errorf("claimed what was cancelled: %v", ids)
	}
}

func testLanes(t *testing.T, s *store.Store) {
	first, second, other := delivery(t, s, "l", 1), delivery(t, s, "l", 2), delivery(t, s, "m", 3)
	if ids := claim(t, s.Outbox(), "me", time.Hour); !reflect.DeepEqual(sorted(ids), sorted([]int64{first.ID, other.ID})) {
		t.Fatalf("claimed %v", ids)
	}
	later := time.Now().Add(time.Hour).UTC().Truncate(time.Millisecond)
	must(t, s.Outbox().Retry(t.Context(), "me", first.ID, later, true, "busy"))
	if ids := claim(t, s.Outbox(), "me", time.Hour); len(ids) != 0 {
		t.Errorf("the lane went past its first row: %v", ids)
	}
	if next, err := s.Outbox().NextAt(t.Context()); err != nil || next.After(later) || next.Before(time.Now()) {
		t.Errorf("next %v, %v", next, err)
	}
	must(t, s.SettleDelivery(t.Context(), first.ID, channels.Receipt{ID: "r"}, false, channels.Text{}, ""))
	if ids := claim(t, s.Outbox(), "me", time.Hour); !reflect.DeepEqual(ids, []int64{second.ID}) {
		t.Errorf("claimed %v", ids)
	}
}

// testLateLowID stores a lower id after a higher one of its lane was leased.
func testLateLowID(t *testing.T, s *store.Store) {
	low := s.NewID()
	delivery(t, s, "l", 1)
	if ids := claim(t, s.Outbox(), "a", time.Hour); len(ids) != 1 {
		t.Fatalf("claimed %v", ids)
	}
	must(t, s.PutDelivery(t.Context(), hub.Delivery{ID: low, Key: "low", Lane: "l", RunAt: s.Now(t.Context())}))
	if ids := claim(t, s.Outbox(), "b", time.Hour); len(ids) != 0 {
		t.Errorf("two rows of one lane are leased: %v", ids)
	}
}

func testLostLease(t *testing.T, s *store.Store) {
	d := delivery(t, s, "l", 1)
	claim(t, s.Outbox(), "a", -time.Second)
	if ids := claim(t, s.Outbox(), "b", time.Hour); !reflect.DeepEqual(ids, []int64{d.ID}) {
		t.Fatalf("a lease that ran out is not claimable: %v", ids)
	}
	must(t, s.Outbox().SetAside(t.Context(), "a", d.ID, "late"))
	must(t, s.Outbox().Retry(t.Context(), "a", d.ID, time.Now(), true, "late"))
	must(t, s.Outbox().Extend(t.Context(), "a", []int64{d.ID}, time.Now().Add(-time.Hour)))
	if ids := claim(t, s.Outbox(), "c", time.Hour); len(ids) != 0 {
		t.Errorf("who lost the lease gave the row away: %v", ids)
	}
	if got, err := s.Delivery(t.Context(), d.ID); err != nil || got.Attempts != 1 {
		t.Errorf("attempts %d, %v; the lost try counts", got.Attempts, err)
	}
}
