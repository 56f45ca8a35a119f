package web_test

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"okno/server/web"
	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

func TestFrontPageOffersAndFinds(t *testing.T) {
	k := newCounter(t)
	b := k.browser()
	b.get("/portal").status(http.StatusOK).has("Office", "Guest pass", `href="/portal/r/pass"`).lacks("Form secret", "Form inner", "Form staff")
	for _, query := range []string{"guest", "пропуск", "VISIT", "парков", "guest+pass"} {
		b.get("/portal?q=" + query).has("Guest pass")
	}
	b.get("/portal?q=elephant").status(http.StatusOK).has("Nothing found", "elephant").lacks("Guest pass")
	b.header.Set("HX-Request-Type", "partial")
	b.get("/portal?q=guest").has(`id="offer"`, "1 form found").lacks("<html")
	k.signedIn("boris@example.com").get("/portal").has("Form inner", "Form staff").lacks("Form secret")
	k.entered("olga@example.com").get("/portal").has("Form inner").lacks("Form staff")
}

func TestFormStepByStep(t *testing.T) {
	k := newCounter(t)
	b := k.entered("olga@example.com")
	b.get("/portal/r/pass").leadsTo("/portal/r/pass/step/guest")
	b.get("/portal/r/pass/step/guest").status(http.StatusOK).has("Question 1 of 6", "A pass is for one day.", `aria-describedby="a-guest-hint"`).lacks(`id="back"`)
	b.post("/portal/r/pass/step/guest", "a.guest", "Al", "do", "next").status(http.StatusUnprocessableEntity).
		has(`value="Al"`, `aria-invalid="true"`, `id="a-guest-error"`, `aria-describedby="a-guest-error a-guest-hint"`)
	b.get("/portal/r/pass/step/guest").has(`value="Al"`) // nothing typed is lost
	b.post("/portal/r/pass/step/guest", "a.guest", "Alan Turing", "do", "next").leadsTo("/portal/r/pass/step/day")
	b.get("/portal/r/pass/step/day").has(`value="2026-11-22"`, "Question 2 of 6") // the default: tomorrow
	b.post("/portal/r/pass/step/day", "a.day", "2026-11-30", "do", "back").leadsTo("/portal/r/pass/step/guest")
	b.get("/portal").has("Begun, your answers are kept")
	b.get("/portal/r/pass").leadsTo("/portal/r/pass/step/car")
	b.post("/portal/r/pass/step/car", "a.car", "yes", "do", "next").leadsTo("/portal/r/pass/step/plate")
	b.get("/portal/r/pass/step/plate").has("Question 4 of 7")
	b.post("/portal/r/pass/step/plate", "a.plate", "а412мр77", "do", "next").leadsTo("/portal/r/pass/step/office")
	b.post("/portal/r/pass/step/office", "a.office", "nowhere", "do", "next").status(http.StatusUnprocessableEntity)
	b.post("/portal/r/pass/step/office", "a.office", "forest", "do", "next").leadsTo("/portal/r/pass/step/host")
	b.post("/portal/r/pass/step/host", "a.host", "boris agent", "do", "next").leadsTo("/portal/r/pass/step/papers")
	b.post("/portal/r/pass/step/papers", "do", "next").leadsTo("/portal/r/pass/check")
	b.get("/portal/r/pass/check").status(http.StatusOK).has("Alan Turing", "30 Nov 2026", "Forest St", "Boris Agent", `/portal/r/pass/step/guest?whole=1`)
	b.get("/portal/r/pass/step/car?whole=1").has(`name="whole"`)
	b.post("/portal/r/pass/step/car", "a.car", "no", "do", "next", "whole", "1").leadsTo("/portal/r/pass/check")
	b.get("/portal/r/pass/check").lacks("А412МР")
	k.sends(b)
}

