package e2e

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"okno/server/browsertest"
	"okno/tickets"
	"okno/tickets/forms"
)

// TestNewcomerBuildsAForm has an administrator who never saw the editor build a
// form of five steps with a condition and an approval, try it in the chat beside
// it and publish it; then somebody fills it in the portal, and the approver
// agrees by the link in the letter.
func TestNewcomerBuildsAForm(t *testing.T) {
	w := newWindow(t)
	tab := w.browser.Tab(w.url, browsertest.Look{})
	w.signIn(tab, "/settings/requests")
	n := newcomer{w, tab}
	n.begins()
	n.asks("Who comes?", "text")
	n.asks("When do they come?", "date")
	n.asks("By car, perhaps?", "yesno")
	n.asks("Which number plate?", "plate")
	n.asks("Anything else?", "long")
	n.onlyByCar()
	n.optional()
	n.approvedBy("guard@example.test")
	n.orders()
	n.tries()
	n.publishes()
	tab.Calm()
	n.filledIn(w.browser.Apart(w.url, browsertest.Look{}))
}

// newcomer is the administrator at the editor.
type newcomer struct {
	*window
	tab *browsertest.Tab
}

func (n newcomer) begins() {
	n.tab.Click("a[href='/settings/requests/new']")
	n.tab.Fill("#name_en", "Guest on site")
	choose(n.tab, "#section", "office")
	n.tab.Click("form[action='/settings/requests/new'] button.primary")
	n.tab.UntilText("#name", "Guest on site")
	n.tab.UntilText("#state", "draft")
	n.tab.Axe("a new request type")
}

// asks adds a question.
func (n newcomer) asks(label, kind string) {
	n.tab.Click("#add-step")
	n.tab.Fill("#new-step #label_en", label)
	n.tab.Click(fmt.Sprintf("label:has([name=type][value=%s])", kind))
	n.tab.Click("#new-step button.primary")
	n.tab.UntilText("#step-title", label)
	n.tab.UntilText("#steps", label)
}

// onlyByCar asks for the plate only of those who come by car.
func (n newcomer) onlyByCar() {
	n.opens("Which number plate?")
	n.tab.Click("#when-or")
	n.tab.See("#when-step-0")
	choose(n.tab, "#when-step-0", n.key("By car, perhaps?"))
	n.tab.See("#when-to-0")
	choose(n.tab, "#when-to-0", "yes")
	n.tab.UntilText(".step.sub", "By car, perhaps?")
	n.tab.Axe("a step with a condition")
	n.tab.Shot("newcomer-condition")
}

// optional lets the last question go unanswered.
func (n newcomer) optional() {
	n.opens("Anything else?")
	n.tab.Click("label:has([name=required][value=false])")
	n.tab.Type("#help_en", "Lifts, lunch, luggage")
	n.opens("Who comes?") // what was typed a moment ago is kept
	n.opens("Anything else?")
	n.tab.Until("document.querySelector('#help_en').value === 'Lifts, lunch, luggage' && document.querySelector('[name=required][value=false]').checked")
}

// approvedBy adds a stage of approval.
func (n newcomer) approvedBy(address string) {
	n.tab.Click("[value='add.stages']")
	n.tab.See("#name_en")
	n.tab.Fill("#name_en", "The guard")
	n.tab.Until("document.querySelector('#approver-kind-0') || document.querySelector('#approver-add')")
	if !browsertest.Eval[bool](n.tab, "!!document.querySelector('#approver-kind-0')") {
		n.tab.Click("#approver-add")
	}
	n.tab.See("#approver-kind-0")
	choose(n.tab, "#approver-kind-0", string(forms.ByAddress))
	n.tab.See("#approver-value-0[type=email]")
	n.tab.Fill("#approver-value-0", address)
	n.tab.UntilText("#steps", "The guard")
	n.tab.Axe("a stage of approval")
	n.tab.Shot("newcomer-approval")
}

// orders takes a step up by the keyboard and down again with the mouse.
func (n newcomer) orders() {
	step := n.key("When do they come?")
	n.tab.Click("#to-steps-" + step)
	n.tab.UntilText("#step-title", "When do they come?")
	run(n.tab, fmt.Sprintf("document.getElementById('grip-steps-%s').focus()", step))
	n.tab.Press(kb.ArrowUp)
	n.tab.Until(n.at(step, 0))
	n.tab.Until(fmt.Sprintf("document.activeElement.id === 'grip-steps-%s'", step))
	n.tab.Click("#move-down")
	n.tab.Until(n.at(step, 1))
}

