package api

import (
	"context"
	"time"

	"okno/channels/hub"
)

// Entry is one thing that came in by a channel.
type Entry struct {
	ID        string     `json:"id" example:"7260152823515001"`
	Channel   string     `json:"channel" doc:"Id of the channel."`
	Outcome   string     `json:"outcome" enum:"pending,opened,added,seen,kept,aside" doc:"pending: not looked at yet. opened: made a ticket. added: became a message. seen: had come before. kept: kept without a ticket. aside: could not be processed."`
	Why       string     `json:"why,omitempty" doc:"How that was decided, in words."`
	Detail    string     `json:"detail,omitempty" doc:"The error, when it was set aside."`
	From      string     `json:"from,omitempty" doc:"Who wrote."`
	Subject   string     `json:"subject,omitempty"`
	Ticket    int64      `json:"ticket,omitempty" doc:"Number of its ticket."`
	Message   string     `json:"message,omitempty" doc:"Id of its message."`
	Attempts  int        `json:"attempts"`
	StoredAt  time.Time  `json:"stored_at"`
	SettledAt *time.Time `json:"settled_at,omitempty"`
}

type ledgerFilters struct {
	Outcome string `query:"outcome" enum:"pending,opened,added,seen,kept,aside"`
	Channel string `query:"channel" doc:"Id of a channel."`
	Q       string `query:"q" maxLength:"200" doc:"Part of a sender, a subject or an event's key."`
	Page
}

func (a *API) listLedger(ctx context.Context, by caller, in *ledgerFilters) (*list[Entry], error) {
	q := hub.LedgerQuery{Words: in.Q, After: in.Cursor, Limit: in.Limit}
	if in.Outcome != "" {
		q.Outcomes = []hub.Outcome{hub.Outcome(in.Outcome)}
	}
	if in.Channel != "" {
		n, err := a.channelID(ctx, in.Channel)
		if err != nil {
			return nil, err
		}
		q.ChannelID = n
	}
	p, err := a.Hub.Ledger(ctx, by.agent, q)
	if err != nil {
		return nil, err
	}
	t := a.Locale.T(by.lang)
	out := make([]Entry, len(p.Entries))
	for i, e := range p.Entries {
		out[i] = entry(t, e)
	}
	return listOf(out, p.Next), nil
}

func entry(t translator, e hub.Entry) Entry {
	out := Entry{
		ID: id(e.ID), Channel: id(e.ChannelID), Outcome: string(e.Outcome), Detail: e.Detail, From: e.From,
		Subject: e.Subject, Ticket: e.Ticket, Attempts: e.Attempts, StoredAt: e.StoredAt, SettledAt: moment(e.SettledAt),
	}
	if e.Why.Key != "" {
		out.Why = say(t, e.Why.Key, e.Why.Args)
	}
	if e.MessageID != 0 {
		out.Message = id(e.MessageID)
	}
	return out
}
