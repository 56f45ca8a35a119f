// Package once carries a request out once, however often it is sent: the client
// names it with a key, and whoever sends that key again gets the answer that was
// given the first time. What the request changes and its answer are written in
// one transaction, so a crash leaves both or neither.
//
// A request that is refused changes nothing and its answer is not kept: mended,
// it can be sent with the same key.
package once

import (
	"context"
	"errors"
	"fmt"
	"time"

	"okno/tickets"
	"okno/tickets/people"
)

// Lasts is how long an answer is kept.
const Lasts = 24 * time.Hour

// LongestKey is how many bytes a key may have.
const LongestKey = 255

// Answer is what a request was answered with.
type Answer struct {
	Request string            // hash of what was asked
	Status  int               // of HTTP
	Header  map[string]string // the headers that belong to the answer
	Body    []byte
}

// refused says that nothing is to be kept of an answer.
func (a Answer) refused() bool { return a.Status >= 400 }

// Store keeps answers.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	// Answered answers what an owner's key was answered with, people.ErrMissing
	// when nothing is kept. Until the transaction in ctx ends, others that ask
	// for the same key wait.
	Answered(ctx context.Context, owner, key string) (Answer, error)
	// KeepAnswer keeps an answer and forgets those of a day ago.
	KeepAnswer(ctx context.Context, owner, key string, a Answer) error
}

// errRefused rolls back what a refused request has begun.
var errRefused = errors.New("the request was refused")

// Do answers a request: as before when its key is known, else with what run
// answers. run works in the transaction that its ctx carries and may be called
// again after a deadlock. again says that the answer is an old one. A key that
// named another request is tickets.Invalid.
func Do(ctx context.Context, s Store, owner, key, request string, run func(ctx context.Context) Answer) (a Answer, again bool, err error) {
	err = s.InTx(ctx, func(ctx context.Context) error {
		if a, err = s.Answered(ctx, owner, key); err == nil {
			again = true
			return same(a, request)
		}
		if !errors.Is(err, people.ErrMissing) {
			return fmt.Errorf("look for an earlier answer: %w", err)
		}
		if a = run(ctx); a.refused() {
			return errRefused
		}
		a.Request = request
		if err := s.KeepAnswer(ctx, owner, key, a); err != nil {
			return fmt.Errorf("keep answer: %w", err)
		}
		return nil
	})
	if errors.Is(err, errRefused) {
		err = nil
	}
	return a, again, err
}

func same(a Answer, request string) error {
	if a.Request == request {
		return nil
	}
	return tickets.NewError(tickets.Invalid, "Idempotency-Key", "error.once.other")
}
