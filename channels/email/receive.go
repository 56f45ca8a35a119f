package email

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"okno/channels"
)

// rescan is how far back a folder is read again when its UIDs were dealt anew;
// what is known already is recognised by its content.
const rescan = 30 * 24 * time.Hour

// longestFull is the longest pause while the desk cannot store: with its jitter
// mail comes in again within half a minute after the disk has room.
const longestFull = 15 * time.Second

// Run implements channels.Adapter.
func (a *adapter) Run(ctx context.Context, in channels.Sink) error {
	delay := a.options.RetryMin
	for ctx.Err() == nil {
		worked, err := a.receive(ctx, in)
		if ctx.Err() != nil {
			return nil
		}
		if worked {
			delay = a.options.RetryMin
		}
		in.Report(ctx, a.state(err))
		if failedAt(err, stepSignIn) {
			delay = max(delay, 5*a.options.RetryMin)
		}
		channels.Wait(ctx, delay/2+rand.N(delay))
		delay = min(2*delay, a.longest(err))
	}
	return nil
}

// longest keeps off the mailbox of somebody whose password is refused, because
// servers lock accounts, and comes back soon when it was the desk that could not
// store.
func (a *adapter) longest(err error) time.Duration {
	switch {
	case failedAt(err, stepSignIn):
		return 5 * a.options.RetryMax
	case failedAt(err, stepStore):
		return min(a.options.RetryMax, longestFull)
	}
	return a.options.RetryMax
}

// receive works on one connection until it fails; worked says that it was good
// for something.
func (a *adapter) receive(ctx context.Context, in channels.Sink) (worked bool, err error) {
	s, err := a.connect(ctx, func(string) {})
	if err != nil {
		return false, err
	}
	defer s.close()
	p, err := a.position(ctx, in, s.box)
	if err != nil {
		return false, err
	}
	for first := true; ; first = false {
		if p, err = a.take(ctx, in, s, p); err != nil {
			return !first, err
		}
		if first {
			in.Report(ctx, channels.State{OK: true})
		}
		if err := s.await(ctx); err != nil {
			return true, &stepError{stepReceive, a.imap, err}
		}
	}
}

// cursor names the place where the position is kept.
func (a *adapter) cursor() string { return "imap:" + a.folder }

// position is where to go on. A folder seen for the first time is begun as the
// settings say, and that is written down at once: until the first mail comes
// there is no cursor, and a restart must not forget what came in between.
func (a *adapter) position(ctx context.Context, in channels.Sink, box *imap.SelectData) (position, error) {
	stored, err := in.Cursor(ctx, a.cursor())
	if err != nil {
		return position{}, &stepError{stepStore, a.imap, fmt.Errorf("read the cursor: %w", err)}
	}
	if stored == "" {
		stored = a.starts[a.cursor()]
	}
	p, known := parsePosition(stored)
	switch {
	case !known:
		return a.begun(ctx, begin(box, a.oldest()))
	case p.validity != box.UIDValidity:
		a.deps.Logger.Info("mailbox was made anew", "folder", a.folder)
		return begin(box, a.deps.Clock().Add(-rescan)), nil
	}
	return p, nil
}

// begun keeps the first position of a folder.
func (a *adapter) begun(ctx context.Context, p position) (position, error) {
	a.starts[a.cursor()] = p.String()
	if err := a.deps.SaveSecret(ctx, a.id, a.cursor(), p.String()); err != nil {
		return p, &stepError{stepStore, a.imap, fmt.Errorf("keep the first position: %w", err)}
	}
	return p, nil
}

// oldest is the arrival of the oldest mail wanted on the first start.
func (a *adapter) oldest() time.Time {
	switch a.since {
	case sinceAll:
		return time.Time{}
	case sinceNew:
		return a.deps.Clock()
	default:
		return a.deps.Clock().Add(-24 * time.Hour)
	}
}

// take stores every new mail of the folder.
func (a *adapter) take(ctx context.Context, in channels.Sink, s *session, p position) (position, error) {
	news, err := s.list(p)
	if err != nil {
		return p, &stepError{stepReceive, a.imap, err}
	}
	slices.SortFunc(news, func(x, y arrival) int { return int(x.uid) - int(y.uid) })
	for _, m := range news {
		if p.wants(m) {
			if err := a.takeOne(ctx, in, s, p, m); err != nil {
				return p, err
			}
		}
		p = p.after(m.uid)
	}
	return p, nil
}

// takeOne stores one mail together with the position after it, and only then
// touches the mailbox.
func (a *adapter) takeOne(ctx context.Context, in channels.Sink, s *session, p position, m arrival) error {
	e, found, err := a.fetch(ctx, s, m)
	if err != nil || !found {
		return err
	}
	e.Key = fmt.Sprintf("%s:%d:%d", a.folder, p.validity, m.uid)
	e.Lane, e.ReceivedAt = "inbox", m.at
	e.Cursor = channels.Cursor{Name: a.cursor(), Value: p.after(m.uid).String()}
	if _, err := in.Receive(ctx, e); err != nil {
		return &stepError{stepStore, a.imap, fmt.Errorf("store a mail: %w", err)}
	}
	a.tidy(s, m.uid)
	return nil
}

// tidy moves a stored mail out of the way. Its failure changes nothing: the
// cursor has passed the mail.
func (a *adapter) tidy(s *session, uid imap.UID) {
	if a.moveTo == "" || !(s.client.Caps().Has(imap.CapMove) || s.client.Caps().Has(imap.CapUIDPlus)) {
		return
	}
	err := s.do(func() error { return s.move(uid, a.moveTo) })
	if err != nil {
		a.deps.Logger.Warn("mail was stored but not moved", "error", err)
	}
}

// move makes the folder when it is missing.
func (s *session) move(uid imap.UID, folder string) error {
	_, err := s.client.Move(imap.UIDSetNum(uid), folder).Wait()
	if !refused(err) {
		return err
	}
	if err := s.client.Create(folder, nil).Wait(); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	_, err = s.client.Move(imap.UIDSetNum(uid), folder).Wait()
	return err
}
