package demo

import (
	"context"
	"fmt"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets"
)

// act is one step of a story.
type act func(ctx context.Context, s *story) error

// acts are the steps by their name in a plot.
func (p *play) acts() map[string]act {
	return map[string]act{
		"ask":            p.ask,
		"sort":           p.sort,
		"note":           p.note,
		"look":           p.look,
		"leave":          p.leave,
		"condemn":        p.condemn,
		"answer":         p.answer(""),
		"answer-waiting": p.answer(tickets.Waiting),
		"answer-hold":    p.answer(tickets.OnHold),
		"answer-solved":  p.answer(tickets.Solved),
		"solve":          p.become(tickets.Solved),
		"close":          p.become(tickets.Closed),
	}
}

// ask has the asker write: the first message opens the ticket.
func (p *play) ask(ctx context.Context, s *story) error {
	words := p.words[s.asker.language]
	s.asked++
	in := tickets.Incoming{
		PersonID: s.asker.id, ChannelID: p.cast.channel, Network: network, Body: p.text(s),
		Ref: fmt.Sprintf("%d.%d@people.example", s.n, s.asked), At: p.clock.Now(),
	}
	if s.asked > 1 {
		_, err := p.tickets.Receive(ctx, s.ticket, in)
		return err
	}
	t, _, err := p.tickets.Create(ctx, tickets.AsPerson(s.asker.id), tickets.NewTicket{
		Subject: words.line(s.dice), RequesterID: s.asker.id, TeamID: s.team.ID,
		ChannelID: p.cast.channel, Incoming: &in,
	})
	s.ticket = t.ID
	return err
}

// text is what somebody says, in the asker's language.
func (p *play) text(s *story) string {
	return p.words[s.asker.language].text(20+s.dice.IntN(41), s.dice)
}

// sort has the helper put the ticket where it belongs.
func (p *play) sort(ctx context.Context, s *story) error {
	tags := topics()
	c := tickets.Change{}
	for range 1 + s.dice.IntN(3) {
		c.AddTags = append(c.AddTags, tags[min(s.dice.IntN(len(tags)), s.dice.IntN(len(tags)))])
	}
	priorities := []tickets.Priority{tickets.Low, tickets.High, tickets.High, tickets.Urgent}
	if s.dice.IntN(10) < 3 {
		c.Priority = &priorities[s.dice.IntN(len(priorities))]
	}
	_, err := p.tickets.Change(ctx, tickets.AsAgent(s.helper), s.ticket, 0, c)
	return err
}

func topics() []string {
	return []string{"printer", "оплата", "password", "доставка", "invoice", "доступ", "email", "договор", "vpn", "отчёт",
		"laptop", "возврат", "phone", "отпуск", "network", "срочно", "licence", "пропуск", "badge", "закупка"}
}

// note has the helper write to colleagues and sometimes call one.
func (p *play) note(ctx context.Context, s *story) error {
	n := tickets.NewMessage{Body: p.text(s)}
	if s.dice.IntN(2) == 0 {
		n.Mentions = []int64{p.cast.helper(s.team, s.dice).ID}
	}
	_, err := p.tickets.Note(ctx, tickets.AsAgent(s.helper), s.ticket, n)
	return err
}

// look has a colleague open the ticket, or not.
func (p *play) look(ctx context.Context, s *story) error {
	colleague := p.cast.helper(s.team, s.dice)
	if s.dice.IntN(3) == 0 {
		return nil
	}
	return p.tickets.MarkRead(ctx, tickets.AsAgent(colleague), s.ticket)
}

// answer has the helper reply and set a status with it, "" being the usual one.
func (p *play) answer(then tickets.Category) act {
	return func(ctx context.Context, s *story) error {
		n := tickets.NewMessage{Body: p.text(s), Then: p.status(then)}
		m, err := p.tickets.Reply(ctx, tickets.AsAgent(s.helper), s.ticket, n)
		if err != nil {
			return err
		}
		s.reply, s.delivery = m.ID, p.scribe.NewID()
		key := fmt.Sprintf("message:%d", m.ID)
		out := channels.Outbound{Key: key, To: s.asker.address, Body: m.Body, Author: m.AuthorAs,
			Language: s.asker.language, At: m.Delivery.SendAt}
		p.scribe.page.deliveries = append(p.scribe.page.deliveries, hub.Delivery{
			ID: s.delivery, Key: key, ChannelID: p.cast.channel, Lane: fmt.Sprintf("%d:%s", p.cast.channel, s.asker.address.ID),
			TicketID: s.ticket, MessageID: m.ID, Out: out, RunAt: m.Delivery.SendAt,
		})
		return nil
	}
}

// leave has the network take the last reply, or refuse it once in a while.
func (p *play) leave(ctx context.Context, s *story) error {
	r := receipt{delivery: s.delivery, id: fmt.Sprintf("%d@desk.example", s.reply)}
	d := tickets.Delivery{State: tickets.DeliverySent}
	if s.dice.IntN(400) == 0 {
		r.id, r.why = "", channels.Text{Key: "hub.why.unreachable"}
		d = tickets.Delivery{State: tickets.DeliveryFailed, Reason: tickets.Sentence{Key: r.why.Key}}
	}
	p.scribe.page.sent = append(p.scribe.page.sent, r)
	return p.tickets.Settle(ctx, s.reply, "", d)
}

// become has the helper set a status.
func (p *play) become(c tickets.Category) act {
	return func(ctx context.Context, s *story) error {
		status := p.status(c)
		_, err := p.tickets.Change(ctx, tickets.AsAgent(s.helper), s.ticket, 0, tickets.Change{StatusID: &status})
		return err
	}
}

// condemn has the helper put the ticket away as spam.
func (p *play) condemn(ctx context.Context, s *story) error {
	spam := true
	_, err := p.tickets.Change(ctx, tickets.AsAgent(s.helper), s.ticket, 0, tickets.Change{Spam: &spam})
	return err
}

// status answers the first status of a category, 0 for none.
func (p *play) status(c tickets.Category) int64 {
	for _, x := range p.scribe.list {
		if x.Category == c {
			return x.ID
		}
	}
	return 0
}
