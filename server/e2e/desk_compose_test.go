package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"

	"okno/server/browsertest"
	"okno/tickets"
)

// file is a JavaScript DataTransfer with one small file.
const file = `(() => { const t = new DataTransfer(); t.items.add(new File(["no paper"], %NAME%, {type: "text/plain"})); return t })()`

// TestComposing writes with everything the composer has and loses nothing.
func TestComposing(t *testing.T) {
	o := newOffice(t)
	o.clock.ago(0)
	ticket := o.asked("Olga Sinitsyna", "Till prints nothing", "The second till prints nothing.")
	browser := browsertest.Start(t)
	tab, hers := browser.Tab(o.url, browsertest.Look{}), browser.Apart(o.url, browsertest.Look{})
	o.signIn(tab, at(ticket))
	o.enter(hers, marinaEmail, marinaPassword, "/tickets?view=mentions")

	composeFiles(tab)
	composeDraft(o, ticket, tab)
	composeNote(tab)
	hers.UntilText("#rows", "Till prints nothing") // live, without a reload
	hers.UntilText("#to-mentions", "1")
	hers.Click("#rows a.open")
	hers.UntilText("#thread", "@Marina Kim")
	hers.Until("!document.querySelector('#to-mentions .count')") // read is done
	composeUndo(tab)
	tab.Calm()
	hers.Calm()
}

// composeFiles pastes one file and drops another.
func composeFiles(tab *browsertest.Tab) {
	run(tab, `document.getElementById("body").dispatchEvent(new ClipboardEvent("paste", {clipboardData: `+named("pasted.txt")+`, bubbles: true, cancelable: true}))`)
	tab.UntilText("#draft-files", "pasted.txt")
	run(tab, `document.getElementById("thread").dispatchEvent(new DragEvent("dragover", {dataTransfer: `+named("log.txt")+`, bubbles: true, cancelable: true}))`)
	tab.See("#composer.over")
	run(tab, `document.getElementById("thread").dispatchEvent(new DragEvent("drop", {dataTransfer: `+named("log.txt")+`, bubbles: true, cancelable: true}))`)
	tab.UntilText("#draft-files", "log.txt")
	tab.Until("!document.querySelector('#composer.over')")
	tab.Click("#draft-files button[title='Remove pasted.txt']")
	tab.Until("!document.querySelector('#draft-files').innerText.includes('pasted.txt')")
	focused(tab)
}

// composeDraft keeps text and file over a reload and over a restart.
func composeDraft(o *office, ticket tickets.Ticket, tab *browsertest.Tab) {
	tab.Type("#body", "Try another roll")
	o.kept(ticket, "Try another roll")
	tab.UntilText("#saved", "Draft saved at")
	tab.Reload()
	tab.Until("document.querySelector('#body').value === 'Try another roll'")
	tab.UntilText("#draft-files", "log.txt")
	url := tab.Where()
	tab.Open("about:blank")
	tab.Calm()
	o.restart()
	tab.Open(url)
	tab.Until("document.querySelector('#body').value === 'Try another roll'")
	tab.UntilText("#draft-files", "log.txt")
	tab.Trouble() // the other tab's stream broke with the restart
}

