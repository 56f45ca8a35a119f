package dialog

import (
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"okno/channels"
)

// The buttons of the dialog. Their ids are words with colons between, at most 64
// bytes, and mean nothing to anybody else.
const (
	buttonForm   = "f"      // f:FILLING:QUESTION:VERB[:ARGUMENT]
	buttonOffer  = "o"      // o:OFFER:yes, o:OFFER:no, o:OFFER:TYPE
	buttonMenu   = "menu"   // menu
	buttonOpen   = "sec"    // sec:SECTION:PAGE, sec:: for the menu
	buttonType   = "type"   // type:TYPE
	buttonNew    = "new"    // new:TYPE, though another form is being filled
	buttonHuman  = "human"  // human
	buttonMine   = "mine"   // mine:PAGE, mine:PAGE:turn
	buttonTicket = "tkt"    // tkt:NUMBER
	buttonWrite  = "write"  // write:NUMBER
	buttonReopen = "reopen" // reopen:NUMBER
	buttonStars  = "stars"  // stars:NUMBER asks for a rating
	buttonRate   = "rate"   // rate:NUMBER:STARS
	buttonRated  = "rated"  // rated: no comment
	buttonAsked  = "asked"  // asked: the approvals that wait
	buttonAgree  = "agree"  // agree:APPROVAL
	buttonRefuse = "refuse" // refuse:APPROVAL
	buttonRelent = "relent" // relent: no refusal after all
)

func button(parts ...string) string { return strings.Join(parts, ":") }

// base writes an id of ours short.
func base(n int64) string { return strconv.FormatInt(n, 36) }

func unbase(text string) int64 {
	n, err := strconv.ParseInt(text, 36, 64)
	if err != nil {
		return 0
	}
	return n
}

func unnumber(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// longestKey is the longest key, in bytes, that stands in a button as it is.
const longestKey = 24

// short is a key as it stands in a button: itself, or a hash of it.
func short(key string) string {
	if len(key) <= longestKey && !strings.Contains(key, ":") {
		return key
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(key)) // a hash takes everything
	return "#" + strconv.FormatUint(h.Sum64(), 36)
}

// fresh is an id of a form begun or offered now. The time keeps it apart from
// those of a State that was lost.
func (d *talk) fresh() string {
	d.state.Serial++
	return base(d.turn.Now.Unix()) + "-" + base(int64(d.state.Serial))
}

// press does what a button of the dialog says; false for buttons of others.
func (d *talk) press(button string) bool {
	verb, rest, _ := strings.Cut(button, ":")
	switch verb {
	case buttonForm:
		d.pressForm(rest)
	case buttonOffer:
		d.pressOffer(rest)
	case buttonMenu:
		d.menu()
	case buttonOpen:
		d.openSection(rest)
	case buttonType:
		d.choose(unbase(rest))
	case buttonNew:
		d.begin(unbase(rest))
	case buttonHuman:
		d.call()
	case buttonRated:
		d.rated()
	default:
		return d.pressTicket(verb, rest) || d.pressApproval(verb, rest)
	}
	return true
}

func (d *talk) pressTicket(verb, rest string) bool {
	switch verb {
	case buttonMine:
		at, turned := strings.CutSuffix(rest, ":turn")
		d.mine(int(unnumber(at)), turned)
	case buttonTicket:
		d.ticket(unnumber(rest))
	case buttonWrite:
		d.writeTo(unnumber(rest))
	case buttonReopen:
		d.reopen(unnumber(rest))
	case buttonStars:
		d.askStars(unnumber(rest))
	case buttonRate:
		ticket, stars, _ := strings.Cut(rest, ":")
		d.rate(unnumber(ticket), int(unnumber(stars)))
	default:
		return false
	}
	return true
}

func (d *talk) pressApproval(verb, rest string) bool {
	switch verb {
	case buttonAsked:
		d.asked()
	case buttonAgree:
		d.agree(unbase(rest))
	case buttonRefuse:
		d.askReason(unbase(rest))
	case buttonRelent:
		d.relent()
	default:
		return false
	}
	return true
}

// RatingButtons ask for a rating of a ticket, under a message of the desk.
func RatingButtons(ticket int64) [][]channels.Button {
	var row []channels.Button
	for stars := 1; stars <= mostStars; stars++ {
		row = append(row, channels.Button{ID: button(buttonRate, number(ticket), strconv.Itoa(stars)), Text: strconv.Itoa(stars) + " ⭐"})
	}
	return [][]channels.Button{row}
}

// ApprovalButtons answer an approval, under a message of the desk.
func ApprovalButtons(approval int64, language string, say Words) [][]channels.Button {
	return [][]channels.Button{{
		{ID: button(buttonAgree, base(approval)), Text: say(language, channels.Text{Key: "dialog.button.agree"})},
		{ID: button(buttonRefuse, base(approval)), Text: say(language, channels.Text{Key: "dialog.button.refuse"})},
	}}
}

// forgets is after what time somebody is reminded where they were.
const forgets = 24 * time.Hour
