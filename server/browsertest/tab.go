package browsertest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Tab is one page. Its verbs end the test when they cannot do what they say.
type Tab struct {
	t       testing.TB
	ctx     context.Context
	trouble *trouble
}

// Look is how the person at the tab sees the page.
type Look struct {
	Width, Height int64  // pixels; 0 takes 1280 by 900
	Dark          bool   // the system's theme
	Language      string // Accept-Language; "" takes en
	NoScript      bool   // JavaScript switched off
}

// Tab opens an empty tab. home is the only origin the page may talk to.
func (b *Browser) Tab(home string, l Look) *Tab {
	b.t.Helper()
	return b.tab(home, l)
}

// Apart opens a tab that shares no cookies with the others: somebody else's.
func (b *Browser) Apart(home string, l Look) *Tab {
	b.t.Helper()
	return b.tab(home, l, chromedp.WithNewBrowserContext())
}

func (b *Browser) tab(home string, l Look, o ...chromedp.ContextOption) *Tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, o...)
	b.t.Cleanup(cancel)
	tab := &Tab{t: b.t, ctx: ctx, trouble: &trouble{home: home}}
	tab.must("open a tab", chromedp.Do(ctx))
	tab.must("watch the page", chromedp.Listen(ctx, tab.trouble.see))
	tab.must("switch the network domain on", call(ctx, network.Enable, network.EnableParams{}))
	tab.must("switch the log on", call(ctx, log.Enable, cdp.Empty{}))
	tab.Wear(l)
	return tab
}

// Wear changes how the tab is looked at; the page keeps what it holds.
func (tab *Tab) Wear(l Look) {
	tab.t.Helper()
	if l.Width == 0 {
		l.Width, l.Height = 1280, 900
	}
	scheme, language := "light", "en"
	if l.Dark {
		scheme = "dark"
	}
	if l.Language != "" {
		language = l.Language
	}
	tab.must("set the size", chromedp.Do(tab.ctx, chromedp.EmulateViewport(l.Width, l.Height)))
	tab.must("set the theme", call(tab.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}))
	tab.must("set the language", call(tab.ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{
		Headers: network.Headers{"Accept-Language": language}}))
	tab.must("switch scripts", call(tab.ctx, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: l.NoScript}))
}

