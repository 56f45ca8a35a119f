package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"okno/tickets"
	"okno/tickets/people"
)

// Message is one thing said in a ticket.
type Message struct {
	ID          string       `json:"id" example:"7260152823513090"`
	Seq         int64        `json:"seq" doc:"Place in the conversation: the number of the event that added it." example:"2"`
	Kind        string       `json:"kind" enum:"reply,note" doc:"reply is public, note is for agents only."`
	Author      Author       `json:"author"`
	Body        string       `json:"body" example:"Please try another cable."`
	Format      string       `json:"format" enum:"markdown,text" doc:"How the body is written."`
	Quoted      string       `json:"quoted,omitempty" doc:"What the message repeats of earlier ones."`
	Attachments []Attachment `json:"attachments" nullable:"false"`
	Delivery    *Delivery    `json:"delivery,omitempty" doc:"How a reply of an agent fares; missing for what came in and for notes."`
	WrittenIn   string       `json:"written_in,omitempty" doc:"Id of the ticket it was written in, when a merge or a split moved it."`
	CreatedAt   time.Time    `json:"created_at"`
}

// Author is who wrote a message or did something.
type Author struct {
	Kind string `json:"kind" enum:"agent,person,system" doc:"system is the desk itself."`
	ID   string `json:"id,omitempty" doc:"Of the agent or the person."`
	Name string `json:"name,omitempty" doc:"As it was then." example:"Boris Black"`
}

// Attachment is a file of a message.
type Attachment struct {
	ID   string `json:"id" doc:"SHA-256 of the file, in hexadecimal."`
	Name string `json:"name" example:"cable.jpg"`
	Type string `json:"type" example:"image/jpeg"`
	Size int64  `json:"size" doc:"Bytes." example:"48213"`
	URL  string `json:"url" doc:"Where to get it, with the same token." example:"/api/v1/tickets/4711/messages/7260152823513090/files/9f86d0..."`
}

// Delivery is how a reply fares on its way out.
type Delivery struct {
	State  string     `json:"state" enum:"web,queued,sending,sent,failed,withdrawn" doc:"web: nothing leaves, the requester reads it on the web."`
	Reason string     `json:"reason,omitempty" doc:"Why it failed or is late, in words."`
	SendAt *time.Time `json:"send_at,omitempty" doc:"Until then it can be taken back."`
	At     *time.Time `json:"at,omitempty" doc:"When the state changed last."`
}

// NewMessage is what it takes to say something.
type NewMessage struct {
	Kind        string   `json:"kind" enum:"reply,note" doc:"reply goes to the requester and the followers, note is for agents only."`
	Body        string   `json:"body" maxLength:"200000" doc:"Markdown." example:"Please try **another** cable."`
	Attachments []string `json:"attachments,omitempty" maxItems:"20" nullable:"false" doc:"Ids that POST /files answered."`
	Status      string   `json:"status,omitempty" doc:"Category or id of the status to set with the message." example:"waiting"`
	Mentions    []string `json:"mentions,omitempty" maxItems:"50" nullable:"false" doc:"Ids or mail addresses of agents a note calls."`
	Seen        int64    `json:"seen,omitempty" minimum:"1" doc:"Version of the ticket the text was written for: it is refused with 409 when somebody else has said something since."`
}

type sayIn struct {
	OfTicket
	Body NewMessage
}

type messageOut struct {
	Location string `header:"Location"`
	Body     Message
}

func (a *API) addMessages() {
	add(a, route{
		method: http.MethodGet, path: "/tickets/{number}/messages", id: "listMessages", tag: "Messages", scope: people.ScopeRead,
		summary: "Read a conversation", text: "All messages in their order.",
	}, a.listMessages)
	add(a, route{
		method: http.MethodPost, path: "/tickets/{number}/messages", id: "addMessage", tag: "Messages", scope: people.ScopeWrite,
		summary: "Reply or leave a note", status: http.StatusCreated,
		text: "A reply leaves after the desk's undo window, opens a new ticket and takes one that is nobody's.",
	}, a.addMessage)
}

func (a *API) listMessages(ctx context.Context, by caller, in *OfTicket) (*list[Message], error) {
	talk, err := a.Tickets.Conversation(ctx, by.actor(), in.Number)
	if err != nil {
		return nil, err
	}
	t := a.Locale.T(by.lang)
	var out []Message
	for _, m := range talk.Messages {
		out = append(out, message(t, in.Number, m))
	}
	return listOf(out, ""), nil
}

func (a *API) addMessage(ctx context.Context, by caller, in *sayIn) (*messageOut, error) {
	t, err := a.Tickets.Find(ctx, by.actor(), in.Number)
	if err != nil {
		return nil, err
	}
	n, err := a.newMessage(ctx, by, in.Body)
	if err != nil {
		return nil, err
	}
	say := a.Tickets.Reply
	if in.Body.Kind == string(tickets.Note) {
		say = a.Tickets.Note
	}
	m, err := say(ctx, by.actor(), t.ID, n)
	if err != nil {
		return nil, err
	}
	return &messageOut{
		Location: prefix + "/tickets/" + strconv.FormatInt(t.Number, 10) + "/messages",
		Body:     message(a.Locale.T(by.lang), t.Number, m),
	}, nil
}

func (a *API) newMessage(ctx context.Context, by caller, b NewMessage) (n tickets.NewMessage, err error) {
	n = tickets.NewMessage{Body: b.Body, SeenSeq: b.Seen}
	if n.Then, err = a.oneStatus(ctx, b.Status); err != nil {
		return n, err
	}
	for i, text := range b.Mentions {
		who, err := a.agentNamed(ctx, by, "mentions/"+strconv.Itoa(i), text)
		if err != nil {
			return n, err
		}
		n.Mentions = append(n.Mentions, who)
	}
	n.Files, err = a.uploads(ctx, by, b.Attachments)
	return n, err
}

func message(t translator, number int64, m tickets.Message) Message {
	out := Message{
		ID: id(m.ID), Seq: m.Seq, Kind: string(m.Kind), Author: author(m.Author, m.AuthorAs), Body: m.Body,
		Format: "text", Quoted: m.Quoted, Attachments: attachments(number, m), CreatedAt: m.CreatedAt,
	}
	if m.Markdown {
		out.Format = "markdown"
	}
	if m.SourceID != 0 {
		out.WrittenIn = id(m.SourceID)
	}
	if m.Kind == tickets.Reply && m.Author.Kind == tickets.ByAgent {
		out.Delivery = delivery(t, m.Delivery)
	}
	return out
}

func author(by tickets.Actor, name string) Author {
	out := Author{Kind: string(by.Kind), Name: name}
	if by.ID != 0 {
		out.ID = id(by.ID)
	}
	return out
}

func delivery(t translator, d tickets.Delivery) *Delivery {
	out := &Delivery{State: string(d.State), SendAt: moment(d.SendAt), At: moment(d.At)}
	if out.State == "" {
		out.State = "web"
	}
	if d.Reason.Key != "" {
		out.Reason = say(t, d.Reason.Key, d.Reason.Args)
	}
	return out
}

func attachments(number int64, m tickets.Message) []Attachment {
	out := make([]Attachment, len(m.Files))
	folder := prefix + "/tickets/" + strconv.FormatInt(number, 10) + "/messages/" + id(m.ID) + "/files/"
	for i, f := range m.Files {
		out[i] = Attachment{ID: f.Blob, Name: f.Name, Type: f.Type, Size: f.Size, URL: folder + f.Blob}
	}
	return out
}
