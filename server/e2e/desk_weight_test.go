package e2e

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"okno/server/browsertest"
)

// TestFirstPage weighs the first list: what a person waits for in the morning.
func TestFirstPage(t *testing.T) {
	o := newOffice(t)
	o.clock.ago(time.Hour)
	for range 50 {
		o.asked("Olga Sinitsyna", "The second till prints nothing", "Since the update at night it opens the drawer, and no paper comes.")
	}
	o.clock.ago(0)
	road := &toll{next: http.DefaultTransport}
	front := httptest.NewServer(road.proxy(t, o.url))
	t.Cleanup(func() { front.CloseClientConnections(); front.Close() })
	tab := browsertest.Start(t).Tab(front.URL, browsertest.Look{})
	o.signIn(tab, "/tickets?view=mine") // not by the front: it keeps nothing from there
	tab.Open(front.URL + "/tickets?view=open")
	tab.Until("document.documentElement.dataset.stream === 'up'")
	requests, size := road.requests.Load(), road.bytes.Load()
	t.Logf("the first page takes %d requests and %d bytes", requests, size)
	if requests > 6 || size > 70_000 {
		t.Errorf("the first page takes %d requests and %d bytes, at most 6 and 70000 wanted", requests, size)
	}
}

// toll counts what passes: requests, and bytes of their answers as they are sent.
type toll struct {
	next            http.RoundTripper
	requests, bytes atomic.Int64
}

func (r *toll) proxy(t *testing.T, desk string) http.Handler {
	to, err := url.Parse(desk)
	if err != nil {
		t.Fatal(err)
	}
	p := httputil.NewSingleHostReverseProxy(to)
	p.Transport = r
	return p
}

// RoundTrip implements http.RoundTripper.
func (r *toll) RoundTrip(req *http.Request) (*http.Response, error) {
	r.requests.Add(1)
	res, err := r.next.RoundTrip(req)
	if err == nil {
		res.Body = &counted{res.Body, &r.bytes}
	}
	return res, err
}

type counted struct {
	io.ReadCloser
	sum *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.sum.Add(int64(n))
	return n, err
}
