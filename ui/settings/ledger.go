package settings

import (
	"net/url"
	"time"

	"okno/ui"
)

// LedgerTab is a part of the ledger.
type LedgerTab string

// The tabs of the ledger.
const (
	AllEvents    LedgerTab = ""
	InTickets    LedgerTab = "tickets"
	NotInTickets LedgerTab = "kept"
	SetAside     LedgerTab = "aside"
)

// Ledger is one page of what came in.
type Ledger struct {
	Tab      LedgerTab
	Words    string
	Channel  string // id, "" for all
	Channels []ui.Option
	Counts   map[LedgerTab]int
	Rows     []LedgerRow
	First    bool   // the latest events
	Next     string // address of the page after, "" when this is the last
	Here     string // address of this page
}

// LedgerRow is one event and what became of it.
type LedgerRow struct {
	ID            int64
	At            time.Time
	Channel, Kind string
	From, Subject string
	Outcome       string
	Why           string
	Ticket        int64
	Open          bool // with its details
	OpenURL       string
	Key           string
	Attempts      int
	SettledAt     time.Time
	Detail        string
	CanRedo       bool
}

func (l Ledger) tabs() []LedgerTab { return []LedgerTab{AllEvents, InTickets, NotInTickets, SetAside} }

func (l Ledger) tabURL(t LedgerTab) string {
	q := url.Values{}
	for name, value := range map[string]string{"tab": string(t), "q": l.Words, "channel": l.Channel} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return "/settings/ledger?" + q.Encode()
}

// filtered says that more would be shown without search and channel.
func (l Ledger) filtered() bool { return l.Words != "" || l.Channel != "" || l.Tab != AllEvents }

func tabKey(t LedgerTab) string {
	if t == AllEvents {
		return "ledger.tab.all"
	}
	return "ledger.tab." + string(t)
}

// sign is the icon and the class of an outcome.
func (r LedgerRow) sign() (icon, class string) {
	switch r.Outcome {
	case "opened":
		return "checkring", "st-solved"
	case "added":
		return "reply", "st-open"
	case "seen":
		return "layers", "st-closed"
	case "aside":
		return "warn", "bad"
	case "pending":
		return "clock", "st-waiting"
	}
	return "archive", "st-closed"
}

func (r LedgerRow) icon() string  { i, _ := r.sign(); return i }
func (r LedgerRow) class() string { _, c := r.sign(); return c }

// channelIcon is the sign of a kind of channel.
func (r LedgerRow) channelIcon() string {
	switch r.Kind {
	case "telegram", "slack", "rocketchat":
		return r.Kind
	case "email":
		return "mail"
	}
	return "portal"
}
