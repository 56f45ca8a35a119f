package demo

import (
	"context"
	"fmt"
	"hash"
	"regexp"
	"strconv"

	"okno/tickets"
)

// reading is what one goroutine has read.
type reading struct {
	from  tickets.Store
	names *names
	sum   hash.Hash
	found Contents
}

// hash adds a ticket with all that was said and done.
func (r *reading) hash(ctx context.Context, t tickets.Ticket, messages []tickets.Message, events []tickets.Event) error {
	asker, err := r.names.person(ctx, t.RequesterID)
	if err != nil {
		return err
	}
	n := r.names
	fmt.Fprintf(r.sum, "%d %q %s %d %s %s %s %q %v %d\n", t.Number, t.Subject, t.Category, t.Priority, n.of(t.TeamID),
		n.of(t.AssigneeID), asker, t.Tags, t.Spam, t.Undelivered)
	fmt.Fprintf(r.sum, "%d %d %d %d %d %d\n", t.LastSeq, t.NewsSeq, n.after(t.CreatedAt), n.after(t.UpdatedAt),
		n.after(t.SolvedAt), n.after(t.WaitingSince))
	said := map[int64]int64{}
	for _, m := range messages {
		said[m.ID] = m.Seq
		fmt.Fprintf(r.sum, "%d %s %s %q %d %s\n", m.Seq, m.Kind, n.of(m.Author.ID), m.Body, n.after(m.CreatedAt), m.Delivery.State)
	}
	for _, e := range events {
		fmt.Fprintf(r.sum, "%d %s %s %d %s\n", e.Seq, e.Type, n.of(e.Actor.ID), n.after(e.At), r.data(e.Data, said))
	}
	return nil
}

// ids are the numbers in the data of events that are ids.
var ids = regexp.MustCompile(`[0-9]{10,20}`)

// data writes names for ids, and the seq of a message for its id.
func (r *reading) data(raw []byte, said map[int64]int64) []byte {
	return ids.ReplaceAllFunc(raw, func(digits []byte) []byte {
		id, err := strconv.ParseInt(string(digits), 10, 64)
		if err != nil {
			return digits
		}
		if seq, ok := said[id]; ok {
			return fmt.Appendf(nil, "message %d", seq)
		}
		return []byte(r.names.of(id))
	})
}
