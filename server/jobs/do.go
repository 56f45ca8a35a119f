package jobs

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// mostDeaths is how many processes may end over one row. Lost tries count, so a
// row whose policy would have set it aside long ago has been ending them.
const mostDeaths = 10

var errDeadly = errors.New("the desk ended several times while it worked on this")

// settleWithin bounds how long a failed row may take to be given back.
const settleWithin = 5 * time.Second

// do runs the handler on one row and gives the row back when it fails.
func (l *loop) do(c Claimed) {
	defer func() { l.ended <- c.ID }()
	err := errDeadly
	if !l.deadly(c) {
		err = l.handle(c)
	}
	if err == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(l.work), settleWithin)
	defer cancel()
	if err := l.giveBack(ctx, c, err); err != nil {
		l.Logger.Error("row not given back; it is taken up again when its lease ends", "row", c.ID, "error", err)
	}
}

// deadly says that a row ends whatever process takes it up.
func (l *loop) deadly(c Claimed) bool {
	return c.Attempts >= mostDeaths && l.Policy(errDeadly, c.Attempts).Aside
}

// handle turns a panic of the handler into an error with the stack in the log.
func (l *loop) handle(c Claimed) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("handler panicked: %v", p)
			l.Logger.Error("handler panicked", "row", c.ID, "kind", c.Kind, "panic", p, "stack", string(debug.Stack()))
		}
	}()
	return l.Handle(l.work, c)
}

// giveBack does with a failed row what the policy says.
func (l *loop) giveBack(ctx context.Context, c Claimed, cause error) error {
	d := l.Policy(cause, c.Attempts+1)
	log := l.Logger.With("row", c.ID, "kind", c.Kind, "tries", c.Attempts+1, "error", cause)
	if d.Aside {
		log.Error("row set aside")
		return l.Queue.SetAside(ctx, l.Owner, c.ID, cause.Error())
	}
	log.Warn("row waits for another try", "after", d.After)
	return l.Queue.Retry(ctx, l.Owner, c.ID, l.Now().Add(d.After), d.Counted, cause.Error())
}

// Finishing makes a handler of jobs that need no transaction of their own: a
// job is removed when do answers nil.
func Finishing(s Store, owner string, do Handler) Handler {
	return func(ctx context.Context, c Claimed) error {
		if err := do(ctx, c); err != nil {
			return err
		}
		if err := s.FinishJob(ctx, owner, c.ID); err != nil {
			return fmt.Errorf("finish job: %w", err)
		}
		return nil
	}
}
