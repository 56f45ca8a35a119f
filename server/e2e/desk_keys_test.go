package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"okno/server/browsertest"
)

// russian is the same key under the Russian layout.
func russian(letter string) chromedp.KeyOption {
	return func(p *input.DispatchKeyEventParams) { p.Key, p.Text, p.UnmodifiedText = letter, letter, letter }
}

// TestKeysAlone sorts tickets without a mouse, under two layouts.
func TestKeysAlone(t *testing.T) {
	o := newOffice(t)
	o.clock.ago(0)
	browser := browsertest.Start(t)
	for _, layout := range []struct {
		name string
		keys map[string]string
	}{
		{"latin", map[string]string{"j": "j", "k": "k", "r": "r", "n": "n", "i": "i", "a": "a", "s": "s", "e": "e", "u": "u"}},
		{"russian", map[string]string{"j": "о", "k": "л", "r": "к", "n": "т", "i": "ш", "a": "ф", "s": "ы", "e": "у", "u": "г"}},
	} {
		o.asked("Olga Sinitsyna", "Till prints nothing", "The second till prints nothing.")
		o.asked("Pavel Gromov", "Milk is late", "Where is the milk?")
		tab := browser.Apart(o.url, browsertest.Look{})
		o.signIn(tab, "/tickets?view=unassigned")
		tab.Until("document.documentElement.dataset.stream === 'up'")
		triage(tab, func(key string) { tab.Press(key, russian(layout.keys[key])) })
		tab.Calm()
	}
}

// triage opens a ticket, takes, answers, notes and solves it, by keys alone.
func triage(tab *browsertest.Tab, press func(key string)) {
	press("j")
	tab.Until("document.querySelectorAll('#list .row')[0].classList.contains('current')")
	press("j")
	tab.Until("document.querySelectorAll('#list .row')[1].classList.contains('current')")
	press("k")
	tab.Until("document.querySelectorAll('#list .row')[0].classList.contains('current')")
	tab.Shot("keyboard-row")
	tab.Press("\r")
	tab.See("#thread")
	focused(tab)
	press("i")
	tab.UntilText("#thread", "assignee Jonas Weber")
	focused(tab)
	press("a")
	tab.Until("document.activeElement.id === 'f-assignee'")
	blur(tab)
	press("s")
	tab.Until("document.activeElement.id === 'f-status'")
	blur(tab)
	press("n")
	tab.Until("document.activeElement.id === 'body' && document.querySelector('#mode-note').checked")
	typed(tab, "Same as last week")
	tab.UntilText("#thread", "Same as last week")
	blur(tab)
	press("r")
	tab.Until("document.activeElement.id === 'body' && document.querySelector('#mode-reply').checked")
	typed(tab, "Try another roll")
	tab.UntilText("#thread", "Try another roll")
	blur(tab)
	tab.Press("?")
	tab.See("#keys[open]")
	tab.Shot("keys")
	tab.Press("\x1b")
	tab.Until("!document.querySelector('#keys').open")
	press("e")
	tab.UntilText("#head", "Solved")
	focused(tab)
	press("u")
	tab.See("#list")
	focused(tab)
}

// typed writes into the composer and sends by the keyboard.
func typed(tab *browsertest.Tab, text string) {
	tab.Press(text)
	tab.Press("\r", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	tab.Until("document.querySelector('#body').value === ''")
}

// blur leaves a field as Escape does.
func blur(tab *browsertest.Tab) {
	tab.Press("\x1b")
	tab.Until("!document.activeElement.closest('textarea, select')")
}
