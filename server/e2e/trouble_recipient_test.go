package e2e

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"okno/channels/email/mailtest"
	"okno/server"
	"okno/tickets/people"
)

const (
	refusedAddress = "rejectme@example.test" // 550
	busyAddress    = "tempfail@example.test" // 451
)

// answering is a desk with a mailbox. The colleague who reads Russian answers, so
// tickets become hers.
func answering(t *testing.T) (*mailtest.Rig, *desk, map[string]*visitor) {
	t.Helper()
	rig := mailtest.Start(t)
	rig.AddUser(helpAddress, helpPassword)
	d := start(t, withAdmin(t.TempDir()), server.Options{Kinds: quick(rig), UndoWindow: 50 * time.Millisecond})
	all := staff(t, d, people.Answerer)
	all["en"].connect(rig, helpAddress, helpPassword)
	return rig, d, all
}

var retryForm = regexp.MustCompile(`action="(/messages/\d+/retry)"`)

// TestRefusedRecipientIsShownAndCanBeRetried answers an address that is gone.
func TestRefusedRecipientIsShownAndCanBeRetried(t *testing.T) {
	t.Parallel()
	rig, d, all := answering(t)
	marina := all["ru"]
	rig.Deliver(helpAddress, asks(refusedAddress, helpAddress, "Refund"))
	d.eventually("the mail is a ticket", func() bool { return marina.there("/tickets/1") })
	marina.led("/tickets/1/messages", says("It is on its way."))

	for language, words := range map[string][3]string{
		"en": {"there is no such address", "Retry", "Not delivered"},
		"ru": {"такого адреса нет", "Повторить", "Не доставлено"},
	} {
		took := within(t, patience, "the ticket says why in "+language, func() bool { return all[language].shows("/tickets/1", words[0]) })
		t.Logf("said in %s after %v", language, took)
		if !all[language].shows("/tickets/1", words[1]) {
			t.Errorf("%s: no button %q", language, words[1])
		}
		if !all[language].shows("/tickets?view=open", words[2]) {
			t.Errorf("the list does not say %q", words[2])
		}
	}
	if !marina.shows("/tickets?view=mine", "Не доставлено") {
		t.Error("the list of what is hers does not tell the assignee")
	}
	marina.retry("/tickets/1") // still refused
	d.eventually("the second refusal is shown", func() bool {
		_, text := marina.get("/tickets/1")
		return retryForm.MatchString(text) && strings.Contains(text, "такого адреса нет")
	})
	rig.AddUser(refusedAddress, "back")
	marina.retry("/tickets/1")
	arrival(t, rig, refusedAddress, "It is on its way.")
	d.eventually("the list is calm again", func() bool { return !marina.shows("/tickets?view=mine", "Не доставлено") })
	if n := len(rig.Messages(refusedAddress)); n != 1 {
		t.Errorf("the reply arrived %d times", n)
	}
}

// retry presses the button of the only failed reply.
func (v *visitor) retry(page string) {
	v.t.Helper()
	_, text := v.get(page)
	form := retryForm.FindStringSubmatch(text)
	if form == nil {
		v.t.Fatalf("no reply can be retried:\n%s", text)
	}
	if status, text := v.post(form[1], url.Values{}); status != http.StatusSeeOther {
		v.t.Fatalf("retry answered %d:\n%s", status, text)
	}
}

// TestBusyRecipientGetsTheReplyByItself answers an address that is busy at first.
func TestBusyRecipientGetsTheReplyByItself(t *testing.T) {
	t.Parallel()
	rig, d, all := answering(t)
	marina := all["ru"]
	rig.Deliver(helpAddress, asks(busyAddress, helpAddress, "Invoice"))
	d.eventually("the mail is a ticket", func() bool { return marina.there("/tickets/1") })
	marina.led("/tickets/1/messages", says("Here it is."))
	for language, words := range map[string]string{"en": "asks to try later", "ru": "просит повторить позже"} {
		within(t, patience, "the ticket says so in "+language, func() bool { return all[language].shows("/tickets/1", words) })
	}
	if marina.shows("/tickets?view=mine", "Не доставлено") {
		t.Error("a reply that is tried again counts as not delivered")
	}
	rig.AddUser(busyAddress, "free")
	took := within(t, 45*time.Second, "the reply leaves by itself", func() bool { return marina.shows("/tickets/1", "Отправлено в") })
	t.Logf("left by itself %v after the server took mail", took)
	arrival(t, rig, busyAddress, "Here it is.")
	if n := len(rig.Messages(busyAddress)); n != 1 {
		t.Errorf("the reply arrived %d times", n)
	}
}
