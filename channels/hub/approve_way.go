package hub

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"okno/channels"
	"okno/tickets/people"
)

// wayToApprover finds the way to whoever has to answer: a chat of their own
// where they can be reached, else mail. why says that there is none.
func (h *Hub) wayToApprover(ctx context.Context, q question, chats bool) (w way, why channels.Text, err error) {
	if w.person, err = h.opts.Records.Person(ctx, q.approval.PersonID); err != nil {
		return w, why, fmt.Errorf("load approver: %w", err)
	}
	list, err := h.opts.Store.Channels(ctx)
	if err != nil {
		return w, why, fmt.Errorf("load channels: %w", err)
	}
	known, err := h.opts.Records.Identities(ctx, w.person.ID)
	if err != nil {
		return w, why, fmt.Errorf("list identities: %w", err)
	}
	list = h.chatsFirst(byNearness(list, q.ticket), chats)
	i := slices.IndexFunc(list, func(c Channel) bool { return takes(c, known) })
	if i < 0 {
		return w, say("hub.why.unreachable"), nil
	}
	there, _ := identityOn(list[i].Kind, known)
	w.channel, w.to = list[i], channels.Address{Network: list[i].Kind, ID: there.Address, Name: w.person.Name}
	return w, channels.Text{}, nil
}

// chatsFirst puts the channels of chats before the others, or leaves them out.
func (h *Hub) chatsFirst(list []Channel, chats bool) []Channel {
	var first, then []Channel
	for _, c := range list {
		if h.kinds[c.Kind].Chat {
			first = append(first, c)
			continue
		}
		then = append(then, c)
	}
	if !chats {
		return then
	}
	return append(first, then...)
}

// takes says that one of a person's addresses is reached by a channel.
func takes(c Channel, known []people.Identity) bool {
	i, ok := identityOn(c.Kind, known)
	return ok && i.Unreachable == ""
}

// askElsewhere puts a question by mail that a chat refused for good: the bot may
// not write to everybody it has seen.
func (h *Hub) askElsewhere(ctx context.Context, d Delivery) error {
	rest, ok := strings.CutPrefix(d.Key, approvePrefix)
	if !ok || !h.kinds[d.Out.To.Network].Chat {
		return nil
	}
	id, _, _ := strings.Cut(rest, ":")
	approval, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return fmt.Errorf("read key of delivery: %w", err)
	}
	q, ok, err := h.question(ctx, approval)
	if err != nil || !ok {
		return err
	}
	q.key = d.Key + ":elsewhere"
	return h.ask(ctx, q, false)
}
