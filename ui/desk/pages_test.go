package desk_test

import (
	"bytes"
	"maps"
	"regexp"
	"testing"
	"time"

	"github.com/a-h/templ"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// pages are the pages of this package in every state that looks different.
func pages(env ui.Env) map[string]templ.Component {
	note, conflict, refused := ticket(env), ticket(env), ticket(env)
	note.Composer.Kind = tickets.Note
	conflict.Composer.Meantime = []desk.Message{*conflict.Entries[3].Message}
	conflict.Side.Conflict = "Анна Лебедева: статус «Решена»"
	refused.Composer.Error = env.T("composer.empty")
	all := map[string]templ.Component{
		"list":     ui.Layout(env, env.T("view.open"), desk.ListMain(env, list(env))),
		"empty":    ui.Layout(env, env.T("view.mine"), desk.ListMain(env, desk.List{Key: "mine", Title: env.T("view.mine"), First: true})),
		"ticket":   ui.Layout(env, "№ 2417", desk.TicketMain(env, ticket(env))),
		"note":     ui.Layout(env, "№ 2417", desk.TicketMain(env, note)),
		"conflict": ui.Layout(env, "№ 2417", desk.TicketMain(env, conflict)),
		"request":  ui.Layout(env, "№ 2417", desk.TicketMain(env, requested(env))),
		"refused":  ui.Layout(env, "№ 2417", desk.TicketMain(env, refused)),
		"new":      ui.Layout(env, env.T("new.title"), desk.NewMain(env, desk.NewTicket{Teams: ticket(env).Side.Teams, Errors: map[string]string{"email": env.T("field.email.bad")}})),
	}
	maps.Copy(all, actions(env))
	maps.Copy(all, outcomes(env))
	return all
}

func draw(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// requested is a ticket made of a form and rated since, in a list of such.
func requested(env ui.Env) desk.Ticket {
	t := ticket(env)
	t.Side.Request = desk.Request{Name: "Пропуск на машину и парковка", Icon: "🚗", Given: []desk.Given{
		{Label: "Чья это машина?", Text: "Курьер"}, {Label: "Когда она приедет, и когда можно закрыть шлагбаум?", Text: "21.11.2026"},
		{Label: "Что ещё нужно знать охране?", Text: "Ворота со двора.\nТелефон водителя на накладной: +7 999 123-45-67"},
		{Label: "Накладная", Files: []desk.File{{Name: "накладная.pdf", Size: 184_000, Address: "/files/2417/answer/a/n.pdf"}}},
	}}
	t.Side.Rating = tickets.Rating{Stars: 4, Comment: "Быстро, но пришлось ждать у ворот", ChangedAt: ago(time.Hour)}
	for i := range t.Place.Queue {
		t.Place.Queue[i].Rating = i % 6
	}
	return t
}

// TestPagesKeepTheRules looks for what a strict content security policy blocks
// and what makes a refresh lose its place.
func TestPagesKeepTheRules(t *testing.T) {
	banned := map[string]*regexp.Regexp{
		"hx-on":            regexp.MustCompile(`\shx-on`),
		"js: values":       regexp.MustCompile(`"(js|javascript):`),
		"trigger filter":   regexp.MustCompile(`hx-trigger="[^"]*\[`),
		"style attribute":  regexp.MustCompile(`\sstyle=`),
		"inline script":    regexp.MustCompile(`<script[^>]*>[^<]`),
		"event attribute":  regexp.MustCompile(`\son[a-z]+=`),
		"foreign address":  regexp.MustCompile(`(src|href|action)="(https?:)?//`),
		"untranslated key": regexp.MustCompile(`>(list|ticket|talk|composer|side|field|new|delivery|event|view|time|layout|act|more|choose|merge|split|link|delete|gone|did|block|wait|keys)\.[a-z.]+<`),
	}
	for _, lang := range []string{"en", "ru"} {
		for name, page := range pages(environment(t, lang)) {
			html := draw(t, page)
			for what, pattern := range banned {
				if found := pattern.FindString(html); found != "" {
					t.Errorf("%s %s has %s: %q", lang, name, what, found)
				}
			}
			unique(t, lang+" "+name, html)
		}
	}
}

var ids = regexp.MustCompile(`\sid="([^"]*)"`)

func unique(t *testing.T, name, html string) {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range ids.FindAllStringSubmatch(html, -1) {
		if seen[m[1]] {
			t.Errorf("%s has the id %q twice", name, m[1])
		}
		seen[m[1]] = true
	}
}

// TestLiveRegionsCanRefresh checks that a region says everything itself and
// that nobody's typing lies in one.
func TestLiveRegionsCanRefresh(t *testing.T) {
	html := draw(t, pages(environment(t, "en"))["ticket"])
	region := regexp.MustCompile(`<[a-z]+[^>]*hx-trigger="desk:[^>]*>`)
	found := region.FindAllString(html, -1)
	if len(found) != 4 { // views, watchers, thread, side
		t.Errorf("%d live regions, want 4", len(found))
	}
	for _, tag := range found {
		for _, attr := range []string{`id="`, `hx-get="`, `hx-swap="outerMorph"`, `hx-target="this"`, `hx-sync="this:queue last"`, "throttle:"} {
			if !regexp.MustCompile(regexp.QuoteMeta(attr)).MatchString(tag) {
				t.Errorf("a live region lacks %s: %s", attr, tag)
			}
		}
	}
	if form := regexp.MustCompile(`<form class="composer"[^>]*>`).FindString(html); regexp.MustCompile(`desk:`).MatchString(form) {
		t.Error("the composer refreshes by itself")
	}
}

// TestBannerTellsTheDesksTrouble shows what keeps the whole desk from writing.
func TestBannerTellsTheDesksTrouble(t *testing.T) {
	env := environment(t, "en")
	env.Banner = tickets.Sentence{Key: "disk.full"}
	env.Sentence = func(s tickets.Sentence) string { return "says " + s.Key }
	html := draw(t, ui.Layout(env, "", desk.ListMain(env, list(env))))
	if !regexp.MustCompile(`id="banner"[^>]*role="alert"[\s\S]*says disk\.full`).MatchString(html) {
		t.Error("the page does not show the banner")
	}
}