// Before runs JavaScript in every page to come, before its own scripts.
func (tab *Tab) Before(script string) {
	tab.t.Helper()
	_, err := chromedp.Call(tab.ctx, page.AddScriptToEvaluateOnNewDocument,
		page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	tab.must("prepare pages", err)
}

// Open goes to an address and waits until the page has loaded.
func (tab *Tab) Open(url string) {
	tab.t.Helper()
	tab.do("open "+url, chromedp.Navigate(url))
}

// Reload loads the page again.
func (tab *Tab) Reload() { tab.t.Helper(); tab.do("reload", chromedp.Reload()) }

// Click clicks the first element the CSS selector finds once it is visible.
func (tab *Tab) Click(sel string) {
	tab.t.Helper()
	at := visible[[]float64](tab, "click "+sel, sel, `(() => {
		e.scrollIntoView({block: "nearest", inline: "nearest", behavior: "instant"});
		const r = e.getClientRects()[0];
		return [r.x + r.width / 2, r.y + r.height / 2];
	})()`)
	tab.do("click "+sel, chromedp.MouseClickXY(at[0], at[1]))
}

// Type types into a field as a keyboard would, after what stands there.
func (tab *Tab) Type(sel, text string) {
	tab.t.Helper()
	visible[bool](tab, "type into "+sel, sel, `(() => {
		e.focus();
		try { e.setSelectionRange(e.value.length, e.value.length) } catch { e.select?.() } // an address field knows no places
		return true;
	})()`)
	tab.do("type into "+sel, chromedp.KeyEvent(text))
}

// Fill replaces what stands in a field by typing; no text empties it.
func (tab *Tab) Fill(sel, text string) {
	tab.t.Helper()
	visible[bool](tab, "fill "+sel, sel, "(e.focus(), e.select(), true)")
	if text == "" {
		text = kb.Backspace
	}
	tab.do("fill "+sel, chromedp.KeyEvent(text))
}

// Press presses keys wherever the focus is.
func (tab *Tab) Press(keys string, opts ...chromedp.KeyOption) {
	tab.t.Helper()
	tab.do("press "+keys, chromedp.KeyEvent(keys, opts...))
}

// Attach puts files into a file field.
func (tab *Tab) Attach(sel string, files ...string) {
	tab.t.Helper()
	tab.do("attach to "+sel, chromedp.SetUploadFiles(chromedp.CSS(sel), files))
}

// See waits until an element is visible.
func (tab *Tab) See(sel string) {
	tab.t.Helper()
	visible[bool](tab, "see "+sel, sel, "true")
}

// visible waits until the first element of a selector is visible and answers
// what an expression says of it, which calls it e. The page itself is asked each
// time: a handle on the element would be lost when the page draws it anew.
func visible[T any](tab *Tab, what, sel, expression string) T {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, Patience)
	defer cancel()
	for {
		found, err := chromedp.Run(ctx, chromedp.Evaluate[*T](fmt.Sprintf(
			`(e => e?.checkVisibility({visibilityProperty: true}) && e.getClientRects().length ? %s : null)(document.querySelector(%q))`, expression, sel)))
		if err == nil && found != nil {
			return *found
		}
		if ctx.Err() != nil {
			tab.must(what, ctx.Err())
		}
		_, _ = chromedp.Run(ctx, chromedp.Sleep(pollEvery))
	}
}

// Until waits until a JavaScript expression is true. It survives navigations.
func (tab *Tab) Until(expression string) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, Patience)
	defer cancel()
	for {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		if err == nil && ok {
			return
		}
		if ctx.Err() != nil {
			tab.t.Fatalf("never became true: %s\n%s", expression, tab.Text("body"))
		}
		_, _ = chromedp.Run(ctx, chromedp.Sleep(pollEvery))
	}
}

// UntilText waits until the element's text contains words.
func (tab *Tab) UntilText(sel, words string) {
	tab.t.Helper()
	tab.Until(fmt.Sprintf("(document.querySelector(%q)||{innerText:''}).innerText.includes(%q)", sel, words))
}

// Text answers what an element shows, "" when there is none.
func (tab *Tab) Text(sel string) string {
	text, _ := chromedp.Run(tab.ctx, chromedp.Evaluate[string](
		fmt.Sprintf("(document.querySelector(%q)||{innerText:''}).innerText", sel)))
	return text
}

// Where answers the address of the page.
func (tab *Tab) Where() string {
	url, _ := chromedp.Run(tab.ctx, chromedp.Location())
	return url
}

// Shot writes a picture of the window as PNG when OKNO_SHOTS names a folder.
func (tab *Tab) Shot(name string) {
	tab.t.Helper()
	dir := os.Getenv("OKNO_SHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(tab.ctx, chromedp.CaptureScreenshot())
	tab.must("take a picture", err)
	tab.must("make the folder", os.MkdirAll(dir, 0o755))
	tab.must("write the picture", os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o644))
}

// Eval answers the value of a JavaScript expression.
func Eval[T any](tab *Tab, expression string) T {
	tab.t.Helper()
	v, err := chromedp.Run(tab.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	tab.must("evaluate "+strings.SplitN(expression, "\n", 2)[0], err)
	return v
}

func (tab *Tab) do(what string, a chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, Patience)
	defer cancel()
	tab.must(what, chromedp.Do(ctx, a))
}

func (tab *Tab) must(what string, err error) {
	tab.t.Helper()
	if err != nil {
		tab.t.Fatalf("%s: %v\nat %s\n%s", what, err, tab.Where(), tab.Text("body"))
	}
}