// tries plays the form in the chat beside it.
func (n newcomer) tries() {
	n.tab.UntilText("#talk-preview", "Who comes?")
	n.tab.Type("#chat-say", "Alan Turing"+kb.Enter)
	n.tab.UntilText("#talk-preview", "When do they come?")
	n.tab.Shot("newcomer-chat")
}

func (n newcomer) publishes() {
	n.tab.Click("form[action$='/publish'] button")
	n.tab.UntilText("#said", "Published as version 1")
	n.tab.UntilText("#state", "version 1 is published")
	n.tab.Axe("a published request type")
}

// approveLink finds the link in the letter to an approver.
var approveLink = regexp.MustCompile(`http://[^\s>)]+/approve/[^\s>)]+`)

// filledIn fills the form in the portal and has the approver agree.
func (n newcomer) filledIn(tab *browsertest.Tab) {
	n.t.Helper()
	n.comeIn(tab, "grace@example.test")
	tab.Open(n.url + "/portal")
	tab.Type("#q", "guest on site")
	tab.Until("document.querySelectorAll('#offer .topic').length === 1")
	tab.Click("#offer .topic a")
	tab.Click("#way")
	guest, day, car, plate := n.answer("Who comes?"), n.answer("When do they come?"), n.answer("By car, perhaps?"), n.answer("Which number plate?")
	tab.See(day) // all on one page
	tab.Fill(guest, "Alan Turing")
	choose(tab, day, n.tomorrow())
	tab.Click("label:has(" + car + "-0)")
	tab.Fill(plate, "а412мр77")
	tab.Click("#next")
	tab.UntilText("#answers", "Alan Turing")
	tab.Click("#send-now")
	tab.UntilText("#talk", "Alan Turing")
	n.eventually("the ticket waits for the guard", func() bool {
		t, err := n.srv.Rooms.Store.TicketByNumber(n.t.Context(), 1)
		return err == nil && t.Category == tickets.OnHold
	})
	n.agreed(tab)
	composed(n.t, tab)
}

// agreed has the guard agree by the link they were sent.
func (n newcomer) agreed(tab *browsertest.Tab) {
	n.t.Helper()
	var link string
	n.eventually("the guard is asked", func() bool {
		for _, out := range n.net.Sent() {
			if out.To.ID == "guard@example.test" {
				link = approveLink.FindString(out.Body)
			}
		}
		return link != ""
	})
	n.tab.Open(n.url + "/tickets/1")
	n.tab.UntilText("#approvals", "The guard")
	n.tab.Axe("a ticket that waits for approval")
	n.tab.Shot("approval-ticket")
	tab.Open(link)
	tab.UntilText("#asked", "Alan Turing")
	tab.Axe("the question of an approval")
	tab.Shot("approval-asked")
	tab.Click("#answer button[value=agree]")
	tab.Until("document.querySelector('#approval').dataset.state !== 'open'")
	n.eventually("the ticket is new again", func() bool {
		t, err := n.srv.Rooms.Store.TicketByNumber(n.t.Context(), 1)
		return err == nil && t.Category == tickets.New
	})
}

// answer is the field of the portal for the question with this label.
func (n newcomer) answer(label string) string { return "#a-" + n.key(label) }

// opens goes to the step with this label.
func (n newcomer) opens(label string) {
	n.tab.Click("#to-steps-" + n.key(label))
	n.tab.UntilText("#step-title", label)
}

// key is that of the step with this label.
func (n newcomer) key(label string) string {
	return browsertest.Eval[string](n.tab, fmt.Sprintf(
		"[...document.querySelectorAll('#steps [data-key]')].find((row) => row.innerText.includes(%q)).dataset.key", label))
}

// at says in JavaScript that a step stands at a place.
func (n newcomer) at(step string, place int) string {
	return fmt.Sprintf("document.querySelectorAll('[data-order=steps] > [data-key]')[%d]?.dataset.key === %q", place, step)
}
