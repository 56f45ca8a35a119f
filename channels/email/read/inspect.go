package read

import (
	"bytes"
	"encoding/json"
	"io"
	"time"

	"okno/channels"
)

// inspection is one mail as `okno mail inspect` prints it; the order of the fields
// is part of the format.
type inspection struct {
	File           string             `json:"file"`
	From           inspectedAddress   `json:"from"`
	To             []inspectedAddress `json:"to"`
	CC             []inspectedAddress `json:"cc"`
	Subject        string             `json:"subject"`
	MessageID      string             `json:"message_id"`
	InReplyTo      []string           `json:"in_reply_to"`
	References     []string           `json:"references"`
	Date           string             `json:"date"`
	Text           string             `json:"text"`
	Visible        string             `json:"visible"`
	Quoted         string             `json:"quoted"`
	HTML           string             `json:"html"`
	Attachments    []inspectedFile    `json:"attachments"`
	Auto           channels.Auto      `json:"auto"`
	Bounce         *inspectedBounce   `json:"bounce"`
	CharsetGuessed bool               `json:"charset_guessed"`
	Warnings       []string           `json:"warnings"`
	Error          string             `json:"error"`
}

type inspectedAddress struct {
	Name    string `json:"name"`
	Address string `json:"address"`
}

type inspectedFile struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
	Inline bool   `json:"inline"`
}

type inspectedBounce struct {
	Original  string `json:"original"`
	Recipient string `json:"recipient"`
	Status    string `json:"status"`
	Permanent bool   `json:"permanent"`
	Detail    string `json:"detail"`
}

// Inspect reads one mail and answers it as a JSON object on one line, without a
// line end. The error is the source's; a mail that cannot be read is an answer
// whose "error" is set.
func Inspect(file string, r io.Reader) ([]byte, error) {
	m := Message(r, Options{})
	if m.Err != nil {
		return nil, m.Err
	}
	return line(inspect(file, m))
}

// Uninspected is the line of a file that could not be opened or read: every key,
// and the reason in "error".
func Uninspected(file string, reason error) ([]byte, error) {
	return line(inspect(file, &Mail{Error: reason.Error()}))
}

func line(i inspection) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(i)
	return bytes.TrimRight(out.Bytes(), "\n"), err
}

func inspect(file string, m *Mail) inspection {
	i := inspection{
		File: file, From: inspectedAddress{m.From.Name, m.From.ID}, To: inspectAddresses(m.To), CC: inspectAddresses(m.CC),
		Subject: m.Subject, MessageID: m.MessageID, InReplyTo: append([]string{}, m.InReplyTo...),
		References: append([]string{}, m.References...), Text: m.Text, Visible: m.Visible, Quoted: m.Quoted, HTML: m.HTML,
		Attachments: []inspectedFile{}, Auto: m.Auto, CharsetGuessed: m.CharsetGuessed,
		Warnings: append([]string{}, m.Warnings...), Error: m.Error,
	}
	if !m.Date.IsZero() {
		i.Date = m.Date.Format(time.RFC3339)
	}
	for _, f := range m.Attachments {
		i.Attachments = append(i.Attachments, inspectedFile{f.Name, f.Type, f.Size, f.Inline})
	}
	if b := m.Bounce; b != nil {
		i.Bounce = &inspectedBounce{b.Original, b.Recipient, b.Status, b.Permanent, b.Detail}
	}
	return i
}

func inspectAddresses(list []channels.Address) []inspectedAddress {
	out := []inspectedAddress{}
	for _, a := range list {
		out = append(out, inspectedAddress{a.Name, a.ID})
	}
	return out
}
