package web

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"okno/channels/hub"
	"okno/ui"
	"okno/ui/settings"
)

// ledgerRows is the length of one page of the ledger.
const ledgerRows = 50

func (w *Web) ledgerPage(c *gin.Context, env ui.Env) error {
	ctx := c.Request.Context()
	tab := settings.LedgerTab(c.Query("tab"))
	q := hub.LedgerQuery{
		Outcomes: outcomes(tab), Words: c.Query("q"), After: c.Query("after"), Limit: ledgerRows,
	}
	q.ChannelID, _ = strconv.ParseInt(c.Query("channel"), 10, 64) // all when unreadable
	page, err := w.Hub.Ledger(ctx, env.Agent, q)
	if err != nil {
		return err
	}
	counts, err := w.Hub.LedgerCounts(ctx, env.Agent)
	if err != nil {
		return err
	}
	all, err := w.Hub.Channels(ctx)
	if err != nil {
		return err
	}
	view := settings.Ledger{
		Tab: tab, Words: q.Words, Channel: c.Query("channel"), Channels: channelOptions(env, all), Counts: tabCounts(counts),
		First: q.After == "", Next: nextLedger(c.Request.URL, page.Next), Here: c.Request.URL.RequestURI(),
	}
	opened := c.Query("open")
	for _, e := range page.Entries {
		view.Rows = append(view.Rows, w.ledgerRow(env, c.Request.URL, e, all, opened))
	}
	return w.page(c, env, http.StatusOK, env.T("settings.ledger"), settings.LedgerPane(env, view))
}

// outcomes are what a tab shows; none means all.
func outcomes(tab settings.LedgerTab) []hub.Outcome {
	switch tab {
	case settings.InTickets:
		return []hub.Outcome{hub.OutcomeOpened, hub.OutcomeAdded}
	case settings.NotInTickets:
		return []hub.Outcome{hub.OutcomeKept, hub.OutcomeSeen, hub.OutcomeDone}
	case settings.SetAside:
		return []hub.Outcome{hub.OutcomeAside}
	}
	return nil
}

func tabCounts(counts map[hub.Outcome]int) map[settings.LedgerTab]int {
	sums := map[settings.LedgerTab]int{}
	for _, n := range counts {
		sums[settings.AllEvents] += n
	}
	for _, tab := range []settings.LedgerTab{settings.InTickets, settings.NotInTickets, settings.SetAside} {
		for _, o := range outcomes(tab) {
			sums[tab] += counts[o]
		}
	}
	return sums
}

func (w *Web) ledgerRow(env ui.Env, here *url.URL, e hub.Entry, all []hub.Channel, opened string) settings.LedgerRow {
	row := settings.LedgerRow{
		ID: e.ID, At: e.StoredAt, From: e.From, Subject: e.Subject, Outcome: string(e.Outcome), Why: sentence(env, e.Why),
		Ticket: e.Ticket, Key: e.Event.Key, Attempts: e.Attempts, SettledAt: e.SettledAt, Detail: e.Detail,
		CanRedo: e.MessageID == 0 && e.Outcome != hub.OutcomePending && e.Outcome != hub.OutcomeDone,
	}
	if row.From == "" {
		row.From = e.Event.Hint
	}
	row.Open = e.Outcome == hub.OutcomeAside || opened == strconv.FormatInt(e.ID, 10)
	row.OpenURL = withQuery(here, "open", strconv.FormatInt(e.ID, 10)) + "#e-" + strconv.FormatInt(e.ID, 10)
	for _, ch := range all {
		if ch.ID == e.ChannelID {
			row.Channel, row.Kind = ch.Name, ch.Kind
		}
	}
	return row
}

func channelOptions(env ui.Env, all []hub.Channel) []ui.Option {
	options := []ui.Option{{Value: "", Label: env.T("ledger.channels")}}
	for _, ch := range all {
		options = append(options, ui.Option{Value: strconv.FormatInt(ch.ID, 10), Label: ch.Name})
	}
	return options
}

func nextLedger(here *url.URL, cursor string) string {
	if cursor == "" {
		return ""
	}
	return withQuery(here, "after", cursor)
}

// withQuery is this page with one parameter changed.
func withQuery(here *url.URL, name, value string) string {
	q := here.Query()
	q.Del("open")
	q.Set(name, value)
	return (&url.URL{Path: here.Path, RawQuery: q.Encode()}).String()
}
