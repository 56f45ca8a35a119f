package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

// BenchmarkFsync is what the disk can do: one small write and fsync.
func BenchmarkFsync(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "f"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for b.Loop() {
		if _, err := f.Write(make([]byte, 4096)); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGroupCommit is one tiny transaction, with 64 callers per core.
func BenchmarkGroupCommit(b *testing.B) {
	s := open(b, store.Options{Dir: b.TempDir()})
	b.SetParallelism(64)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if err := s.Probe(context.Background()); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkTicketPost is a ticket with its message, event and counters, with 64
// callers per core.
func BenchmarkTicketPost(b *testing.B) {
	s := open(b, store.Options{Dir: b.TempDir()})
	asker := people.Person{ID: s.NewID(), Name: "Ира"}
	if err := s.InsertPerson(context.Background(), asker); err != nil {
		b.Fatal(err)
	}
	b.SetParallelism(64)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if err := post(s, asker.ID); err != nil {
				b.Error(err)
			}
		}
	})
}

func post(s *store.Store, asker int64) error {
	return s.InTx(context.Background(), func(ctx context.Context) error {
		tk := tickets.Ticket{ID: s.NewID(), StatusID: 1, Category: tickets.New, RequesterID: asker, CreatedAt: s.Now(ctx)}
		if err := s.InsertTicket(ctx, &tk); err != nil {
			return err
		}
		m := tickets.Message{ID: s.NewID(), TicketID: tk.ID, Seq: 1, Kind: tickets.Reply, Body: "text"}
		if err := s.InsertMessage(ctx, m); err != nil {
			return err
		}
		if err := s.AddCounts(ctx, map[string]int{"open": 1, "unassigned": 1}); err != nil {
			return err
		}
		return s.AppendEvents(ctx, []tickets.Event{{TicketID: tk.ID, Number: tk.Number, Seq: 1, Type: tickets.TicketCreated, Data: []byte("{}")}})
	})
}
