package hub

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"okno/channels"
	"okno/tickets/people"
)

// nowhere is the network of senders that gave no address; no channel has it, so
// an answer to them fails with a reason instead of leaving.
const nowhere = "none"

// sender answers the person behind an address, made at the first sight. Who
// writes from an address can be reached there again.
func (h *Hub) sender(ctx context.Context, a arrival, from channels.Address) (people.Person, error) {
	if from.ID == "" {
		return h.opts.People.Known(ctx, nowhere, "unknown", h.opts.Say("", say("hub.person.unknown")), "")
	}
	p, err := h.opts.People.Known(ctx, a.channel.Kind, from.ID, from.Name, a.in.Language)
	if err != nil {
		return p, fmt.Errorf("find sender: %w", err)
	}
	if a.in.Auto != channels.AutoNone {
		return p, nil
	}
	return p, h.reached(ctx, a.channel, from.ID, channels.Text{})
}

// mark notes why an address cannot be reached, or with "" that it can, and says
// whether that is news.
func (h *Hub) mark(ctx context.Context, network, address, why string) (news bool, err error) {
	p, err := h.opts.Records.IdentityOwner(ctx, network, address)
	if ok, err := exists(err); !ok {
		return false, err
	}
	list, err := h.opts.Records.Identities(ctx, p.ID)
	if err != nil {
		return false, fmt.Errorf("list identities: %w", err)
	}
	for _, i := range list {
		if i.Network != network || i.Address != address || i.Unreachable == why {
			continue
		}
		i.Unreachable = why
		if err := h.opts.Records.PutIdentity(ctx, i); err != nil {
			return false, fmt.Errorf("mark address: %w", err)
		}
		news = true
	}
	return news, nil
}

// others makes persons of everybody else the message was addressed to.
func (h *Hub) others(ctx context.Context, a arrival, sender int64) ([]int64, error) {
	if a.in.Auto != channels.AutoNone {
		return nil, nil
	}
	own, err := h.ownAddresses(ctx, a.channel.Kind)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, to := range slices.Concat(a.in.To, a.in.CC) {
		if to.ID == "" || ownAddress(own, to.ID) || noReply(to.ID) || len(ids) == maxFollowers {
			continue
		}
		p, err := h.opts.People.Known(ctx, a.channel.Kind, to.ID, to.Name, "")
		if err != nil {
			return nil, fmt.Errorf("find follower: %w", err)
		}
		if p.ID != sender && !slices.Contains(ids, p.ID) {
			ids = append(ids, p.ID)
		}
	}
	return ids, nil
}

// ownAddress also knows an own address with a tag: help+t12.mark@example.org.
func ownAddress(own map[string]bool, address string) bool {
	address = strings.ToLower(address)
	local, domain, _ := strings.Cut(address, "@")
	local, _, _ = strings.Cut(local, "+")
	return own[address] || own[local+"@"+domain]
}

// noReply says that nobody reads an address.
func noReply(address string) bool {
	local, _, _ := strings.Cut(strings.ToLower(address), "@")
	local = strings.NewReplacer("-", "", "_", "", ".", "").Replace(local)
	return strings.HasPrefix(local, "noreply") || strings.HasPrefix(local, "donotreply") ||
		local == "mailerdaemon" || local == "postmaster"
}