// sends sends the form twice and finds one ticket with all answers.
func (k *counter) sends(b *browser) {
	k.t.Helper()
	page := b.get("/portal/r/pass/check").Body.String()
	_, rest, _ := strings.Cut(page, `name="once" value="`)
	once, _, _ := strings.Cut(rest, `"`)
	b.post("/portal/r/pass/send", "once", once).leadsTo("/portal/t/1?made=1")
	b.post("/portal/r/pass/send", "once", once).leadsTo("/portal/t/1")
	b.get("/portal/t/1?made=1").status(http.StatusOK).has("Pass: Alan Turing", "Its number is 1", "Forest St")
	b.get("/portal/mine").has("Pass: Alan Turing", "Taken in, nobody works on it yet")
	b.get("/portal/t/2").status(http.StatusNotFound)
	b.get("/portal").lacks("Begun, your answers are kept")
}

func TestFormOnOnePageAsksAnewWhatAnAnswerBringsUp(t *testing.T) {
	k := newCounter(t)
	b := k.entered("olga@example.com")
	b.post("/portal/r/pass/step/guest", "a.guest", "Alan", "do", "page").leadsTo("/portal/r/pass/all")
	b.get("/portal/r/pass/all").has(`value="Alan"`, "By car", `hx-post="/portal/r/pass/all"`).lacks("Car plate")
	shown := []string{"on", "rules", "on", "guest", "on", "day", "on", "car", "on", "office", "on", "host", "on", "papers"}
	b.header.Set("HX-Request-Type", "partial")
	b.post("/portal/r/pass/all", append(shown, "a.guest", "Alan", "a.car", "yes")...).status(http.StatusOK).has(`id="questions"`, "Car plate").lacks("<html", "a-office-error")
	b.header.Del("HX-Request-Type")
	typed := []string{"a.guest", "Alan", "a.day", "2026-11-30", "a.car", "yes", "a.office", "garden", "do", "next"}
	b.post("/portal/r/pass/all", append(shown, append(typed, "a.guest", "")...)...).status(http.StatusOK).has("Car plate", "autofocus") // it was not on the page yet
	shown = append(shown, "on", "plate")
	b.post("/portal/r/pass/all", append(shown, append(typed, "a.plate", "zz zz zz")...)...).status(http.StatusUnprocessableEntity).has("a-plate-error", `value="zz zz zz"`)
	b.post("/portal/r/pass/all", append(shown, append(typed, "a.plate", "а412мр77")...)...).leadsTo("/portal/r/pass/check")
	b.get("/portal/r/pass").leadsTo("/portal/r/pass/all") // the way somebody chose stays
}

func TestFilesOfAForm(t *testing.T) {
	k := newCounter(t)
	b := k.browser()
	b.upload("/portal/r/pass/files/papers", "files", "bill.exe", "x").status(http.StatusUnprocessableEntity).has("bill.exe").lacks("<html")
	b.upload("/portal/r/pass/files/papers", "files", "bill.pdf", "x").status(http.StatusOK).has("bill.pdf")
	b.upload("/portal/r/pass/step/papers", "a.papers", "plan.pdf", "y", "do", "next").leadsTo("/portal/r/pass/step/guest")
	b.get("/portal/r/pass/step/papers").has("bill.pdf", "plan.pdf")
	b.post("/portal/r/pass/step/papers", "remove", "papers 0").leadsTo("/portal/r/pass/step/papers")
	b.get("/portal/r/pass/step/papers").has("plan.pdf").lacks("bill.pdf")
	b.upload("/portal/r/pass/files/guest", "files", "a.pdf", "x").status(http.StatusNotFound)
}

// TestTabsOfOneBrowserLoseNothing has files put on the server while answers are
// kept, by two processes: each request writes the whole form.
func TestTabsOfOneBrowserLoseNothing(t *testing.T) {
	k := newCounter(t)
	b, twin := k.browser(), *k.desk
	twin.engine = k.process()
	b.get("/portal/r/pass/step/guest")
	var all sync.WaitGroup
	for n := range 8 {
		tab := &browser{d: []*desk{k.desk, &twin}[n%2], cookies: maps.Clone(b.cookies), header: http.Header{}}
		all.Go(func() {
			tab.upload("/portal/r/pass/files/papers", "files", fmt.Sprintf("paper%d.pdf", n), "text").status(http.StatusOK)
		})
	}
	b.post("/portal/r/pass/step/day", "a.day", "2026-12-01", "do", "next").status(http.StatusSeeOther)
	all.Wait()
	page := b.get("/portal/r/pass/step/papers").has("paper0.pdf", "paper7.pdf")
	if n := strings.Count(page.Body.String(), ">paper"); n != 8 {
		t.Errorf("%d of 8 files are kept", n)
	}
	b.get("/portal/r/pass/step/day").has(`value="2026-12-01"`)
}

