package tickets_test

import (
	"encoding/json"
	"testing"
	"time"

	"okno/tickets"
)

// edited is what a network delivers of a message with the id a@b.
func edited(body string, at time.Time) tickets.Incoming {
	return tickets.Incoming{PersonID: 11, ChannelID: 5, Network: "email", Body: body, Ref: "a@b", At: at}
}

func TestAnEditKeepsWhatWasSaid(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		solved := int64(5)
		_, err := s.Change(t.Context(), anna(), made.ID, 0, tickets.Change{StatusID: &solved})
		must(t, err)
		seen := w.row(t, made.ID)
		w.pass(8 * 24 * time.Hour)
		must(t, s.EditIncoming(t.Context(), "email", "a@b", edited("It is out", w.at())))
		must(t, s.EditIncoming(t.Context(), "email", "a@b", edited("It is out", w.at()))) // told twice
		must(t, s.EditIncoming(t.Context(), "email", "a@b", edited("It smoulders", w.at().Add(-time.Hour))))
		m, row := w.said(t, made.ID)[0], w.row(t, made.ID)
		if m.Body != "It is out" || len(m.Earlier) != 2 || m.Earlier[0].Body != "It is on fire" || m.Earlier[1].Body != "It smoulders" {
			t.Errorf("message %+v", m)
		}
		if row.Snippet != "It is out" || row.Category != tickets.Solved || row.LastSeq != seen.LastSeq+1 || row.NewsSeq != row.LastSeq {
			t.Errorf("row %+v", row)
		}
	})
}

func TestAnEditOfAnEarlierMessageLeavesTheListAlone(t *testing.T) {
	_, s, made := desk(t, "memory")
	x, err := s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "Water helps"})
	must(t, err)
	must(t, s.EditIncoming(t.Context(), "email", "a@b", edited("It is out", time.Time{})))
	talk, err := s.Conversation(t.Context(), anna(), made.Number)
	must(t, err)
	if talk.Ticket.Snippet != "Water helps" {
		t.Errorf("the list shows %q", talk.Ticket.Snippet)
	}
	_, err = s.Withdraw(t.Context(), anna(), x.ID)
	must(t, err)
	if talk, err = s.Conversation(t.Context(), anna(), made.Number); err != nil || talk.Ticket.Snippet != "It is out" {
		t.Errorf("without the reply the list shows %q, %v", talk.Ticket.Snippet, err)
	}
}

func TestWhatIsTakenBackStaysReadable(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		must(t, s.RemoveIncoming(t.Context(), "email", "a@b", 11))
		must(t, s.RemoveIncoming(t.Context(), "email", "a@b", 11))
		m, row := w.said(t, made.ID)[0], w.row(t, made.ID)
		if m.RemovedAt.IsZero() || m.Body != "It is on fire" || row.LastSeq != made.LastSeq+1 || row.NewsSeq != row.LastSeq {
			t.Errorf("message %+v, row %+v", m, row)
		}
	})
}

func TestAnAlbumGrows(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		late := tickets.Incoming{PersonID: 11, Network: "email", Ref: "c@d", Body: "and this", Files: []tickets.File{{Name: "2.jpg", Blob: "b2"}}}
		must(t, s.AppendFiles(t.Context(), "email", "a@b", late))
		m, err := w.MessageByRef(t.Context(), "email", "c@d")
		must(t, err)
		row := w.row(t, made.ID)
		if m.Body != "It is on fire\n\nand this" || len(m.Files) != 1 || m.TicketID != made.ID || !m.EditedAt.IsZero() {
			t.Errorf("message %+v", m)
		}
		if row.Snippet != "It is on fire and this" || row.LastSeq != made.LastSeq+1 {
			t.Errorf("row %+v", row)
		}
	})
}

func TestReactionsAreNoNews(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		for _, emoji := range []string{"👍", "🔥"} {
			must(t, s.React(t.Context(), "email", "a@b", 12, emoji))
		}
		must(t, s.React(t.Context(), "email", "a@b", 13, "👍"))
		must(t, s.React(t.Context(), "email", "a@b", 13, ""))
		events, err := w.TicketEvents(t.Context(), made.ID)
		must(t, err)
		on := tickets.Reactions(events)[w.said(t, made.ID)[0].ID]
		if len(on) != 1 || on[0].Emoji != "🔥" || on[0].By != tickets.AsPerson(12) || w.row(t, made.ID).NewsSeq != made.NewsSeq {
			t.Errorf("reactions %+v", on)
		}
	})
}

func TestNobodyChangesWhatOthersWrote(t *testing.T) {
	_, s, _ := desk(t, "memory")
	foreign := edited("No", time.Time{})
	foreign.PersonID = 12
	for name, err := range map[string]error{
		"edit":    s.EditIncoming(t.Context(), "email", "a@b", foreign),
		"append":  s.AppendFiles(t.Context(), "email", "a@b", foreign),
		"remove":  s.RemoveIncoming(t.Context(), "email", "a@b", 12),
		"unknown": s.RemoveIncoming(t.Context(), "email", "no@b", 11),
		"react":   s.React(t.Context(), "email", "no@b", 11, "👍"),
	} {
		if tickets.KindOf(err) != tickets.Missing {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAmendingEventsStayAsTheyAre compares the JSON of what people do to their
// messages with what followers and stored logs rely on.
func TestAmendingEventsStayAsTheyAre(t *testing.T) {
	w, s, made := desk(t, "memory")
	must(t, s.EditIncoming(t.Context(), "email", "a@b", edited("It is out", w.at())))
	must(t, s.AppendFiles(t.Context(), "email", "a@b", tickets.Incoming{PersonID: 11, Files: []tickets.File{{Name: "2.jpg"}}}))
	must(t, s.React(t.Context(), "email", "a@b", 11, "👍"))
	must(t, s.RemoveIncoming(t.Context(), "email", "a@b", 11))
	must(t, s.Reach(t.Context(), made.ID, tickets.ReachData{PersonID: 11, Network: "email", Why: tickets.Sentence{Key: "hub.why.left"}}))
	for _, e := range w.log(t)[made.LastSeq:] {
		got, err := json.MarshalIndent(e, "", "  ")
		must(t, err)
		golden(t, string(e.Type), append(got, '\n'))
	}
}
