package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"okno/tickets"
	"okno/tickets/people"
)

// Event is one entry of the log.
type Event struct {
	Pos      int64     `json:"pos" doc:"Place in the whole log; grows, without holes." example:"90210"`
	Type     string    `json:"type" doc:"What happened, in the past tense." example:"status.changed"`
	Ticket   int64     `json:"ticket" doc:"Number of the ticket." example:"4711"`
	TicketID string    `json:"ticket_id" example:"7260152823513088"`
	Seq      int64     `json:"seq" doc:"1, 2, ... within the ticket; it is the ticket's version from then on." example:"3"`
	Actor    Actor     `json:"actor" doc:"Who did it."`
	At       time.Time `json:"at"`
	Data     any       `json:"data" doc:"What changed; depends on the type. Changes carry from and to, lists added and removed, messages message_id and kind."`
}

// Actor is who did something.
type Actor struct {
	Kind string `json:"kind" enum:"agent,person,system" doc:"system is the desk itself."`
	ID   string `json:"id,omitempty" doc:"Of the agent or the person."`
	Via  string `json:"via,omitempty" doc:"Name of the token the agent acted through." example:"shop"`
}

func event(e tickets.Event) Event {
	out := Event{
		Pos: e.Pos, Type: string(e.Type), Ticket: e.Number, TicketID: id(e.TicketID), Seq: e.Seq,
		Actor: Actor{Kind: string(e.Actor.Kind), Via: e.Actor.Via}, At: e.At, Data: e.Data,
	}
	if e.Actor.ID != 0 {
		out.Actor.ID = id(e.Actor.ID)
	}
	return out
}

// EventPage is a part of the log.
type EventPage struct {
	Items []Event `json:"items" nullable:"false"`
	Next  int64   `json:"next" doc:"What to send as after for the next part; grows even when nothing is new." example:"90210"`
}

type eventsIn struct {
	After       int64 `query:"after" minimum:"0" doc:"Position to go on after; 0 for the beginning. A stream without it begins now."`
	Limit       int   `query:"limit" minimum:"1" maximum:"1000" default:"200" doc:"Most items of a page; a stream has no end."`
	LastEventID int64 `header:"Last-Event-ID" minimum:"0" doc:"Sent by browsers that come back to a stream; goes before after."`

	ctx   huma.Context
	given bool
}

// Resolve implements huma.Resolver.
func (in *eventsIn) Resolve(ctx huma.Context) []error {
	in.ctx, in.given = ctx, ctx.Query("after") != ""
	return nil
}

func (a *API) addEvents() {
	add(a, route{
		method: http.MethodGet, path: "/tickets/{number}/events", id: "listTicketEvents", tag: "Events", scope: people.ScopeRead,
		summary: "Read what happened to a ticket",
	}, a.listTicketEvents)
	pages := a.jsonResponse("Events in their order; as a stream, the same events one by one.", schemaOf[EventPage](a))
	pages.Content["text/event-stream"] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	add(a, route{
		method: http.MethodGet, path: "/events", id: "listEvents", tag: "Events", scope: people.ScopeRead,
		summary: "Read the log, or listen to it",
		text: "As JSON it is a page; keep `next` and ask again. With `Accept: text/event-stream` it is a stream: each event has its position as `id`, its type as `event` and the event as `data`. " +
			"A stream that comes back with `Last-Event-ID` (or `after`) misses nothing and may get the last event twice. A comment every 15 seconds says that the line is alive.",
		responses: map[string]*huma.Response{"200": pages},
	}, a.listEvents)
}

func (a *API) listTicketEvents(ctx context.Context, by caller, in *OfTicket) (*list[Event], error) {
	talk, err := a.Tickets.Conversation(ctx, by.actor(), in.Number)
	if err != nil {
		return nil, err
	}
	return listOf(eventsOf(talk.Events), ""), nil
}

func eventsOf(all []tickets.Event) []Event {
	out := make([]Event, len(all))
	for i, e := range all {
		out[i] = event(e)
	}
	return out
}

func (a *API) listEvents(ctx context.Context, by caller, in *eventsIn) (*written, error) {
	if strings.Contains(in.ctx.Header("Accept"), eventStream) {
		return a.listen(ctx, by, in)
	}
	found, err := a.Store.EventsAfter(ctx, in.After, in.Limit)
	if err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	p := EventPage{Items: eventsOf(found), Next: in.After}
	if len(found) > 0 {
		p.Next = found[len(found)-1].Pos
	}
	return &written{func(out huma.Context) { a.answer(out, http.StatusOK, "application/json", p) }}, nil
}

// sse is an event as a stream has it (WHATWG HTML, section 9.2).
func sse(e tickets.Event) ([]byte, error) {
	body, err := json.Marshal(event(e))
	if err != nil {
		return nil, fmt.Errorf("write event: %w", err)
	}
	head := "id: " + strconv.FormatInt(e.Pos, 10) + "\nevent: " + string(e.Type) + "\ndata: "
	return append(append([]byte(head), body...), "\n\n"...), nil
}
