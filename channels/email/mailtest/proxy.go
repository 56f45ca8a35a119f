package mailtest

import (
	"bufio"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
)

// Proxy is a TCP connection's worst day: it passes bytes on between a client
// and a server until it is told to cut, to swallow, or to stop after a line.
type Proxy struct {
	Addr string // where clients connect

	target   string
	listener net.Listener
	hole     atomic.Bool // swallow everything, in both directions
	refuse   atomic.Bool // close new connections at once
	budget   atomic.Int64
	onLine   atomic.Pointer[func(fromServer bool, line string) bool]
	before   atomic.Pointer[func(line string) string]

	mu    sync.Mutex
	conns map[net.Conn]struct{}
	seen  int
}

// NewProxy stands before the server at target until the test ends.
func NewProxy(t testing.TB, target string) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, "open the proxy", err)
	p := &Proxy{Addr: l.Addr().String(), target: target, listener: l, conns: map[net.Conn]struct{}{}}
	p.budget.Store(-1)
	t.Cleanup(func() { _ = l.Close(); p.Cut() })
	go p.accept()
	return p
}

// BlackHole swallows all bytes of present and future connections from now on,
// as a router that forgot the connection does; false ends it for new ones.
func (p *Proxy) BlackHole(on bool) { p.hole.Store(on) }

// Refuse closes new connections at once.
func (p *Proxy) Refuse(on bool) { p.refuse.Store(on) }

// CutAfter cuts all connections once the server has sent n more bytes.
func (p *Proxy) CutAfter(n int64) { p.budget.Store(n) }

// OnLine is called with every line that passes; answering false cuts the
// connection before the line is passed on. nil ends it.
func (p *Proxy) OnLine(f func(fromServer bool, line string) bool) {
	if f == nil {
		p.onLine.Store(nil)
		return
	}
	p.onLine.Store(&f)
}

// Before has the client read what f answers before a line of the server.
func (p *Proxy) Before(f func(line string) string) { p.before.Store(&f) }

// Connections says how many were ever accepted.
func (p *Proxy) Connections() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen
}

// Cut ends every present connection.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for conn := range p.conns {
		_ = conn.Close()
	}
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		if p.refuse.Load() {
			_ = client.Close()
			continue
		}
		go p.serve(client)
	}
}

func (p *Proxy) serve(client net.Conn) {
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		_ = client.Close()
		return
	}
	p.keep(client, server)
	defer p.forget(client, server)
	done := make(chan struct{}, 2)
	go p.pass(server, client, false, done)
	go p.pass(client, server, true, done)
	<-done
	if !p.hole.Load() {
		_ = client.Close()
	}
	_ = server.Close()
	<-done
}

func (p *Proxy) keep(client, server net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen++
	p.conns[client], p.conns[server] = struct{}{}, struct{}{}
}

func (p *Proxy) forget(client, server net.Conn) {
	_ = client.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, client)
	delete(p.conns, server)
}

// pass copies lines (or what there is of one) from one side to the other.
func (p *Proxy) pass(to, from net.Conn, fromServer bool, done chan<- struct{}) {
	defer func() { done <- struct{}{} }()
	r := bufio.NewReaderSize(from, 64<<10)
	for {
		chunk, err := r.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			err = nil
		}
		if p.hole.Load() {
			_, _ = io.Copy(io.Discard, r)
			return
		}
		if len(chunk) > 0 && !p.allows(fromServer, chunk) {
			return
		}
		if f := p.before.Load(); f != nil && fromServer {
			chunk = append([]byte((*f)(string(chunk))), chunk...)
		}
		if _, werr := to.Write(chunk); werr != nil || err != nil {
			return
		}
	}
}

func (p *Proxy) allows(fromServer bool, chunk []byte) bool {
	if f := p.onLine.Load(); f != nil && !(*f)(fromServer, string(chunk)) {
		return false
	}
	if !fromServer || p.budget.Load() < 0 {
		return true
	}
	if p.budget.Add(-int64(len(chunk))) < 0 {
		p.budget.Store(-1)
		return false
	}
	return true
}
