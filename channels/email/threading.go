package email

import (
	"slices"

	"okno/channels"
	"okno/channels/email/read"
)

// maxRefs bounds how many earlier mails are looked up for one mail.
const maxRefs = 50

// thread says which ticket a mail belongs to, as far as the mail tells.
func (m marker) thread(mail *read.Mail) channels.Thread {
	t := channels.Thread{Refs: refs(mail), Subject: subjectTicket(mail.Subject)}
	for _, f := range m.findings(mail, t.Refs) {
		switch {
		case f.good && t.Signed == 0:
			t.Signed = f.ticket
		case !f.good && t.Forged == 0:
			t.Forged = f.ticket
		}
	}
	if t.Signed != 0 {
		t.Forged = 0
	}
	return t
}

// findings reads every mark in a mail: of the addresses it went to first, then
// of the mails it answers, nearest first.
func (m marker) findings(mail *read.Mail, refs []string) []finding {
	var all []finding
	for _, address := range destinations(mail) {
		if f, ok := m.ofAddress(address); ok {
			all = append(all, f)
		}
	}
	for _, id := range refs {
		if f, ok := m.ofMessageID(id); ok {
			all = append(all, f)
		}
	}
	return all
}

// destinations are all addresses a mail was sent to; servers that drop the tag
// from the envelope leave it in the header, and the other way round.
func destinations(mail *read.Mail) []string {
	var all []string
	for _, a := range slices.Concat(mail.To, mail.CC) {
		all = append(all, a.ID)
	}
	return append(all, mail.DeliveredTo...)
}

// refs are the mails answered, nearest first, each once. A bounce answers the
// mail that failed.
func refs(mail *read.Mail) []string {
	var all []string
	back := slices.Clone(mail.References)
	slices.Reverse(back)
	if mail.Bounce != nil && mail.Bounce.Original != "" {
		all = append(all, mail.Bounce.Original)
	}
	for _, id := range slices.Concat(all, mail.InReplyTo, back) {
		if !slices.Contains(all, id) && len(all) < maxRefs {
			all = append(all, id)
		}
	}
	return all
}
