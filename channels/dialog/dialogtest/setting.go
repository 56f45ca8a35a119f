package dialogtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"okno/channels/dialog"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// set changes the world by a line of the script:
//
//	language ru                the network says so
//	buttons no                 the network has none
//	after 25h                  time passes
//	match KEY 0.8 KEY 0.7      what the next text may mean
//	found NAME, NAME           whom the next text may mean
//	ticket 12 open SUBJECT     a request of theirs; again to change it
//	assignee 12 NAME           who works on it
//	rateable 12 0              it may be rated, and was with so many stars
//	asking 7 12 SUBJECT        an approval of ticket 12 waits for them
//	answered 7                 it waits no more
//	opened 13                  the form sent last became this ticket
//	remove KEY                 a form is deleted
//	publish KEY                a form gets another version
func (p *play) set(words []string) {
	p.t.Helper()
	rest := words[1:]
	switch words[0] {
	case "language":
		p.turn.Language = rest[0]
	case "buttons":
		p.turn.Buttons = rest[0] == "yes"
	case "after":
		d, err := time.ParseDuration(rest[0])
		p.must(err)
		p.turn.Now = p.turn.Now.Add(d)
	case "match":
		p.match(rest)
	case "found":
		for i, name := range strings.Split(strings.Join(rest, " "), ", ") {
			p.world.Found = append(p.world.Found, people.Person{ID: int64(100 + i), Name: name})
		}
	case "remove", "publish":
		p.changeType(words[0], rest[0])
	default:
		p.setTicket(words[0], rest)
	}
}

func (p *play) match(rest []string) {
	for i := 0; i+1 < len(rest); i += 2 {
		score, err := strconv.ParseFloat(rest[i+1], 64)
		p.must(err)
		p.world.Matches = append(p.world.Matches, dialog.Match{Type: p.typeOf(rest[i]), Score: score})
	}
}

func (p *play) typeOf(key string) int64 {
	for _, x := range p.kept {
		if x.Key == key {
			return x.ID
		}
	}
	p.t.Fatalf("no form %q", key)
	return 0
}

// changeType deletes a form with all its versions, or publishes another version
// of it; the one begun with stays known then.
func (p *play) changeType(how, key string) {
	id := p.typeOf(key)
	list := slices.Clone(p.world.Catalog.Types)
	is := func(x forms.RequestType) bool { return x.ID == id }
	if how == "remove" {
		p.world.Catalog.Types = slices.DeleteFunc(list, is)
		p.kept = slices.DeleteFunc(slices.Clone(p.kept), is)
		return
	}
	list[slices.IndexFunc(list, is)].Version++
	p.world.Catalog.Types = list
}

func (p *play) setTicket(what string, rest []string) {
	n, err := strconv.ParseInt(rest[0], 10, 64)
	p.must(err)
	text := strings.Join(rest[1:], " ")
	switch what {
	case "ticket":
		p.putTicket(n, tickets.Category(rest[1]), strings.Join(rest[2:], " "))
	case "assignee":
		p.request(n).Assignee = text
	case "rateable":
		p.request(n).Rateable = true
		p.request(n).Rating, err = strconv.Atoi(text)
		p.must(err)
	case "asking":
		about, err := strconv.ParseInt(rest[1], 10, 64)
		p.must(err)
		p.world.Asking = append(p.world.Asking, dialog.Asking{
			Approval: tickets.Approval{ID: n}, Number: about, Subject: strings.Join(rest[2:], " "), Requester: "Борис Орлов",
		})
	case "answered":
		p.world.Asking = slices.DeleteFunc(slices.Clone(p.world.Asking), func(a dialog.Asking) bool { return a.Approval.ID == n })
	case "opened":
		p.opened(n)
	default:
		p.t.Fatalf("no setting %q", what)
	}
}

func (p *play) putTicket(n int64, c tickets.Category, subject string) {
	p.world.Tickets = slices.DeleteFunc(p.world.Tickets, func(r dialog.Request) bool { return r.Ticket.Number == n })
	names := map[tickets.Category][2]string{
		tickets.New: {"✨", "Новая"}, tickets.Open: {"🛠️", "В работе"}, tickets.Waiting: {"⏳", "Ждём ответа"},
		tickets.OnHold: {"⏸️", "Отложена"}, tickets.Solved: {"✅", "Решена"}, tickets.Closed: {"🔒", "Закрыта"},
	}
	if p.turn.Language == "en" {
		names = map[tickets.Category][2]string{
			tickets.New: {"✨", "New"}, tickets.Open: {"🛠️", "Open"}, tickets.Waiting: {"⏳", "Waiting"},
			tickets.OnHold: {"⏸️", "On hold"}, tickets.Solved: {"✅", "Solved"}, tickets.Closed: {"🔒", "Closed"},
		}
	}
	r := dialog.Request{Ticket: tickets.Ticket{Number: n, Category: c, Subject: subject}, Emoji: names[c][0], Status: names[c][1]}
	p.world.Tickets = slices.Insert(p.world.Tickets, 0, r)
}

func (p *play) request(n int64) *dialog.Request {
	i := slices.IndexFunc(p.world.Tickets, func(r dialog.Request) bool { return r.Ticket.Number == n })
	if i < 0 {
		p.t.Fatalf("no ticket %d", n)
	}
	return &p.world.Tickets[i]
}

// opened tells the dialog, as the hub does, which ticket a form made.
func (p *play) opened(n int64) {
	var s dialog.State
	p.must(json.Unmarshal(p.state, &s))
	state, err := json.Marshal(s.Opened(p.last, n))
	p.must(err)
	p.state = state
}

func (p *play) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}
