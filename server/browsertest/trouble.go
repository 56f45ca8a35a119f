package browsertest

import (
	"context"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

const pollEvery = 20 * time.Millisecond

// trouble collects what must never happen on our pages.
type trouble struct {
	home string
	mu   sync.Mutex
	seen []string
}

// Trouble answers what went wrong on the page since the last call: console
// errors and warnings, exceptions, failed requests, foreign hosts.
func (tab *Tab) Trouble() []string {
	tab.trouble.mu.Lock()
	defer tab.trouble.mu.Unlock()
	seen := tab.trouble.seen
	tab.trouble.seen = nil
	return seen
}

// Calm fails the test when there was trouble.
func (tab *Tab) Calm() {
	tab.t.Helper()
	for _, line := range tab.Trouble() {
		tab.t.Errorf("trouble on %s: %s", tab.Where(), line)
	}
}

func (tr *trouble) see(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		tr.add("exception: " + thrown(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			tr.add(fmt.Sprintf("console: %s", first(e.Args)))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			tr.add("log: " + e.Entry.Text + " " + e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		tr.foreign(e.Request.URL)
	case *network.EventLoadingFailed:
		if !e.Canceled && e.ErrorText != "net::ERR_ABORTED" {
			tr.add("request failed: " + e.ErrorText)
		}
	}
}

func (tr *trouble) foreign(address string) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme == "chrome-extension" {
		return
	}
	if home, _ := url.Parse(tr.home); home == nil || u.Host != home.Host {
		tr.add("request to a foreign host: " + address)
	}
}

func (tr *trouble) add(line string) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	tr.seen = append(tr.seen, line)
}

func thrown(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Exception.Description
	}
	return d.Text
}

func first(args []*runtime.RemoteObject) string {
	if len(args) == 0 {
		return ""
	}
	if args[0].Description != "" {
		return args[0].Description
	}
	return string(args[0].Value)
}

func call[P, R any](ctx context.Context, cmd cdp.Command[P, R], params P) error {
	_, err := chromedp.Call(ctx, cmd, params)
	return err
}
