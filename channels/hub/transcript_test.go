package hub_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/tickets"
)

var update = flag.Bool("update", false, "write the golden files anew") //nolint:gochecknoglobals // flags of test binaries are

// TestTranscripts plays one story in both languages and compares what stands in
// Anna's chat at its end with the golden files. Lines of Olga's doings begin
// with a star and are not in the chat.
func TestTranscripts(t *testing.T) {
	for _, language := range []string{"en", "ru"} {
		t.Run(language, func(t *testing.T) {
			x := newChat(t, "memory")
			x.language = language
			x.story(t)
			golden(t, filepath.Join("testdata", "chat."+language+".txt"), x.said.String())
		})
	}
}

// words are what people say in the story, by language.
func (x *chat) word(en, ru string) string {
	if x.language == "ru" {
		return ru
	}
	return en
}

func (x *chat) story(t *testing.T) {
	t.Helper()
	x.act(t, "/start", channels.Inbound{Doing: channels.Doing{Act: channels.ActReturn}})
	x.tells(t, x.word("The printer on *floor 2* smokes", "Дымит принтер на *2-м этаже*"))
	x.tells(t, x.word("It smells too", "И пахнет"))
	agent, open, hold, closed := x.agent.ID, int64(2), int64(4), int64(6)
	x.works(t, "takes #1", 1, tickets.Change{AssigneeID: &agent, StatusID: &open})
	x.replying(t, 1, x.word("Is it plugged in?", "Он включён?"), 3)
	x.tells(t, x.word("It was, I pulled the plug", "Был, я выдернул вилку"))
	x.works(t, "puts #1 on hold", 1, tickets.Change{StatusID: &hold})
	x.works(t, "goes on with #1", 1, tickets.Change{StatusID: &open})
	x.replying(t, 1, x.word("A new one stands there", "Там стоит новый"), 5)
	x.works(t, "reopens #1", 1, tickets.Change{StatusID: &open})
	x.act(t, x.word("[Start another request]", "[Начать новую заявку]"),
		channels.Inbound{Doing: channels.Doing{Act: channels.ActPress, Button: "another"}})
	x.tells(t, x.word("A key card for Boris", "Пропуск для Бориса"))
	x.works(t, "gives #2 to herself", 2, tickets.Change{AssigneeID: &agent})
	x.renames(t)
	x.works(t, "sets the renamed status", 2, tickets.Change{StatusID: &hold})
	x.hidden(t)
	x.merges(t, 2, 1)
	x.works(t, "closes #1", 1, tickets.Change{StatusID: &closed})
}

// act has Anna do something and writes down what came of it.
func (x *chat) act(t *testing.T, shown string, in channels.Inbound) {
	t.Helper()
	fmt.Fprintf(&x.said, "Anna: %s\n", shown)
	x.does(t, in)
	x.writeDown(t)
}

func (x *chat) tells(t *testing.T, text string) {
	t.Helper()
	x.act(t, text, channels.Inbound{Object: fmt.Sprintf("m%d", x.events+1), Text: text})
}

func (x *chat) works(t *testing.T, shown string, number int64, c tickets.Change) {
	t.Helper()
	fmt.Fprintf(&x.said, "* Olga %s\n", shown)
	x.changes(t, number, c)
	x.writeDown(t)
}

func (x *chat) replying(t *testing.T, number int64, text string, then int64) {
	t.Helper()
	fmt.Fprintf(&x.said, "* Olga replies in #%d and sets status %d\n", number, then)
	x.answers(t, number, text, then)
	x.writeDown(t)
}

// renames gives a status other words.
func (x *chat) renames(t *testing.T) {
	t.Helper()
	list, err := x.use.Statuses(t.Context())
	must(t, err)
	list[3].NameEN, list[3].NameRU, list[3].Emoji = "With the guard", "У охраны", "💂"
	_, err = x.use.SaveStatuses(t.Context(), tickets.System(), list)
	must(t, err)
}

// hidden is what concerns agents only.
func (x *chat) hidden(t *testing.T) {
	t.Helper()
	urgent := tickets.Urgent
	x.works(t, "tags and hurries #2", 2, tickets.Change{AddTags: []string{"vip"}, Priority: &urgent})
	_, err := x.use.Note(t.Context(), tickets.AsAgent(x.agent), x.numbered(t, 2).ID, tickets.NewMessage{Body: "secret"})
	must(t, err)
	x.rests(t)
	x.writeDown(t)
}

func (x *chat) merges(t *testing.T, from, into int64) {
	t.Helper()
	fmt.Fprintf(&x.said, "* Olga merges #%d into #%d\n", from, into)
	_, err := x.use.Merge(t.Context(), tickets.AsAgent(x.agent), x.numbered(t, from).ID, x.numbered(t, into).ID)
	must(t, err)
	x.rests(t)
	x.writeDown(t)
}

// writeDown adds what reached Anna to the transcript.
func (x *chat) writeDown(t *testing.T) {
	t.Helper()
	for _, out := range x.arrived() {
		fmt.Fprintf(&x.said, "%s: %s\n", out.Author, strings.ReplaceAll(out.Body, "\n", "\n      "))
		for _, row := range out.Buttons {
			for _, b := range row {
				fmt.Fprintf(&x.said, "      [%s]\n", b.Text)
			}
		}
	}
	x.pass(time.Minute)
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if string(want) != got {
		t.Errorf("%s is\n%s\nwant\n%s", path, got, want)
	}
}
