package tickets

import (
	"context"
	"fmt"
)

// settledAs is the event that a stage ended.
func settledAs(c Chain, outcome ChainState, late bool) fact {
	return fact{ApprovalSettled, SettledData{Stage: c.Stage, Of: len(c.Stages), Name: c.now().Name, Outcome: outcome, Late: late}}
}

// agreed ends a stage and begins the next; after the last the ticket is new. One
// that an agent took in hand meanwhile stays as it is.
func (s *Service) agreed(ctx context.Context, w *work, r *round, late bool) error {
	s.end(w, r)
	if err := w.follow(settledAs(r.chain, ChainAgreed, late)); err != nil {
		return err
	}
	if !r.chain.last() {
		r.chain.Stage++
		return s.enter(ctx, w, r.chain)
	}
	s.finish(w, r.chain, ChainAgreed)
	if w.now.Category != OnHold {
		return nil
	}
	return w.hold(New)
}

// refused ends a stage and with it the ticket; whoever asked for it is told why.
func (s *Service) refused(ctx context.Context, w *work, r *round, why Sentence) error {
	s.end(w, r)
	if err := w.follow(settledAs(r.chain, ChainRefused, why.Args == nil)); err != nil {
		return err
	}
	s.finish(w, r.chain, ChainRefused)
	if err := s.announce(ctx, w, why); err != nil {
		return err
	}
	return w.hold(Closed)
}

// finish has a chain written that ended.
func (s *Service) finish(w *work, c Chain, state ChainState) {
	c.State = state
	s.keepChain(w, c)
}

// announce says something to whoever asked, in their language, in the name of
// the desk.
func (s *Service) announce(ctx context.Context, w *work, what Sentence) error {
	p, err := s.store.Person(ctx, w.now.RequesterID)
	if err != nil {
		return fmt.Errorf("load requester: %w", err)
	}
	m := Message{
		ID: s.store.NewID(), TicketID: w.now.ID, Kind: Reply, Author: System(), Body: s.opts.say(p.Language, what),
		Markdown: true, ChannelID: w.now.ChannelID, Delivery: firstDelivery(w.now, w.at, 0), CreatedAt: w.at,
	}
	by := w.by
	s.keepMessage(w, &m)
	err = w.say(System(), &m, nil)
	w.by = by
	return err
}

// say puts a sentence into a language; a desk without words says its key.
func (o Options) say(language string, x Sentence) string {
	if o.Say == nil {
		return x.Key
	}
	return o.Say(language, x)
}
