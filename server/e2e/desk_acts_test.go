package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"okno/server/browsertest"
	"okno/tickets"
)

// TestActsByKeysAlone merges, splits, links, marks as spam and deletes tickets,
// and takes each back, without a mouse and under the Russian layout.
func TestActsByKeysAlone(t *testing.T) {
	o := newOffice(t)
	o.clock.ago(3 * time.Hour)
	milk := o.asked("Pavel Gromov", "Milk is late", "Where is the milk?")
	o.clock.ago(2 * time.Hour)
	till := o.asked("Olga Sinitsyna", "Till prints nothing", "The second till prints nothing.")
	o.writes(till, tickets.Incoming{Body: "And the fridge hums."})
	o.clock.ago(0)
	tab := browsertest.Start(t).Tab(o.url, browsertest.Look{})
	o.signIn(tab, at(till)+"?from=open")
	tab.Until("document.documentElement.dataset.stream === 'up'")
	k := keyboard{tab}
	k.merges(till, milk)
	k.splits(till)
	k.links(till, milk)
	k.judges()
	k.deletes(till)
	tab.Calm()
}

// keyboard is somebody who has no mouse.
type keyboard struct{ tab *browsertest.Tab }

// undo takes the last step back.
func (k keyboard) undo() {
	k.tab.See("#undo [data-key=undo]")
	k.tab.Press("z", chromedp.KeyModifiers(chromedp.ModifierCtrl), russian("я"))
}

// finds looks for the ticket in a page that chooses one and takes the first.
func (k keyboard) finds(words string, want tickets.Ticket) {
	k.tab.Until("document.activeElement.id === 'q'")
	k.tab.Press(words)
	k.tab.Until("document.querySelectorAll('.targets li').length === 1")
	k.tab.Press("\t")
	k.tab.Until(fmt.Sprintf("document.activeElement.id === 'target-%d'", want.Number))
	k.tab.Press("\r")
}

func (k keyboard) merges(till, milk tickets.Ticket) {
	k.tab.Press("M", russian("Ь"))
	k.finds("milk gromov", milk)
	k.tab.UntilText("#merge-form", "Everything said in #2 moves to #1")
	k.tab.Until("document.activeElement.closest('#merge-form')")
	k.tab.Press("\r")
	k.tab.UntilText("#subject", milk.Subject)
	k.tab.UntilText("#thread", "The second till prints nothing.")
	k.tab.UntilText("#thread", "#2 merged into this ticket, 2 messages")
	focused(k.tab)
	k.tab.Shot("acts-merged")
	k.undo()
	k.tab.UntilText("#subject", till.Subject)
	k.tab.UntilText("#thread", "merge into #1 undone")
	focused(k.tab)
}

func (k keyboard) splits(till tickets.Ticket) {
	k.tab.Press("S", russian("Ы"))
	k.tab.Until("document.activeElement.name === 'message'")
	k.tab.Press("\t")
	k.tab.Press(" ")
	k.tab.Press("\t")
	k.tab.Until("document.activeElement.id === 'subject'")
	k.tab.Press("\r")
	k.tab.UntilText("#thread", "split off from #2, 1 message")
	k.tab.UntilText("#thread", "And the fridge hums.")
	k.tab.Shot("acts-split")
	k.undo()
	k.tab.UntilText("#thread", "#3 put back into this ticket")
	k.tab.UntilText("#subject", till.Subject)
}

func (k keyboard) links(till, milk tickets.Ticket) {
	k.tab.Press("L", russian("Д"))
	k.finds("#"+fmt.Sprint(milk.Number), milk)
	k.tab.Until("document.activeElement.id === 'kind-related'")
	k.tab.Press(kb.ArrowDown)
	k.tab.Until("document.querySelector('#kind-parent').checked")
	k.tab.Press("\r")
	k.tab.UntilText("#links", "Part of")
	k.tab.UntilText("#links", milk.Subject)
	k.tab.UntilText("#subject", till.Subject)
}

// judges marks spam by the menu and takes it back by the key.
func (k keyboard) judges() {
	k.tab.Press(".", russian("ю"))
	k.tab.Until("document.activeElement.id === 'to-merge'")
	k.tab.Shot("acts-menu")
	k.tab.Press(kb.Escape)
	k.tab.Until("!document.querySelector('#more').open")
	k.tab.Press(".", russian("ю"))
	for range 3 {
		k.tab.Press(kb.ArrowDown)
	}
	k.tab.Until("document.activeElement.value === 'spam'")
	k.tab.Press("\r")
	k.tab.UntilText("#undo", "Marked as spam")
	k.tab.Press("#", russian("№"))
	k.tab.UntilText("#thread", "not spam")
	k.tab.Until("!document.querySelector('#undo form')")
}

func (k keyboard) deletes(till tickets.Ticket) {
	k.tab.Press(kb.Delete)
	k.tab.Until("document.activeElement.id === 'keep'")
	k.tab.Press("\t", chromedp.KeyModifiers(chromedp.ModifierShift))
	k.tab.Until("document.activeElement.classList.contains('danger')")
	k.tab.Press("\r")
	k.tab.UntilText("#undo", "Deleted #2")
	k.tab.Until("document.querySelectorAll('#list .row').length === 1")
	focused(k.tab)
	k.tab.Shot("acts-deleted")
	k.undo()
	k.tab.UntilText("#subject", till.Subject)
	k.tab.UntilText("#thread", "ticket restored")
}

// plainActs does the same in a browser without scripts, and finds the deleted
// ticket in its list.
func plainActs(o *office, tab *browsertest.Tab, one, two tickets.Ticket) {
	tab.Open(o.url + at(one))
	tab.Click("#more summary")
	tab.Click("#to-merge")
	tab.Type("#q", two.Subject)
	tab.Click("#find button")
	tab.Until("location.search.includes('q=')")
	tab.Click(fmt.Sprintf("#target-%d", two.Number))
	tab.Click("#merge-form .primary")
	tab.UntilText("#thread", "merged into this ticket")
	tab.Open(o.url + at(one))
	tab.Click("#revive")
	tab.UntilText("#thread", "undone")
	plainSplit(tab)
	tab.Click("#more summary")
	tab.Click("#to-delete")
	tab.Click("#delete-form .danger")
	tab.UntilText("#undo", "Deleted")
	tab.Click("#to-deleted")
	tab.Click(fmt.Sprintf("#open-%d", one.Number))
	tab.UntilText("#gone", "deleted this ticket")
	tab.Click("#revive")
	tab.See("#composer")
}

// plainSplit splits a ticket and puts it together by the line of what was done.
func plainSplit(tab *browsertest.Tab) {
	tab.Click("#more summary")
	tab.Click("#to-split")
	tab.Click(".pick")
	tab.Click("#split-form .primary")
	tab.UntilText("#thread", "split off from")
	tab.Click("#thread .linkish")
	tab.UntilText("#thread", "put back into this ticket")
}
