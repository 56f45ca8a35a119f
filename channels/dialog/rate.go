package dialog

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

const mostStars = 5

// commentLasts is how long the next words count as the comment to a rating.
const commentLasts = 15 * time.Minute

// rateable finds a request that may be rated, or whose rating may be changed.
func (d *talk) rateable(n int64) bool {
	r, ok := d.request(n)
	return ok && r.Rateable
}

// askStars asks for a rating.
func (d *talk) askStars(n int64) {
	if !d.rateable(n) {
		d.stands(d.text("dialog.rate.late", "ticket", number(n)))
		return
	}
	s := sheet{numbers: true, ticket: n}
	s.say(d.text("dialog.rate", "ticket", number(n)))
	for stars := 1; stars <= mostStars; stars++ {
		s.options = append(s.options, option{
			id: button(buttonRate, number(n), strconv.Itoa(stars)), word: strconv.Itoa(stars) + " ⭐", tight: true,
		})
	}
	d.aside()
	d.show(s)
}

// rate gives a rating and asks for a comment, unless a form waits for its answer.
func (d *talk) rate(n int64, stars int) {
	if !d.rateable(n) || stars < 1 || stars > mostStars {
		d.stands(d.text("dialog.rate.late", "ticket", number(n)))
		return
	}
	d.do = append(d.do, Command{Rate: &Rate{Ticket: n, Stars: stars}})
	thanks := d.text("dialog.rated", "ticket", number(n), "stars", strconv.Itoa(stars))
	if d.live() {
		d.stands(thanks)
		return
	}
	d.state.Writing, d.state.Refusing = nil, nil
	d.state.Rating = &Rating{Ticket: n, Until: d.turn.Now.Add(commentLasts)}
	s := sheet{ticket: n}
	s.say(thanks)
	s.say(d.text("dialog.rated.comment"))
	s.offer(buttonRated, d.label("dialog.button.rated"))
	d.show(s)
}

// awaitsComment says that the words now are the comment to a rating.
func (d *talk) awaitsComment() bool {
	r := d.state.Rating
	if r == nil {
		return false
	}
	if d.turn.Now.After(r.Until) || d.turn.Text == "" {
		d.state.Rating = nil
		return false
	}
	return true
}

func (d *talk) comment() bool {
	n := d.state.Rating.Ticket
	d.state.Rating = nil
	d.do = append(d.do, Command{Rate: &Rate{Ticket: n, Comment: d.turn.Text}})
	d.show(sheet{parts: []string{d.text("dialog.rated.noted")}, ticket: n})
	return true
}

// rated ends the wait for a comment.
func (d *talk) rated() {
	d.state.Rating = nil
	d.show(sheet{parts: []string{d.text("dialog.rated.done")}})
}

// starred takes a bare number or stars as the rating of the request that was
// closed last, where it has none yet: networks without buttons ask so.
func (d *talk) starred() bool {
	text := strings.TrimSpace(d.turn.Text)
	stars := strings.Count(text, "⭐")
	if stars == 0 {
		stars = int(unnumber(strings.TrimRight(text, ".!) ")))
	} else if strings.Trim(text, "⭐️ ") != "" {
		return false
	}
	if stars < 1 || stars > mostStars || d.current() != 0 {
		return false
	}
	i := slices.IndexFunc(d.world.Tickets, func(r Request) bool { return r.Rateable && r.Rating == 0 })
	if i < 0 {
		return false
	}
	d.rate(d.world.Tickets[i].Ticket.Number, stars)
	return true
}
