package email

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/emersion/go-imap/v2"

	"okno/channels"
)

// headLimit is how much of a header block is kept of a mail not taken whole.
const headLimit = 1 << 20

// arrival is a mail in the folder, not read yet.
type arrival struct {
	uid  imap.UID
	at   time.Time
	size int64
}

// list finds the mails behind the position. Structure and envelope are never
// asked for: servers answer them in ways that kill the connection.
func (s *session) list(p position) ([]arrival, error) {
	set, err := s.candidates(p)
	if err != nil {
		return nil, err
	}
	var news []arrival
	err = s.do(func() error {
		cmd := s.client.Fetch(set, &imap.FetchOptions{UID: true, InternalDate: true, RFC822Size: true})
		all, err := cmd.Collect()
		for _, m := range all {
			if m.UID > p.last { // n:* names the last mail even when it is older
				news = append(news, arrival{m.UID, m.InternalDate, m.RFC822Size})
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list new mail: %w", err)
	}
	return news, nil
}

// candidates names the UIDs to look at: all behind the last, but of the mail
// that was there before the epoch only what the server finds young enough.
func (s *session) candidates(p position) (imap.UIDSet, error) {
	if p.last+1 >= p.floor || p.since == 0 {
		return imap.UIDSet{{Start: p.last + 1, Stop: 0}}, nil
	}
	set := imap.UIDSet{{Start: p.floor, Stop: 0}}
	err := s.do(func() error {
		found, err := s.client.UIDSearch(&imap.SearchCriteria{
			UID:   []imap.UIDSet{{{Start: p.last + 1, Stop: p.floor - 1}}},
			Since: time.Unix(p.since, 0).UTC().AddDate(0, 0, -1), // days are the server's
		}, nil).Wait()
		if err == nil {
			set.AddNum(found.AllUIDs()...)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("search mail that was there before: %w", err)
	}
	return set, nil
}

// fetch makes the event of a mail; found is false when it is gone meanwhile. A
// mail too large, or one the server cannot hand over, is told about by its head.
func (a *adapter) fetch(ctx context.Context, s *session, m arrival) (e channels.Event, found bool, err error) {
	if m.size > a.options.LargeMail {
		return a.head(s, m, withheldLarge)
	}
	e, found, err = a.whole(ctx, s, m)
	if err == nil && !found {
		e, found, err = a.again(ctx, s, m)
	}
	if refused(err) {
		return a.head(s, m, withheldRefused)
	}
	return e, found, err
}

// again fetches a mail of which no bytes came, unless the server lists it no more:
// flags of it that changed at that moment are told about first, and then what
// follows is not taken for the answer.
func (a *adapter) again(ctx context.Context, s *session, m arrival) (e channels.Event, found bool, err error) {
	there, err := s.holds(m.uid)
	if err != nil || !there {
		return e, false, asReceive(a.imap, err)
	}
	if e, found, err = a.whole(ctx, s, m); err == nil && !found {
		return a.head(s, m, withheldRefused)
	}
	return e, found, err
}

// holds says whether the server still lists a mail.
func (s *session) holds(uid imap.UID) (there bool, err error) {
	err = s.do(func() error {
		found, err := s.client.UIDSearch(&imap.SearchCriteria{UID: []imap.UIDSet{imap.UIDSetNum(uid)}}, nil).Wait()
		there = err == nil && len(found.AllUIDs()) > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("look for a mail: %w", err)
	}
	return there, nil
}

// whole streams a mail into the desk's files.
func (a *adapter) whole(ctx context.Context, s *session, m arrival) (e channels.Event, found bool, err error) {
	var d digest
	found, err = s.body(m.uid, &imap.FetchItemBodySection{Peek: true}, func(r io.Reader, size int64) error {
		blob, n, err := a.deps.Files.Put(ctx, io.TeeReader(r, &d))
		if err != nil {
			return &stepError{stepStore, a.imap, fmt.Errorf("store the bytes of a mail: %w", err)}
		}
		if n != size {
			return fmt.Errorf("read a mail: %d of %d bytes: %w", n, size, io.ErrUnexpectedEOF)
		}
		e = channels.Event{Blob: blob, Object: d.object(), Hint: d.hint()}
		return nil
	})
	return e, found, asReceive(a.imap, err)
}

// head makes the event of a mail of which only the header block is taken.
func (a *adapter) head(s *session, m arrival, why string) (e channels.Event, found bool, err error) {
	var raw bytes.Buffer
	section := &imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierHeader}
	_, err = s.body(m.uid, section, func(r io.Reader, _ int64) error {
		_, err := io.Copy(&raw, io.LimitReader(r, headLimit))
		return err
	})
	if err != nil && !refused(err) {
		return e, false, asReceive(a.imap, err)
	}
	var d digest
	_, _ = d.Write(raw.Bytes()) // a digest takes everything
	return channels.Event{Raw: withhold(why, m.size, raw.Bytes()), Object: d.object(), Hint: d.hint()}, true, nil
}

// asReceive names the step unless the error names one.
func asReceive(s server, err error) error {
	var named *stepError
	if err == nil || errors.As(err, &named) {
		return err
	}
	return &stepError{stepReceive, s, err}
}

// body streams one section of a mail to use. The reader ends early without an
// error when the connection breaks, so size has to be compared.
func (s *session) body(uid imap.UID, section *imap.FetchItemBodySection, use func(r io.Reader, size int64) error) (found bool, err error) {
	err = s.do(func() error {
		cmd := s.client.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
		var used error
		for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
			if literal := findBody(msg); literal != nil && !found {
				body := &literalReader{r: literal, left: literal.Size()}
				found, used = true, use(body, literal.Size())
				if body.broken() {
					_ = s.client.Close() // the connection is lost, so its error says nothing new
				}
			}
		}
		return errors.Join(used, cmd.Close())
	})
	return found && err == nil, err
}

// literalReader notices that a literal ended before its announced size. The
// library then reads on in its own goroutine and, when asked for the next item,
// in ours too; closing the client first waits for its goroutine to end.
type literalReader struct {
	r     io.Reader
	left  int64
	ended bool
}

// Read implements io.Reader.
func (l *literalReader) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	l.left -= int64(n)
	l.ended = l.ended || err != nil
	return n, err
}

func (l *literalReader) broken() bool { return l.ended && l.left > 0 }
