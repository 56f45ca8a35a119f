package health

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Meters count what happens. They are safe for concurrent use.
type Meters struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	answered *prometheus.HistogramVec
	commits  prometheus.Histogram
	groups   prometheus.Histogram
}

// NewMeters makes meters that stand at zero, with those of the process.
func NewMeters() *Meters {
	m := &Meters{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "okno_http_requests_total", Help: "Requests answered.",
		}, []string{"method", "route", "status"}),
		answered: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "okno_http_request_duration_seconds", Help: "Time to the end of an answer; streams do not count.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"method", "route"}),
		commits: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "okno_store_commit_duration_seconds", Help: "Time from the begin of a database transaction to its commit.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
		}),
		groups: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "okno_store_commit_transactions", Help: "Transactions that shared one commit.",
			Buckets: []float64{1, 2, 4, 8, 16, 32, 64, 128},
		}),
	}
	m.registry.MustRegister(m.requests, m.answered, m.commits, m.groups,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Committed counts a commit of the database and the transactions in it.
func (m *Meters) Committed(transactions int, took time.Duration) {
	m.groups.Observe(float64(transactions))
	m.commits.Observe(took.Seconds())
}

// Request is an answered request. Route is a pattern of the site map, "" for an
// address that is on none.
type Request struct {
	Method, Route string
	Status        int
	Took          time.Duration
	Streamed      bool // open as long as somebody looks
}

// Answered counts a request.
func (m *Meters) Answered(r Request) {
	if r.Route == "" {
		r.Route = "none"
	}
	r.Method = methodOf(r.Method)
	m.requests.WithLabelValues(r.Method, r.Route, strconv.Itoa(r.Status)).Inc()
	if !r.Streamed {
		m.answered.WithLabelValues(r.Method, r.Route).Observe(r.Took.Seconds())
	}
}

// methodOf keeps what strangers make up out of the labels.
func methodOf(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}
