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
// then one of its team, then any. Who closed their chat to us is not followed to
// another channel; insist, when an agent asks for it, does that and in the end
// takes an address that refused before. why says that there is no way.
func (h *Hub) way(ctx context.Context, t tickets.Ticket, insist bool) (way, channels.Text, error) {
	w, why, err := h.wayTo(ctx, t.RequesterID, t, insist)
	if err != nil || w.channel.ID == 0 || w.channel.ID != t.ChannelID {
		return w, why, err
	}
	w.place, err = h.placeOf(ctx, t, w)
	return w, why, err
}

// placeOf is where the requester reads: the place the ticket was opened in,
// unless that is the chat of somebody else who asked before an agent made
// another person the requester.
func (h *Hub) placeOf(ctx context.Context, t tickets.Ticket, w way) (string, error) {
	if t.Place == "" || t.Place == w.to.ID || !h.kinds[w.channel.Kind].Chat {
		return t.Place, nil
	}
	list, err := h.opts.Records.Messages(ctx, t.ID)
	if err != nil {
		return "", fmt.Errorf("list messages: %w", err)
	}
	for _, m := range list {
		if m.Author.Kind != tickets.ByPerson {
			continue
		}
		if m.Author.ID != t.RequesterID {
			return "", nil
		}
		break
	}
	return t.Place, nil
}

// wayTo finds the way to anybody on a ticket.
func (h *Hub) wayTo(ctx context.Context, person int64, t tickets.Ticket, insist bool) (w way, why channels.Text, err error) {
	if w.person, err = h.opts.Records.Person(ctx, person); err != nil {
		return w, why, fmt.Errorf("load person: %w", err)
	}
	list, err := h.opts.Store.Channels(ctx)
	if err != nil {
		return w, why, fmt.Errorf("load channels: %w", err)
	}
	known, err := h.opts.Records.Identities(ctx, w.person.ID)
	if err != nil {
		return w, why, fmt.Errorf("list identities: %w", err)
	}
	w.channel, w.to, why = h.nearest(byNearness(list, t), known, t, insist)
	w.to.Name = w.person.Name
	return w, why, nil
}

// nearest chooses among channels, the nearest first, by the addresses known.
func (h *Hub) nearest(list []Channel, known []people.Identity, t tickets.Ticket, insist bool) (Channel, channels.Address, channels.Text) {
	if len(list) == 0 {
		return Channel{}, channels.Address{}, say("hub.why.nochannel")
	}
	for _, c := range list {
		i, ok := identityOn(c.Kind, known)
		switch {
		case ok && i.Unreachable == "":
			return c, channels.Address{Network: c.Kind, ID: i.Address}, channels.Text{}
		case ok && !insist && c.ID == t.ChannelID && h.kinds[c.Kind].Chat:
			return Channel{}, channels.Address{}, say(i.Unreachable)
		}
	}
	for _, c := range list {
		if i, ok := identityOn(c.Kind, known); ok && insist {
			return c, channels.Address{Network: c.Kind, ID: i.Address}, channels.Text{}
		}
	}
	return Channel{}, channels.Address{}, say("hub.why.unreachable")
}

// identityOn answers the address to write to on a network, preferably one that
// takes messages.
func identityOn(network string, known []people.Identity) (people.Identity, bool) {
	var refused people.Identity
	for _, i := range known {
		switch {
		case i.Network != network:
		case i.Unreachable == "":
			return i, true
		case refused.Address == "":
			refused = i
		}
	}
	return refused, refused.Address != ""
}

// refuses says that an address takes no more messages.
func (h *Hub) refuses(ctx context.Context, a channels.Address) (bool, error) {
	p, err := h.opts.Records.IdentityOwner(ctx, a.Network, a.ID)
	if ok, err := exists(err); !ok {
		return false, err
	}
	known, err := h.opts.Records.Identities(ctx, p.ID)
	if err != nil {
		return false, fmt.Errorf("list identities: %w", err)
	}
	return slices.ContainsFunc(known, func(i people.Identity) bool {
		return i.Network == a.Network && i.Address == a.ID && i.Unreachable != ""
	}), nil
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