// TestBegunFormsBelongToWhoBeganThem goes on with a form in another browser, and
// looks for it as somebody else.
func TestBegunFormsBelongToWhoBeganThem(t *testing.T) {
	k := newCounter(t)
	stranger := k.browser()
	stranger.post("/portal/r/pass/step/guest", "a.guest", "Alan Turing", "do", "next")
	k.browser().get("/portal").lacks("Begun, your answers are kept")
	stranger.post("/portal/signin", "email", "olga@example.com")
	stranger.post(k.link()).leadsTo("/portal/mine")
	phone := k.entered("olga@example.com")
	phone.get("/portal/r/pass").leadsTo("/portal/r/pass/step/day")
	phone.post("/portal/r/pass/step/day", "a.day", "2026-12-01", "do", "next")
	stranger.get("/portal/r/pass/step/day").has(`value="2026-12-01"`)
	k.entered("igor@example.com").get("/portal/r/pass/step/guest").lacks("Alan Turing")
	phone.post("/portal/signout").leadsTo("/portal")
	phone.get("/portal/r/pass/step/guest").lacks("Alan Turing")
	k.now = k.now.Add(tickets.BegunFormLasts)
	k.entered("olga@example.com").get("/portal").lacks("Begun, your answers are kept")
}

// TestFileThatComesAfterTheFormWasSent has a form sent while a file of it is on its
// way: the file begins another form, which makes another ticket.
func TestFileThatComesAfterTheFormWasSent(t *testing.T) {
	k := newCounter(t)
	b := k.entered("olga@example.com")
	fill(b, "Alan Turing")
	read, written := io.Pipe()
	form := multipart.NewWriter(written)
	late := httptest.NewRequest(http.MethodPost, publicURL+"/portal/r/pass/files/papers", read)
	late.Header.Set("Content-Type", form.FormDataContentType())
	for name, value := range b.cookies {
		late.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	rec, all := httptest.NewRecorder(), sync.WaitGroup{}
	all.Go(func() { k.engine.ServeHTTP(rec, late) })
	part, err := form.CreateFormFile("files", "late.pdf") // the form was read when this is
	must(t, err)
	k.sends(b)
	_, err = part.Write([]byte("text"))
	must(t, errors.Join(err, form.Close(), written.Close()))
	all.Wait()
	if rec.Code != http.StatusOK {
		t.Errorf("the file: %d %s", rec.Code, rec.Body)
	}
	b.get("/portal/r/pass").leadsTo("/portal/r/pass/step/guest")
	fill(b, "Grace Hopper")
	b.post("/portal/r/pass/send").leadsTo("/portal/t/2?made=1")
	b.get("/portal/t/2").has("Grace Hopper", "late.pdf")
}

func TestLinkPrefillsAForm(t *testing.T) {
	k := newCounter(t)
	b := k.browser()
	link := "/portal/r/pass?guest=Alan+Turing&day=2026-12-01&plate=a&host=Boris"
	query := strings.TrimPrefix(link, "/portal/r/pass")
	b.get(link).leadsTo("/portal/r/pass/step/guest" + query) // its words have not been read yet
	b.get("/portal/r/pass/step/guest"+query).has(`value="Alan Turing"`, `action="/portal/r/pass/step/guest?guest=Alan`)
	b.get("/portal/r/pass/step/guest").lacks("Alan Turing") // looking at it keeps nothing
	b.post("/portal/r/pass/step/car?guest=Alan+Turing&day=2026-12-01", "a.car", "no", "do", "next").leadsTo("/portal/r/pass/step/office")
	b.get("/portal/r/pass/step/guest").has(`value="Alan Turing"`)
	agent := k.signedIn("boris@example.com")
	agent.post("/portal/r/pass/step/guest", "a.guest", "Grace Hopper", "do", "next")
	agent.get("/portal/r/pass/step/day").has(publicURL+"/portal/r/pass?guest=Grace+Hopper", `data-copy="link"`)
	b.get("/portal/r/pass/step/day").lacks("data-copy")
}

// TestFormGoesOnWithALetter follows the link that the answer to a letter offers.
func TestFormGoesOnWithALetter(t *testing.T) {
	k := newCounter(t)
	olga := k.person("olga@example.com")
	written, _, err := k.cases.Create(t.Context(), tickets.AsPerson(olga.ID), tickets.NewTicket{
		Subject: "Guest", RequesterID: olga.ID, Incoming: &tickets.Incoming{PersonID: olga.ID, Network: "email", Body: "Ada comes on Monday"},
	})
	must(t, err)
	b := k.entered("olga@example.com")
	link := web.FormPath("pass", forms.Answers{"guest": "Ada Lovelace"}, written.Number)
	b.get(link).leadsTo("/portal/r/pass/step/guest?about-ticket=1&guest=Ada+Lovelace")
	b.post("/portal/r/pass/step/guest?about-ticket=1", "a.guest", "Ada Lovelace", "do", "next")
	fill(b, "Ada Lovelace")
	b.post("/portal/r/pass/send").leadsTo("/portal/t/2?made=1")
	b.get("/portal/t/2").status(http.StatusOK).has("Ada comes on Monday", "Ada Lovelace")
	b.get("/portal/mine").has("Pass: Ada Lovelace").lacks(`"/portal/t/1"`)
}

func TestFormsThatAreNotForEverybody(t *testing.T) {
	k := newCounter(t)
	b := k.browser()
	b.get("/portal/r/secret").leadsTo("/portal/r/secret/step/what")
	b.get("/portal/r/secret/step/what").status(http.StatusOK)
	b.get("/portal/r/inner").leadsTo("/portal/signin?next=%2Fportal%2Fr%2Finner")
	b.get("/portal/r/staff").status(http.StatusNotFound)
	b.get("/portal/r/nothing").status(http.StatusNotFound)
	k.entered("olga@example.com").get("/portal/r/inner").leadsTo("/portal/r/inner/step/what")
	k.signedIn("boris@example.com").get("/portal/r/staff").leadsTo("/portal/r/staff/step/what")
}

// TestFormGoesOnAsItWasBegun publishes another version in the middle.
func TestFormGoesOnAsItWasBegun(t *testing.T) {
	k := newCounter(t)
	b := k.entered("olga@example.com")
	b.post("/portal/r/pass/step/guest", "a.guest", "Alan Turing", "do", "next")
	catalog, err := k.cases.Catalog(t.Context(), tickets.System())
	must(t, err)
	for _, f := range catalog.Types {
		if f.Key != "pass" {
			continue
		}
		d, err := k.cases.RequestDraft(t.Context(), tickets.AsAgent(k.admin), f.ID)
		must(t, err)
		d.Type.Subject = forms.Text{}
		d.Type.Steps = []forms.Step{{Key: "other", Type: fields.Text, Label: both("Other", "Другое")}}
		_, err = k.cases.SaveRequestDraft(t.Context(), tickets.AsAgent(k.admin), d.Type, d.Revision)
		must(t, err)
		_, err = k.cases.Publish(t.Context(), tickets.AsAgent(k.admin), f.ID)
		must(t, err)
	}
	b.get("/portal/r/pass").leadsTo("/portal/r/pass/step/day")
	b.post("/portal/r/pass/step/day", "do", "forget").leadsTo("/portal/r/pass")
	b.get("/portal/r/pass").leadsTo("/portal/r/pass/step/other")
}

func TestStrangersLearnNothingOfWhoIsKnown(t *testing.T) {
	k := newCounter(t)
	for _, name := range []string{"boris@example.com", "nobody@example.com", "Boris Agent"} {
		k.browser().post("/portal/r/pass/step/host", "a.host", name, "do", "next").
			status(http.StatusUnprocessableEntity).has("Sign in to choose a person", `value="`+name+`"`)
	}
	b := k.entered("olga@example.com")
	b.post("/portal/r/pass/step/host", "a.host", "nobody@example.com", "do", "next").status(http.StatusUnprocessableEntity).has("Nobody is known here")
	b.post("/portal/r/pass/step/host", "a.host", "boris@example.com", "do", "next").status(http.StatusSeeOther)
}