// composeNote finds a colleague after @, in a note only.
func composeNote(tab *browsertest.Tab) {
	tab.Type("#body", " @mar")
	run(tab, "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
	tab.Until("!document.querySelector('.names')") // a reply reaches people outside
	tab.Click("label:has(#mode-note)")
	erase(tab)
	tab.Type("#body", "Same as last week, @mar")
	tab.See(".names [role=option]")
	tab.Shot("mention-menu")
	tab.Press("\r")
	tab.Until("document.querySelector('#body').value.includes('@Marina Kim')")
	tab.Press("\r", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	tab.UntilText("#thread", "Only your team sees this")
	tab.Until("document.querySelector('#body').value === ''")
	focused(tab)
}

// composeUndo takes a reply back by the toast and by the key.
func composeUndo(tab *browsertest.Tab) {
	tab.Click("label:has(#mode-reply)")
	for _, take := range []func(){
		func() { tab.Click("#undo button") },
		func() { tab.Press("z", chromedp.KeyModifiers(chromedp.ModifierCtrl)) },
	} {
		erase(tab)
		tab.Type("#body", "Done, try again")
		tab.Press("\r", chromedp.KeyModifiers(chromedp.ModifierCtrl))
		tab.See("#undo button")
		tab.Until("document.querySelector('#body').value === ''")
		tab.Shot("undo-toast")
		take()
		tab.Until("document.querySelector('#body').value === 'Done, try again'")
		tab.UntilText("#undo", "was not sent")
		focused(tab)
	}
}

// TestFailedReply shows why a reply did not arrive and sends it again.
func TestFailedReply(t *testing.T) {
	o := newOffice(t)
	o.clock.ago(0)
	ticket := o.asked("Olga Sinitsyna", "Till prints nothing", "The second till prints nothing.")
	o.net.Fail(refused())
	tab := browsertest.Start(t).Tab(o.url, browsertest.Look{})
	o.signIn(tab, at(ticket)+"?from=open")
	reply(tab, "Try another roll.")
	tab.UntilText("#thread", "Not delivered: The recipient’s server says")
	tab.UntilText("#head", "Not delivered")
	tab.Shot("failed")
	tab.Click("#thread [id^=retry-]")
	tab.UntilText("#thread", "Sent at")
	tab.Until("!document.querySelector('#head').innerText.includes('Not delivered')")
	focused(tab)
	if n := len(o.net.Sent()); n != 1 {
		t.Errorf("%d messages left, 1 wanted", n)
	}
	tab.Calm()
}

// hostile is a mail that wants to run, load and send.
const hostile = `<h1>Invoice</h1><script>top.document.title = "owned"; alert(1)</script><img src="http://foreign.invalid/pixel.png" onerror="alert(2)">` +
	`<form action="http://foreign.invalid/"><input name="q" value="x"><button id="go">Pay</button></form><iframe src="http://foreign.invalid/frame"></iframe>` +
	`<link rel="stylesheet" href="http://foreign.invalid/x.css"><svg onload="alert(3)"></svg><meta http-equiv="refresh" content="0;url=http://foreign.invalid/">`

// TestOriginalIsInert opens a hostile mail as it came: nothing leaves the frame.
func TestOriginalIsInert(t *testing.T) {
	o := newOffice(t)
	o.clock.ago(0)
	ticket := o.asked("Olga Sinitsyna", "Invoice", "See below.")
	blob, _, err := o.srv.Rooms.Files.Put(t.Context(), reader("Subject: Invoice\r\n\r\nSee below."))
	o.ok(err)
	o.writes(ticket, tickets.Incoming{Body: "Invoice", HTML: hostile, Original: blob})
	tab := browsertest.Start(t).Tab(o.url, browsertest.Look{})
	o.signIn(tab, at(ticket))
	tab.Click("#thread [data-frame] summary")
	tab.See("#thread iframe.original")
	run(tab, `fetch(document.querySelector("iframe.original").src).then(r => r.text())`) // later than the frame
	tab.Until("document.title.includes('Invoice') && location.pathname.startsWith('/tickets/')")
	tab.Shot("original")
	for _, line := range tab.Trouble() {
		if !blocked(line) {
			t.Errorf("trouble: %s", line)
		}
	}
	if got := browsertest.Eval[string](tab, `fetch(document.querySelector("a.eml").href).then(r => r.headers.get("content-disposition") + r.headers.get("content-security-policy"))`); got != `attachment; filename="ticket-1-3.eml"default-src 'none'; sandbox` {
		t.Errorf("the original comes with %s", got)
	}
	tab.Calm()
}
