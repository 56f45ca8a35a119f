package health

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"okno/server/store"
	"okno/tickets"
)

// Figures are the states the store knows.
type Figures interface {
	Vitals(ctx context.Context) (store.Vitals, error)
	Counts(ctx context.Context, keys []string) (map[string]int, error)
	Now(ctx context.Context) time.Time
}

// Desk is whose states are told.
type Desk struct {
	Figures  Figures
	Channels Channels
	Streams  func() int // open pages
	Logger   *slog.Logger
}

// states read the desk whenever Prometheus asks. It implements
// prometheus.Collector.
type states struct {
	Desk
	readable, tickets, rows, oldest, lag, channel, streams *prometheus.Desc
}

func newStates(d Desk) *states {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("okno_"+name, help, labels, nil)
	}
	return &states{
		Desk:     d,
		readable: desc("readable", "1 when the states could be read from the database, else 0 and they are missing."),
		tickets:  desc("tickets", "Tickets in a view.", "view"),
		rows:     desc("queue_rows", "Rows of a queue: those that wait, and those that failed for good.", "queue", "state"),
		oldest:   desc("queue_oldest_seconds", "How long the oldest row of a queue waits.", "queue"),
		lag:      desc("follower_lag_events", "Events a follower of the log has not read.", "follower"),
		channel:  desc("channel_up", "1 when an enabled channel works.", "channel", "kind"),
		streams:  desc("live_streams", "Open pages that wait for news."),
	}
}

// Describe implements prometheus.Collector.
func (s *states) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{s.readable, s.tickets, s.rows, s.oldest, s.lag, s.channel, s.streams} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (s *states) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), readWithin)
	defer cancel()
	tell := func(d *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	tell(s.streams, float64(s.Streams()))
	err := errors.Join(s.tellTickets(ctx, tell), s.tellVitals(ctx, tell), s.tellChannels(ctx, tell))
	if err != nil {
		s.Logger.Warn("read the states for /metrics", "error", err)
	}
	tell(s.readable, oneWhen(err == nil))
}

type teller func(d *prometheus.Desc, value float64, labels ...string)

func (s *states) tellTickets(ctx context.Context, tell teller) error {
	views := []string{string(tickets.ViewOpen), string(tickets.ViewUnassigned), string(tickets.ViewWaiting),
		string(tickets.ViewSolved), string(tickets.ViewSpam)}
	counts, err := s.Figures.Counts(ctx, views)
	if err != nil {
		return err
	}
	for _, v := range views {
		tell(s.tickets, float64(counts[v]), v)
	}
	return nil
}

func (s *states) tellVitals(ctx context.Context, tell teller) error {
	v, err := s.Figures.Vitals(ctx)
	if err != nil {
		return err
	}
	now := s.Figures.Now(ctx)
	for _, q := range v.Queues {
		tell(s.rows, float64(q.Waiting), q.Name, "waiting")
		tell(s.rows, float64(q.Failed), q.Name, "failed")
		age := time.Duration(0)
		if !q.Oldest.IsZero() {
			age = max(now.Sub(q.Oldest), 0)
		}
		tell(s.oldest, age.Seconds(), q.Name)
	}
	for name, behind := range v.Followers {
		tell(s.lag, float64(behind), name)
	}
	return nil
}

func (s *states) tellChannels(ctx context.Context, tell teller) error {
	list, err := s.Channels.Channels(ctx)
	for _, c := range list {
		if c.Enabled {
			tell(s.channel, oneWhen(c.State.OK), strconv.FormatInt(c.ID, 10), c.Kind)
		}
	}
	return err
}

func oneWhen(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
