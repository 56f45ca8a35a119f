package email

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"okno/channels"
)

// Purposes of our signatures; a mark made for one is worth nothing for another.
const (
	purposeAddress  = "email:address"
	purposeMessage  = "email:message:"
	purposeInstance = "email:instance"
)

const instanceHeader = "X-Okno-Instance"

var (
	tagPattern     = regexp.MustCompile(`^t(\d{1,18})\.([a-z0-9]+)$`)
	messagePattern = regexp.MustCompile(`^okno\.t(\d{1,18})\.([0-9a-f]{32})\.([a-z0-9]+)@`)
	tokenPattern   = regexp.MustCompile(`\[#(\d{1,18})\]`)
)

// marker makes and knows the marks of one mailbox.
type marker struct {
	signer  channels.Signer
	address string
}

// messageID is the same for every try of one outbound message.
func (m marker) messageID(out channels.Outbound) string {
	sum := sha256.Sum256([]byte(out.Key))
	key := hex.EncodeToString(sum[:16])
	return fmt.Sprintf("okno.t%d.%s.%s@%s", out.Ticket, key, m.signer.Sign(purposeMessage+key, out.Ticket), domain(m.address))
}

// replyAddress is where an answer about the ticket finds its way by itself.
func (m marker) replyAddress(ticket int64) string {
	local, host, _ := strings.Cut(m.address, "@")
	return fmt.Sprintf("%s+t%d.%s@%s", local, ticket, m.signer.Sign(purposeAddress, ticket), host)
}

// instance marks our mails, so that we know them when they come back.
func (m marker) instance() string { return m.signer.Sign(purposeInstance, 0) }

// finding is what a mark says.
type finding struct {
	ticket int64
	good   bool // the signature is ours
}

// ofAddress reads the tag of a reply address of this mailbox.
func (m marker) ofAddress(address string) (finding, bool) {
	base, tag := splitTag(address)
	match := tagPattern.FindStringSubmatch(tag)
	if base != m.address || match == nil {
		return finding{}, false
	}
	ticket := parseTicket(match[1])
	return finding{ticket, m.signer.Verify(purposeAddress, ticket, match[2])}, true
}

// ofMessageID reads an id we gave to a mail about a ticket.
func (m marker) ofMessageID(id string) (finding, bool) {
	match := messagePattern.FindStringSubmatch(id)
	if match == nil {
		return finding{}, false
	}
	ticket := parseTicket(match[1])
	good := m.signer.Verify(purposeMessage+match[2], ticket, match[3])
	// An id of another desk looks the same; only one that claims to be ours lies.
	return finding{ticket, good}, ticket != 0 && (good || strings.HasSuffix(id, "@"+domain(m.address)))
}

// splitTag takes "help+tag@host" apart: "help@host" and "tag".
func splitTag(address string) (base, tag string) {
	address = strings.ToLower(address)
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return address, ""
	}
	local, tag, _ := strings.Cut(address[:at], "+")
	return local + address[at:], tag
}

func parseTicket(digits string) int64 {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// subjectTicket finds the number in "[#12]", the last one when there are several.
func subjectTicket(subject string) int64 {
	all := tokenPattern.FindAllStringSubmatch(subject, -1)
	if len(all) == 0 {
		return 0
	}
	return parseTicket(all[len(all)-1][1])
}

func (a *adapter) marks() marker { return marker{a.deps.Signer, a.address} }
