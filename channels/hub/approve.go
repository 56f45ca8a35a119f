package hub

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"okno/channels"
	"okno/channels/dialog"
	"okno/channels/markdown"
	"okno/tickets"
)

// approvePrefix begins the keys of rows that ask somebody for approval. What
// follows is the question and the event that asks it.
const approvePrefix = "approve:"

// longestAsk is how much of a request a chat shows to whoever has to approve it,
// in characters.
const longestAsk = 1500

// ApprovalRecords reads who has to approve a ticket; tickets.Store has it.
type ApprovalRecords interface {
	Approval(ctx context.Context, id int64) (tickets.Approval, error)
	ApprovalChain(ctx context.Context, ticket int64) (tickets.Chain, error)
}

// notifyApproval asks or reminds everybody an event names.
func (h *Hub) notifyApproval(ctx context.Context, e tickets.Event) error {
	ids, err := askedBy(e)
	if err != nil {
		return fmt.Errorf("read event: %w", err)
	}
	for _, id := range ids {
		q, ok, err := h.question(ctx, id)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		q.key, q.again = approvePrefix+number(id)+":"+number(e.Pos), e.Type == tickets.ApprovalReminded
		if err := h.ask(ctx, q, true); err != nil {
			return err
		}
	}
	return nil
}

// askedBy are the questions an event asks or reminds of, those to agents aside.
func askedBy(e tickets.Event) (ids []int64, err error) {
	if e.Type == tickets.ApprovalReminded {
		var d tickets.RemindedData
		err = json.Unmarshal(e.Data, &d)
		for _, text := range d.Approvals {
			id, _ := strconv.ParseInt(text, 10, 64) // what the log wrote reads back
			ids = append(ids, id)
		}
		return ids, err
	}
	var d tickets.AskedData
	err = json.Unmarshal(e.Data, &d)
	for _, a := range d.Asked {
		if a.PersonID != 0 {
			ids = append(ids, a.ApprovalID)
		}
	}
	return ids, err
}

// question is a question to be put to somebody.
type question struct {
	key      string
	again    bool // a reminder
	approval tickets.Approval
	chain    tickets.Chain
	ticket   tickets.Ticket
}

// question loads a question; false when nobody waits for its answer any more.
func (h *Hub) question(ctx context.Context, id int64) (q question, ok bool, err error) {
	if q.approval, err = h.opts.Records.Approval(ctx, id); err != nil || q.approval.State != tickets.ApprovalWaiting {
		_, err = exists(err)
		return q, false, err
	}
	if q.chain, err = h.opts.Records.ApprovalChain(ctx, q.approval.TicketID); err != nil {
		return q, false, fmt.Errorf("load stages of approval: %w", err)
	}
	if q.ticket, err = h.opts.Records.Ticket(ctx, q.approval.TicketID); err != nil {
		return q, false, fmt.Errorf("load ticket: %w", err)
	}
	return q, !q.ticket.Gone(), nil
}

// ask puts a question to whoever has to answer it: in a chat where they have
// one and chats is true, else by mail. Somebody nobody can reach is told to the
// ticket.
func (h *Hub) ask(ctx context.Context, q question, chats bool) error {
	w, why, err := h.wayToApprover(ctx, q, chats)
	if err != nil {
		return err
	}
	if !why.IsZero() {
		d := tickets.ReachData{PersonID: q.approval.PersonID, Why: sentence(why)}
		if err := h.opts.Tickets.Reach(ctx, q.ticket.ID, d); err != nil {
			return fmt.Errorf("tell ticket %d: %w", q.ticket.ID, err)
		}
		return nil
	}
	out, err := h.letterOf(ctx, q, w)
	if err != nil {
		return err
	}
	return h.putOut(ctx, w, note{key: q.key, ticket: q.ticket, at: out.At}, out)
}

// letterOf is what whoever has to approve reads.
func (h *Hub) letterOf(ctx context.Context, q question, w way) (channels.Outbound, error) {
	language := h.opts.Language(ctx, w.person.Language)
	out := channels.Outbound{
		Key: q.key, Notice: true, To: w.to, Ticket: q.ticket.Number, Author: h.opts.Desk(ctx), Language: language,
		Subject: h.opts.Say(language, say("hub.approve.subject", "subject", q.ticket.Subject)), At: h.opts.Store.Now(ctx),
	}
	lines, err := h.lines(ctx, q, language)
	if err != nil {
		return out, err
	}
	words, files, err := h.wanted(ctx, q.ticket.ID)
	if err != nil {
		return out, err
	}
	out.Files = files
	if h.kinds[w.channel.Kind].Chat {
		out.Body, out.Buttons = lines+"\n\n"+shortened(words, longestAsk), dialog.ApprovalButtons(q.approval.ID, language, h.opts.Say)
		return out, nil
	}
	url := h.opts.ApprovalURL(q.approval.ID)
	out.Body = strings.Join([]string{lines, words, h.opts.Say(language, say("hub.approve.link", "url", url)), h.opts.Say(language, say("hub.approve.single"))}, "\n\n")
	return out, nil
}

// lines say who asks, in whose place, at which stage and until when.
func (h *Hub) lines(ctx context.Context, q question, language string) (string, error) {
	requester, err := h.opts.Records.Person(ctx, q.ticket.RequesterID)
	if err != nil {
		return "", fmt.Errorf("load requester: %w", err)
	}
	key := "hub.approve.asked"
	if q.again {
		key = "hub.approve.reminded"
	}
	text := []channels.Text{say(key, "name", markdown.Escape(requester.Name), "ticket", number(q.ticket.Number), "subject", markdown.Escape(q.ticket.Subject))}
	if q.approval.DeputyFor != 0 {
		away, err := h.opts.Records.Person(ctx, q.approval.DeputyFor)
		if err != nil {
			return "", fmt.Errorf("load whoever is away: %w", err)
		}
		text = append(text, say("hub.approve.deputy", "name", markdown.Escape(away.Name)))
	}
	text = append(text, stageOf(q, language)...)
	if left := q.chain.DueAt.Sub(h.opts.Store.Now(ctx)); !q.chain.DueAt.IsZero() && left > 0 {
		text = append(text, say("hub.approve.due", "count", strconv.Itoa(int(math.Ceil(float64(left)/float64(time.Hour))))))
	}
	var said []string
	for _, t := range text {
		said = append(said, h.opts.Say(language, t))
	}
	return strings.Join(said, "\n"), nil
}

// stageOf names the stage where there are several, or it has a name.
func stageOf(q question, language string) []channels.Text {
	stage, of := number(int64(q.chain.Stage)), number(int64(len(q.chain.Stages)))
	name := q.chain.Stages[q.chain.Stage-1].Name.In(language)
	switch {
	case len(q.chain.Stages) < 2:
		return nil
	case name == "":
		return []channels.Text{say("hub.approve.nth", "stage", stage, "of", of)}
	}
	return []channels.Text{say("hub.approve.stage", "stage", stage, "of", of, "name", markdown.Escape(name))}
}

// wanted is what a ticket asks for: its first message.
func (h *Hub) wanted(ctx context.Context, ticket int64) (string, []channels.File, error) {
	list, err := h.opts.Records.Messages(ctx, ticket)
	if err != nil {
		return "", nil, fmt.Errorf("list messages: %w", err)
	}
	for _, m := range list {
		switch {
		case m.Kind != tickets.Reply:
		case m.Markdown:
			return m.Body, filesOut(m.Files), nil
		default:
			return markdown.Escape(m.Body), filesOut(m.Files), nil
		}
	}
	return "", nil, nil
}
