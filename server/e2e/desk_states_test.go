package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"time"

	"okno/channels"
	"okno/channels/hub"
	"okno/server/browsertest"
	"okno/tickets"
)

// aftermath is what a day leaves behind: tickets something was done to.
type aftermath struct {
	merged, deleted, chat tickets.Ticket
}

// later goes on with the office: tickets are merged, linked, split, deleted,
// solved, and somebody writes from a phone.
func later(o *office, main tickets.Ticket) aftermath {
	o.clock.ago(30 * time.Minute)
	var a aftermath
	ctx, cases, by := o.t.Context(), o.srv.Rooms.Tickets, tickets.AsAgent(o.jonas)
	a.merged = o.asked("Olga Sinitsyna", "The till again", "It is worse now.")
	a.deleted = o.asked("Somebody Odd", "Hello", "Hello?")
	spare, solved, waits := o.asked("Nina Wolf", "Wi-Fi, third floor", "And there too."), o.asked("Tom Fischer", "Spoons", "We need spoons."), o.asked("Irina Belova", "Keys", "Which door?")
	_, err := cases.Merge(ctx, by, a.merged.ID, main.ID)
	o.ok(err)
	o.ok(cases.Link(ctx, by, main.ID, spare.ID, tickets.LinkParent))
	o.ok(cases.Delete(ctx, by, a.deleted.ID))
	o.change(solved, tickets.Change{StatusID: o.status(tickets.Solved)})
	o.change(waits, tickets.Change{StatusID: o.status(tickets.Waiting)})
	a.chat = o.chats()
	o.clock.ago(0)
	return a
}

// status is the first status of a category.
func (o *office) status(c tickets.Category) *int64 {
	o.t.Helper()
	list, err := o.srv.Rooms.Tickets.Statuses(o.t.Context())
	o.ok(err)
	for _, s := range list {
		if s.Category == c {
			return &s.ID
		}
	}
	o.t.Fatalf("no status %s", c)
	return nil
}

// chats is a ticket of somebody with a phone: short messages, photos, a
// correction, a reaction, a message taken back.
func (o *office) chats() tickets.Ticket {
	o.t.Helper()
	ctx, cases := o.t.Context(), o.srv.Rooms.Tickets
	var err error
	o.bot, err = o.srv.Rooms.Hub.SaveChannel(ctx, o.jonas, hub.Channel{
		Connection: channels.Connection{Kind: "telegram", Name: "Mayak helper", Settings: map[string]string{"address": "mayak_bot", "port": "25"}, Secrets: map[string]string{"password": "x"}},
		TeamID:     o.team.ID, Enabled: true,
	})
	o.ok(err)
	p, err := o.srv.Rooms.People.Known(ctx, "telegram", "4711", "Pavel Gromov", "en")
	o.ok(err)
	n := 0
	said := func(body string, files ...tickets.File) tickets.Incoming {
		n++
		return tickets.Incoming{PersonID: p.ID, ChannelID: o.bot.ID, Network: "telegram", Body: body, Files: files, Ref: fmt.Sprint("4711:", n), At: o.clock.Now()}
	}
	first := said("The milk frother is broken")
	t, _, err := cases.Create(ctx, tickets.AsPerson(p.ID), tickets.NewTicket{
		Subject: "The milk frother is broken", RequesterID: p.ID, TeamID: o.team.ID, ChannelID: o.bot.ID, Place: "4711", Incoming: &first,
	})
	o.ok(err)
	for _, in := range []tickets.Incoming{said("Photos"), said("", o.photo(1), o.photo(2), o.photo(3)), said("Wrong number: 5550101"), said("And this is its lable", o.photo(4))} {
		_, err := cases.Receive(ctx, t.ID, in)
		o.ok(err)
	}
	o.ok(cases.RemoveIncoming(ctx, "telegram", "4711:4", p.ID))
	edited := said("And this is its label", o.photo(4))
	o.ok(cases.EditIncoming(ctx, "telegram", "4711:5", edited))
	o.ok(cases.React(ctx, "telegram", "4711:2", p.ID, "👍"))
	return t
}

// photo is a picture of one colour.
func (o *office) photo(i int) tickets.File {
	o.t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 640, 480))
	for at := range len(picture.Pix) / 4 {
		shade := uint8(70 + 20*i + at/640/8)
		picture.Set(at%640, at/640, color.RGBA{R: shade, G: shade - 20, B: uint8(30 * i), A: 255})
	}
	var b bytes.Buffer
	o.ok(png.Encode(&b, picture))
	blob, size, err := o.srv.Rooms.Files.Put(o.t.Context(), &b)
	o.ok(err)
	return tickets.File{Name: fmt.Sprintf("photo %d.png", i), Type: "image/png", Size: size, Blob: blob}
}

// seldom looks at the states that are made of parts others show too.
func seldom(o *office, tab *browsertest.Tab, main tickets.Ticket, a aftermath, look string) {
	pair := fmt.Sprintf("?from=open&other=%d", a.chat.Number)
	gaze(o, tab, look, []state{
		{"unassigned", "/tickets?view=unassigned", "#rows .row", ""},
		{"waiting", "/tickets?view=waiting", "#rows .row", ""},
		{"solved", "/tickets?view=solved", "#rows .row", ""},
		{"team", fmt.Sprintf("/tickets?team=%d", o.team.ID), "#rows .row", ""},
		{"deleted", "/tickets?view=deleted", "#rows .row", ""},
		{"gone", at(a.deleted), "#gone", ""},
		{"merged", at(a.merged) + "?from=open", "#gone", ""},
		{"chat", at(a.chat) + "?from=open", "#thread .album", ""},
		{"more", at(main) + "?from=open", "#thread", `document.querySelector("#more").open = true`},
		{"block", at(main) + "#side", "#side-body", `document.querySelector("#block").open = true`},
		{"choose", at(main) + "/merge?from=open", "#found .targets", ""},
		{"merging", at(main) + "/merge" + pair, "#merge-form", ""},
		{"linking", at(main) + "/link" + pair, "#link-form", ""},
		{"split", at(main) + "/split?from=open", "#split-form", ""},
		{"delete", at(main) + "/delete?from=open", "#delete-form", ""},
	})
}
