package email

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"okno/channels"
	"okno/channels/email/read"
)

// Why only the head of a mail was taken.
const (
	withheldLarge   = "large"
	withheldRefused = "refused"

	withheldHeader = "X-Okno-Withheld"
)

// withhold marks a header block as all there is. Only events that carry their
// bytes in Raw are looked at for the mark, and whole mails never do.
func withhold(why string, size int64, head []byte) []byte {
	return append(fmt.Appendf(nil, "%s: %s %d\r\n", withheldHeader, why, size), head...)
}

// Decode implements channels.Adapter.
func (a *adapter) Decode(ctx context.Context, e channels.Event) (channels.Inbound, error) {
	r, err := a.bytes(ctx, e)
	if err != nil {
		return channels.Inbound{}, fmt.Errorf("open a mail: %w", err)
	}
	defer func() { _ = r.Close() }()
	mail := read.Message(r, read.Options{Keep: func(r io.Reader) (string, int64, error) {
		return a.deps.Files.Put(ctx, r)
	}})
	if mail.Err != nil {
		return channels.Inbound{}, fmt.Errorf("read a mail: %w", mail.Err)
	}
	in := a.inbound(mail, e)
	if err := a.agents(ctx, mail, &in); err != nil {
		return channels.Inbound{}, err
	}
	if in.Unreadable.IsZero() {
		return in, nil
	}
	in.Files, err = a.original(ctx, e)
	return in, err
}

func (a *adapter) bytes(ctx context.Context, e channels.Event) (io.ReadCloser, error) {
	if e.Blob == "" {
		return io.NopCloser(bytes.NewReader(e.Raw)), nil
	}
	return a.deps.Files.Open(ctx, e.Blob)
}

func (a *adapter) inbound(mail *read.Mail, e channels.Event) channels.Inbound {
	return channels.Inbound{
		Object: mail.MessageID, From: a.requester(mail), To: a.others(mail.To), CC: a.others(append(mail.CC, elsewhere(mail)...)),
		Subject: mail.Subject, Text: mail.Visible, Quoted: mail.Quoted, HTML: mail.HTML,
		Files: mail.Attachments, At: written(mail.Date, e.ReceivedAt, a.deps.Clock()),
		Thread: a.marks().thread(mail), Auto: a.auto(mail), Bounce: mail.Bounce, Language: mail.Language,
		Warnings: append(mail.Texts(), withheld(mail, e)...), Unreadable: mail.Unreadable(),
	}
}

// requester is the sender, or whom a web form of our own house names as the one
// to answer.
func (a *adapter) requester(mail *read.Mail) channels.Address {
	from := mail.From
	ours := from.ID != "" && domain(from.ID) == domain(a.address)
	if (ours || isNoReply(from.ID)) && len(mail.ReplyTo) == 1 && (mail.Auto == channels.AutoNone || mail.Auto == channels.AutoReply) && !a.isOwn(mail.ReplyTo[0].ID) {
		return mail.ReplyTo[0]
	}
	return from
}

// elsewhere are the addresses the sender wants answers at beside their own, so
// they get copies. A tag does not make another address.
func elsewhere(mail *read.Mail) []channels.Address {
	from, _ := splitTag(mail.From.ID)
	return slices.DeleteFunc(slices.Clone(mail.ReplyTo), func(a channels.Address) bool {
		base, _ := splitTag(a.ID)
		return base == from
	})
}

func isNoReply(address string) bool {
	local, _, _ := strings.Cut(address, "@")
	switch strings.NewReplacer("-", "", "_", "", ".", "").Replace(local) {
	case "noreply", "donotreply", "wordpress", "form", "forms":
		return true
	}
	return false
}

// isOwn says whether an address, with any tag, is this mailbox.
func (a *adapter) isOwn(address string) bool {
	base, _ := splitTag(address)
	return base == a.address
}

// others leaves our own address out.
func (a *adapter) others(list []channels.Address) []channels.Address {
	var rest []channels.Address
	for _, one := range list {
		if !a.isOwn(one.ID) {
			rest = append(rest, one)
		}
	}
	return rest
}

// auto says whether a machine wrote; what we wrote ourselves counts as that, so
// that two mailboxes never talk to each other. A web form that writes as this
// mailbox and names a person to answer is that person.
func (a *adapter) auto(mail *read.Mail) channels.Auto {
	if mail.Auto != channels.AutoNone {
		return mail.Auto
	}
	mark := strings.TrimSpace(mail.Header(instanceHeader))
	if a.isOwn(a.requester(mail).ID) || mark != "" && a.deps.Signer.Verify(purposeInstance, 0, mark) {
		return channels.AutoReply
	}
	return channels.AutoNone
}

// agents names the real sender of a forward, which only an agent may do for
// somebody else.
func (a *adapter) agents(ctx context.Context, mail *read.Mail, in *channels.Inbound) error {
	if mail.Forwarded == nil || mail.Forwarded.From.ID == "" || in.Auto != channels.AutoNone {
		return nil
	}
	agent, err := a.deps.IsAgent(ctx, mail.From)
	if err != nil {
		return fmt.Errorf("ask who forwards: %w", err)
	}
	if agent {
		in.From, in.Forwarded = mail.From, &mail.Forwarded.From
		passOn(mail.Forwarded, in)
	}
	return nil
}

// passOn shows the words of an attached mail below those of who forwards it, as
// those of a quoted one are, under the subject it was written with.
func passOn(f *read.Forwarded, in *channels.Inbound) {
	if f.Attached {
		in.Text = strings.TrimSpace(in.Text + "\n\n" + f.Text)
	}
	if f.Subject != "" {
		in.Subject = f.Subject
	}
}

// written is when the sender says, unless that cannot be.
func written(date, received, now time.Time) time.Time {
	if received.IsZero() {
		received = now
	}
	if date.IsZero() || date.After(received.Add(time.Hour)) || date.Year() < 1990 {
		return received
	}
	return date
}

// withheld warns that only the head of a mail was taken.
func withheld(mail *read.Mail, e channels.Event) []channels.Text {
	why, size, ok := strings.Cut(mail.Header(withheldHeader), " ")
	if !ok || e.Blob != "" {
		return nil
	}
	bytes, err := strconv.ParseInt(size, 10, 64)
	if err != nil {
		return nil
	}
	args := map[string]string{"megabytes": strconv.FormatInt(max(1, bytes>>20), 10)}
	return []channels.Text{{Key: "channel.email.warning." + why, Args: args}}
}

// original attaches the mail itself.
func (a *adapter) original(ctx context.Context, e channels.Event) ([]channels.File, error) {
	r, err := a.bytes(ctx, e)
	if err != nil {
		return nil, fmt.Errorf("open the original: %w", err)
	}
	defer func() { _ = r.Close() }()
	blob, size, err := a.deps.Files.Put(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("keep the original: %w", err)
	}
	return []channels.File{{Name: "message.eml", Type: "message/rfc822", Size: size, Blob: blob}}, nil
}
