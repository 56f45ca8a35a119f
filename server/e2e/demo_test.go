package e2e

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"okno/server/browsertest"
	"okno/server/cli"
)

// demonstration is a running `okno demo`.
type demonstration struct {
	t        *testing.T
	url, dir string
	link     string // signs in, once
}

// demonstrate starts a demo, which ends with the test and must leave nothing.
func demonstrate(t *testing.T) *demonstration {
	t.Helper()
	out := &output{}
	ctx, cancel := context.WithCancel(context.Background())
	code := make(chan int, 1)
	go func() {
		code <- cli.Run(ctx, cli.Process{
			Args: []string{"demo"}, Lookup: func(string) (string, bool) { return "", false }, Out: out, Err: testLog{t}, Now: time.Now,
		})
	}()
	found := regexp.MustCompile(`(?s)Everything is in (\S+) .*?((http://127\.0\.0\.1:\d+)/demo/\S+).*Okno is open`)
	deadline := time.Now().Add(patience)
	for !found.MatchString(out.String()) {
		if time.Now().After(deadline) {
			t.Fatalf("the demo did not start: %s", out.String())
		}
		time.Sleep(10 * time.Millisecond)
	}
	said := found.FindStringSubmatch(out.String())
	d := &demonstration{t: t, dir: said[1], link: said[2], url: said[3]}
	t.Cleanup(func() {
		cancel()
		if c := <-code; c != 0 {
			t.Errorf("the demo ended with code %d", c)
		}
		if _, err := os.Stat(d.dir); !os.IsNotExist(err) {
			t.Errorf("the demo left %s behind: %v", d.dir, err)
		}
	})
	return d
}

// TestDemo plays the demo as a newcomer does: one click to sign in, a message
// and a photo in the chat, which become a ticket; an answer, which arrives on
// the phone; a change of what was said, and a button.
func TestDemo(t *testing.T) {
	t.Parallel()
	d := demonstrate(t)
	b := browsertest.Start(t)
	desk := b.Tab(d.url, browsertest.Look{})
	desk.Open(d.link)
	desk.See("#rail")
	desk.Open(d.url + "/tickets?view=open")
	desk.UntilText("#list", "Printer on the 3rd floor prints blank pages")
	desk.Shot("demo-list")
	desk.Axe("the list of the demo")

	phone := b.Apart(d.url, browsertest.Look{Width: 420, Height: 860})
	phone.Open(d.url + "/pretend/")
	phone.UntilText("#talk", "headset crackles")
	phone.Type("#text", "The tasting room smells of gas, what shall I do?")
	phone.Press(kb.Enter)
	phone.UntilText("#talk", "smells of gas")
	desk.UntilText("#list", "smells of gas")  // without a reload
	phone.UntilText("#talk", "is registered") // by the desk
	phone.Attach("#photo", photo(t))
	phone.Until(`[...document.querySelectorAll("#talk img")].some((i) => i.complete && i.naturalWidth > 0)`)

	_ = browsertest.Eval[any](desk, `[...document.querySelectorAll("#list a")].find((a) => a.textContent.includes("smells of gas")).click()`)
	desk.UntilText("#subject", "smells of gas")
	desk.Until(`document.querySelectorAll("#thread img").length > 0`)
	desk.Type("#body", "Leave the room **now**, the emergency service is on its way.")
	desk.Click("#composer .split .send")
	desk.UntilText("#thread", "Leaves in a moment")
	phone.UntilText("#talk", "emergency service")
	phone.Until(`[...document.querySelectorAll("#talk strong")].some((b) => b.textContent === "now")`)
	phone.Shot("demo-phone")
	phone.Axe("the pretend phone")

	_ = browsertest.Eval[any](phone, `[...document.querySelectorAll(".mine details")].at(-2).open = true; 1`)
	phone.Fill("details[open] textarea", "The tasting room smells of gas and it hisses")
	phone.Click("details[open] form button")
	desk.UntilText("#thread", "and it hisses")
	desk.Shot("demo-ticket")
	for who, tab := range map[string]*browsertest.Tab{"desk": desk, "phone": phone} {
		for _, line := range tab.Trouble() {
			t.Errorf("trouble on the %s: %s", who, line)
		}
	}
	d.plainly(b)
}

// plainly writes, declines the form that is offered and looks again without scripts.
func (d *demonstration) plainly(b *browsertest.Browser) {
	d.t.Helper()
	tab := b.Apart(d.url, browsertest.Look{Width: 390, Height: 844, NoScript: true, Language: "ru", Dark: true})
	tab.Open(d.url + "/pretend/")
	tab.See("#talk")
	tab.Type("#text", "Не открывается дверь в архив")
	tab.Click("#write button")
	tab.UntilText("#talk", "Не открывается дверь в архив") // another page is not opened before
	d.reads(tab, "Ремонт и обслуживание")
	_ = browsertest.Eval[any](tab, "document.body.id = 'before'")
	tab.Click(".buttons button[value$=':no']")
	tab.Until("document.body.id !== 'before'")
	d.reads(tab, "Заявка")
	tab.Shot("demo-phone-ru")
}

// reads waits for words on a phone that shows news only when it is opened anew.
func (d *demonstration) reads(tab *browsertest.Tab, words string) {
	d.t.Helper()
	for deadline := time.Now().Add(patience); !strings.Contains(tab.Text("#talk"), words); tab.Open(d.url + "/pretend/olga") {
		if time.Now().After(deadline) {
			d.t.Fatalf("never read %q without scripts:\n%s", words, tab.Text("#talk"))
		}
	}
}

// photo is a small picture on the disk.
func photo(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	picture := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for i := range picture.Pix {
		picture.Pix[i] = byte(80 + i/1000)
	}
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "room.png")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
