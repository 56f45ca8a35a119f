package people_test

import (
	"testing"
	"time"

	"okno/tickets/people"
)

func TestMailLinkLetsInOnceFromTheBrowserThatAsked(t *testing.T) {
	everywhere(t, func(t *testing.T, c crew) {
		l, secret, err := c.AskMailLink(t.Context(), "mine", people.MailLink{Address: " Olga@Example.org ", Language: "ru", Next: "/portal/mine"})
		if err != nil || secret == "" || l.Address != "olga@example.org" {
			t.Fatal(l, secret, err)
		}
		for _, browser := range []string{"another", ""} {
			_, err = c.MailLink(t.Context(), secret, browser)
			refused(t, err, "error.people.mail_link.browser")
			_, _, err = c.UseMailLink(t.Context(), secret, browser)
			refused(t, err, "error.people.mail_link.browser")
		}
		p, used, err := c.UseMailLink(t.Context(), secret, "mine")
		if err != nil || p.Name != "olga@example.org" || p.Language != "ru" || used.Next != "/portal/mine" {
			t.Fatal(p, used, err)
		}
		_, _, err = c.UseMailLink(t.Context(), secret, "mine")
		refused(t, err, "error.people.mail_link")
		if known, err := c.store.Identities(t.Context(), p.ID); err != nil || len(known) != 1 || known[0].VerifiedAt.IsZero() {
			t.Error(known, err)
		}
	})
}

func TestMailLinkEndsAfterAQuarterOfAnHour(t *testing.T) {
	c := newCrew(t, "memory")
	_, secret, err := c.AskMailLink(t.Context(), "mine", people.MailLink{Address: "olga@example.org"})
	must(t, err)
	c.pass(15 * time.Minute)
	_, err = c.MailLink(t.Context(), secret, "mine")
	refused(t, err, "error.people.mail_link")
}

func TestMailLinkProvesTheAddressOfSomebodyKnown(t *testing.T) {
	c := newCrew(t, "memory")
	olga, err := c.Known(t.Context(), "email", "olga@example.org", "Olga", "en")
	must(t, err)
	_, secret, err := c.AskMailLink(t.Context(), "mine", people.MailLink{Address: "olga@example.org", Language: "ru"})
	must(t, err)
	p, _, err := c.UseMailLink(t.Context(), secret, "mine")
	if err != nil || p.ID != olga.ID || p.Name != "Olga" || p.Language != "en" {
		t.Error(p, err)
	}
	known, err := c.store.Identities(t.Context(), olga.ID)
	if err != nil || known[0].VerifiedAt.IsZero() {
		t.Error(known, err)
	}
}

func TestMailLinkLetsNobodyInWhoIsBlocked(t *testing.T) {
	c := newCrew(t, "memory")
	olga, err := c.Known(t.Context(), "email", "olga@example.org", "Olga", "en")
	must(t, err)
	_, before, err := c.AskMailLink(t.Context(), "mine", people.MailLink{Address: "olga@example.org"})
	must(t, err)
	must(t, c.store.BlockPerson(t.Context(), olga.ID, true))
	if _, secret, err := c.AskMailLink(t.Context(), "mine", people.MailLink{Address: "olga@example.org"}); err != nil || secret != "" {
		t.Error(secret, err)
	}
	_, _, err = c.UseMailLink(t.Context(), before, "mine")
	refused(t, err, "error.people.mail_link")
	_, _, err = c.AskMailLink(t.Context(), "mine", people.MailLink{Address: "no address"})
	refused(t, err, "error.people.email.form")
}
