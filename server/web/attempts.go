package web

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How often a sign-in may fail before the next one has to wait. An office may
// share one network address, so that one is given more room.
const (
	failuresPerAccount = 10
	refillAccount      = time.Minute
	failuresPerNetwork = 50
	refillNetwork      = 10 * time.Second
	// remembered bounds the memory that somebody guessing addresses can take.
	remembered = 10_000
)

// attempts slows down guessing of passwords and links.
type attempts struct {
	now func() time.Time

	mu   sync.Mutex
	keys map[string]*rate.Limiter
}

func newAttempts(now func() time.Time) *attempts {
	return &attempts{now: now, keys: map[string]*rate.Limiter{}}
}

// take counts one attempt of an account from a network address and answers how
// long to wait instead, 0 to go on. Attempts are counted beforehand, so that
// trying many at once gains nothing.
func (a *attempts) take(account, network string) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	wait := a.takeOne("network "+network, refillNetwork, failuresPerNetwork)
	if wait == 0 && account != "" {
		wait = a.takeOne("account "+account, refillAccount, failuresPerAccount)
	}
	return wait
}

func (a *attempts) takeOne(key string, refill time.Duration, burst int) time.Duration {
	limiter, ok := a.keys[key]
	if !ok {
		a.makeRoom()
		limiter = rate.NewLimiter(rate.Every(refill), burst)
		a.keys[key] = limiter
	}
	now := a.now()
	r := limiter.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

// forgive forgets the failures of an account that has now signed in.
func (a *attempts) forgive(account string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.keys, "account "+account)
}

// makeRoom drops who has been quiet long enough and, if that does not help,
// anybody.
func (a *attempts) makeRoom() {
	if len(a.keys) < remembered {
		return
	}
	now := a.now()
	for key, limiter := range a.keys {
		if limiter.TokensAt(now) >= float64(limiter.Burst()) {
			delete(a.keys, key)
		}
	}
	for key := range a.keys {
		if len(a.keys) < remembered {
			return
		}
		delete(a.keys, key)
	}
}
