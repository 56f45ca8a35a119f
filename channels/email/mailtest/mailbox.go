package mailtest

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/mail"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-smtp"
)

// Message is one mail as it lies in a mailbox.
type Message struct {
	UID    uint32
	Flags  []string
	Header mail.Header // empty when the header block cannot be read
	Raw    []byte
}

// Deliver puts a mail straight into a mailbox by LMTP.
func (r *Rig) Deliver(address string, raw []byte) {
	r.t.Helper()
	conn, err := net.DialTimeout("tcp", r.LMTPAddr, patience)
	must(r.t, "connect to LMTP", err)
	client := smtp.NewClientLMTP(conn)
	defer func() { _ = client.Close() }()
	must(r.t, "deliver by LMTP", client.SendMail("sender@people.test", []string{address}, bytes.NewReader(raw)))
}

// DeliverMany puts many mails into a mailbox over one LMTP connection.
func (r *Rig) DeliverMany(address string, mails [][]byte) {
	r.t.Helper()
	conn, err := net.DialTimeout("tcp", r.LMTPAddr, patience)
	must(r.t, "connect to LMTP", err)
	client := smtp.NewClientLMTP(conn)
	defer func() { _ = client.Close() }()
	for _, raw := range mails {
		must(r.t, "deliver by LMTP", client.SendMail("sender@people.test", []string{address}, bytes.NewReader(raw)))
	}
}

// Submit sends a mail through Exim, as any mail program would.
func (r *Rig) Submit(from string, to []string, raw []byte) {
	r.t.Helper()
	client, err := smtp.Dial(r.SMTPAddr)
	must(r.t, "connect to SMTP", err)
	defer func() { _ = client.Close() }()
	must(r.t, "send by SMTP", client.SendMail(from, to, bytes.NewReader(raw)))
}

// Append puts a mail into a folder by IMAP, arrived at the given time. The
// folder is made when it is missing.
func (r *Rig) Append(address, folder string, raw []byte, at time.Time) {
	r.t.Helper()
	c := r.signIn(address)
	defer func() { _ = c.Close() }()
	_ = c.Create(folder, nil).Wait() // it may exist
	cmd := c.Append(folder, int64(len(raw)), &imap.AppendOptions{Time: at})
	_, err := cmd.Write(raw)
	must(r.t, "append", err)
	must(r.t, "append", cmd.Close())
	_, err = cmd.Wait()
	must(r.t, "append", err)
}

// Messages reads the INBOX of a user by IMAP without changing it.
func (r *Rig) Messages(address string) []Message {
	r.t.Helper()
	return r.Folder(address, "INBOX")
}

// Folder reads any folder of a user; it is empty when there is no such folder.
func (r *Rig) Folder(address, folder string) []Message {
	r.t.Helper()
	c := r.signIn(address)
	defer func() { _ = c.Close() }()
	data, err := c.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
	if noSuchFolder(err) || (err == nil && data.NumMessages == 0) {
		return nil
	}
	must(r.t, "open "+folder, err)
	whole := &imap.FetchItemBodySection{Peek: true}
	all, err := c.Fetch(imap.SeqSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{
		UID: true, Flags: true, BodySection: []*imap.FetchItemBodySection{whole},
	}).Collect()
	must(r.t, "read "+folder, err)
	messages := make([]Message, 0, len(all))
	for _, m := range all {
		messages = append(messages, newMessage(m, whole))
	}
	return messages
}

func newMessage(m *imapclient.FetchMessageBuffer, whole *imap.FetchItemBodySection) Message {
	msg := Message{UID: uint32(m.UID), Raw: m.FindBodySection(whole)}
	for _, flag := range m.Flags {
		msg.Flags = append(msg.Flags, string(flag))
	}
	if parsed, err := mail.ReadMessage(bytes.NewReader(msg.Raw)); err == nil {
		msg.Header = parsed.Header
	}
	return msg
}

// Body answers the bytes after the header block.
func (m Message) Body() string {
	parsed, err := mail.ReadMessage(bytes.NewReader(m.Raw))
	if err != nil {
		return ""
	}
	body, _ := io.ReadAll(parsed.Body)
	return string(body)
}

// SetSeen marks every mail of the INBOX as read, as somebody who opens the
// mailbox in a mail program does.
func (r *Rig) SetSeen(address string) {
	r.t.Helper()
	c := r.signIn(address)
	defer func() { _ = c.Close() }()
	_, err := c.Select("INBOX", nil).Wait()
	must(r.t, "open the INBOX", err)
	must(r.t, "mark as read", c.Store(imap.SeqSet{{Start: 1, Stop: 0}}, &imap.StoreFlags{
		Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagSeen},
	}, nil).Close())
}

func (r *Rig) uidValidity(address string) uint32 {
	r.t.Helper()
	c := r.signIn(address)
	defer func() { _ = c.Close() }()
	data, err := c.Status("INBOX", &imap.StatusOptions{UIDValidity: true}).Wait()
	must(r.t, "ask for UIDVALIDITY", err)
	return data.UIDValidity
}

// signIn tries again for a while: Dovecot looks once a second whether there are
// new users.
func (r *Rig) signIn(address string) *imapclient.Client {
	r.t.Helper()
	for deadline := time.Now().Add(3 * time.Second); ; {
		c, err := imapclient.DialInsecure(r.IMAPAddr, nil)
		must(r.t, "connect to IMAP", err)
		if err = c.Login(address, r.users[address]).Wait(); err == nil {
			return c
		}
		_ = c.Close()
		if time.Now().After(deadline) {
			r.t.Fatalf("sign in: %v", err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func noSuchFolder(err error) bool {
	var refusal *imap.Error
	return errors.As(err, &refusal)
}
