package hub

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"okno/channels"
	"okno/tickets"
	"okno/tickets/people"
)

// way is how a ticket's requester is reached.
type way struct {
	channel Channel
	person  people.Person
	to      channels.Address
	place   string
}

// lane orders what goes to one target and keeps it apart from everybody else's.
func (w way) lane() string { return number(w.channel.ID) + ":" + w.to.ID + w.place }

// way finds the channel and address to answer by: the ticket's own channel,
// then one of its team, then any. why says that there is none.
func (h *Hub) way(ctx context.Context, t tickets.Ticket, insist bool) (w way, why channels.Text, err error) {
	if w.person, err = h.opts.Records.Person(ctx, t.RequesterID); err != nil {
		return w, why, fmt.Errorf("load requester: %w", err)
	}
	list, err := h.opts.Store.Channels(ctx)
	if err != nil {
		return w, why, fmt.Errorf("load channels: %w", err)
	}
	why = say("hub.why.nochannel")
	for _, c := range byNearness(list, t) {
		why = say("hub.why.unreachable")
		to, ok, err := h.reach(ctx, w.person, c.Kind, insist)
		if err != nil {
			return w, why, err
		}
		if ok {
			w.channel, w.to = c, to
			break
		}
	}
	if w.channel.ID == 0 {
		return w, why, nil
	}
	if w.channel.ID == t.ChannelID {
		w.place = t.Place
	}
	return w, channels.Text{}, nil
}

// byNearness lists the enabled channels, those nearest to the ticket first.
func byNearness(list []Channel, t tickets.Ticket) []Channel {
	out := slices.DeleteFunc(slices.Clone(list), func(c Channel) bool { return !c.Enabled })
	slices.SortStableFunc(out, func(a, b Channel) int { return cmp.Compare(distance(a, t), distance(b, t)) })
	return out
}

func distance(c Channel, t tickets.Ticket) int {
	switch {
	case c.ID == t.ChannelID:
		return 0
	case c.TeamID != 0 && c.TeamID == t.TeamID:
		return 1
	}
	return 2
}
