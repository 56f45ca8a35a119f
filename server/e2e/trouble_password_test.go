package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"okno/channels/email/mailtest"
	"okno/server"
	"okno/tickets/people"
)

// refusedPassword is what people read of a wrong password.
func refusedPassword() map[string]string {
	return map[string]string{"en": "refused the user name or the password", "ru": "не принял имя пользователя или пароль"}
}

// TestWrongPasswordIsSaidBeforeAnythingIsSaved presses "Test connection".
func TestWrongPasswordIsSaidBeforeAnythingIsSaved(t *testing.T) {
	t.Parallel()
	rig := mailtest.Start(t)
	rig.AddUser(helpAddress, helpPassword)
	d := start(t, withAdmin(t.TempDir()), server.Options{Kinds: quick(rig)})
	for language, v := range staff(t, d, people.Administrator) {
		form := channelFields(rig, helpAddress, "mistyped")
		form.Set("name", "Front desk")
		form.Set("do", "check")
		status, text := v.post("/settings/channels/new/email", form)
		if words := refusedPassword()[language]; status != http.StatusOK || !strings.Contains(text, words) {
			t.Errorf("%s: answered %d without %q", language, status, words)
		}
		for _, typed := range []string{"Front desk", helpAddress, form.Get("field.imap_port"), form.Get("field.smtp_port")} {
			if !strings.Contains(text, `value="`+typed+`"`) {
				t.Errorf("%s: %q is not in the form any more", language, typed)
			}
		}
		if strings.Contains(text, "mistyped") {
			t.Errorf("%s: the password is on the page", language)
		}
	}
	if list, err := d.srv.Hub.Channels(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("a test saved %d channels, %v", len(list), err)
	}
}

// TestChangedPasswordIsShownAndRecoversByItself changes it on the mail server.
func TestChangedPasswordIsShownAndRecoversByItself(t *testing.T) {
	t.Parallel()
	rig := mailtest.Start(t)
	rig.AddUser(helpAddress, helpPassword)
	d := start(t, withAdmin(t.TempDir()), server.Options{Kinds: quick(rig)})
	all := staff(t, d, people.Administrator)
	v := all["en"]
	page := v.connect(rig, helpAddress, helpPassword)
	rig.Deliver(helpAddress, asks(annaAddress, helpAddress, "Before"))
	d.eventually("the first mail is a ticket", func() bool { return v.there("/tickets/1") })

	locksOut(t, rig, v, page, "another")
	for language, words := range refusedPassword() {
		if !all[language].shows(page, words) || !all[language].shows("/settings/channels", words) {
			t.Errorf("%s: the pages of the channel do not say %q", language, words)
		}
	}
	rig.Deliver(helpAddress, asks(annaAddress, helpAddress, "Meanwhile"))

	rig.AddUser(helpAddress, helpPassword)
	took := within(t, 15*time.Second, "the mail of meanwhile is a ticket", func() bool { return v.there("/tickets/2") })
	t.Logf("received again %v after the password was right", took)
	d.eventually("the state is good again", func() bool { return !v.shows(page, refusedPassword()["en"]) })

	locksOut(t, rig, v, page, "newer")
	v.led(page, channelFields(rig, helpAddress, "newer"))
	rig.Deliver(helpAddress, asks(annaAddress, helpAddress, "After"))
	took = within(t, 15*time.Second, "a typed password is used at once", func() bool { return v.there("/tickets/3") })
	t.Logf("received again %v after the new password was typed", took)
	if v.there("/tickets/4") {
		t.Error("a mail became two tickets")
	}
}

// locksOut changes the password on the server and waits until the channel's page
// says so. Dovecot may take a second to see the change.
func locksOut(t *testing.T, rig *mailtest.Rig, v *visitor, page, password string) {
	t.Helper()
	rig.AddUser(helpAddress, password)
	took := within(t, patience, "the channel's page says that the password is wrong", func() bool {
		rig.Kick(helpAddress)
		return v.shows(page, refusedPassword()["en"])
	})
	t.Logf("shown %v after the password was changed", took)
}
