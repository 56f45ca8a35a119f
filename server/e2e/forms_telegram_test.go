package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/hub"
	"okno/channels/telegram/telegramtest"
	"okno/server"
	"okno/tickets"
)

// scripts are the golden conversations with the forms in the box.
const scripts = "../formfile/testdata/dialog"

// TestShippedFormsInTelegram plays every conversation with a bot of a real desk:
// people read there what the script says, press what it says, and the ticket has
// the answers it says.
func TestShippedFormsInTelegram(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(filepath.Join(scripts, "*.txt"))
	if err != nil || len(paths) < 16 {
		t.Fatalf("%d scripts, %v", len(paths), err)
	}
	b := newShippedDesk(t)
	var all sync.WaitGroup
	for _, path := range paths {
		all.Go(func() { // a bot says one thing a second to each, so they talk side by side
			t.Run(filepath.Base(path), func(t *testing.T) { b.play(t, path) })
		})
	}
	all.Wait()
}

// shippedDesk is a desk as it starts, with a bot.
type shippedDesk struct {
	*desk
	net *telegramtest.Server
	bot *telegramtest.Bot
}

func newShippedDesk(t *testing.T) *shippedDesk {
	t.Helper()
	noon := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) // when the scripts begin
	began := time.Now()
	net := telegramtest.Start(t)
	b := &shippedDesk{net: net, bot: net.NewBot("Okno")}
	b.desk = start(t, withAdmin(t.TempDir()), server.Options{
		UndoWindow: moment, Kinds: []channels.Kind{telegramOptions().Kind()}, Now: func() time.Time { return noon.Add(time.Since(began)) },
	})
	admin, err := b.srv.People.SignIn(t.Context(), adminEmail, adminPassword)
	mailMust(t, err)
	_, err = b.srv.Hub.SaveChannel(t.Context(), admin, hub.Channel{Enabled: true, Connection: telegramBot(net, b.bot)})
	mailMust(t, err)
	for i, name := range []string{"Борис Орлов", "Boris Eagle", "Ольга Снегова", "Ольга Морозова", "Olga Snow", "Olga Frost"} {
		_, err := b.srv.People.Known(t.Context(), "email", "colleague"+strconv.Itoa(i)+"@example.test", name, "en")
		mailMust(t, err)
	}
	return b
}

// scene is one conversation.
type scene struct {
	*testing.T
	*shippedDesk
	talk    *telegramtest.Talk
	read    int   // messages of the bot that were compared
	pressed int64 // message with the button that was pressed last
}

func (b *shippedDesk) play(t *testing.T, path string) {
	text, err := os.ReadFile(path)
	mailMust(t, err)
	who := b.net.NewPerson("Анна Белова")
	s := &scene{T: t, shippedDesk: b, talk: who.Talk(b.bot).Opened()}
	var answers []string
	for _, turn := range turns(string(text)) {
		if language, ok := strings.CutPrefix(turn.does, "* language "); ok {
			who.Language = language
			continue
		}
		s.does(turn.does)
		s.reads(turn.says)
		s.sees(turn.shows)
		answers = append(answers, turn.brings...)
	}
	s.opened(answers)
}

// turn is what a person does in a script, and what comes of it.
type turn struct {
	does   string   // "> words", "> [Button]", "> file NAME SIZE" or "* language xx"
	says   []string // messages as they are read
	shows  []string // the message that was pressed, as it is read then
	brings []string // answers of the ticket: "key = text"
}

// turns takes a script apart.
func turns(text string) (all []turn) {
	for line := range strings.SplitSeq(text, "\n") {
		switch {
		case strings.HasPrefix(line, "> "), strings.HasPrefix(line, "* language "):
			all = append(all, turn{does: line})
		case strings.HasPrefix(line, "<"):
			last := &all[len(all)-1]
			last.says = append(last.says, plainly(strings.TrimPrefix(line, "<")))
		case strings.HasPrefix(line, "~"):
			last := &all[len(all)-1]
			last.shows = append(last.shows, plainly(strings.TrimPrefix(line, "~")))
		case strings.HasPrefix(line, "!   ") && strings.Contains(line, " = "):
			last := &all[len(all)-1]
			last.brings = append(last.brings, strings.TrimSpace(strings.TrimPrefix(line, "!")))
		}
	}
	return all
}

// plainly is Markdown as it is read, without line ends, and buttons as their words.
func plainly(line string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("**", "", `\`, "", "[", " ", "]", " ").Replace(line)), " ")
}

// does writes, presses or sends a file.
func (s *scene) does(what string) {
	s.Helper()
	what = strings.TrimPrefix(what, "> ")
	if word, ok := strings.CutPrefix(what, "["); ok {
		s.presses(strings.TrimSuffix(word, "]"))
		return
	}
	if file, ok := strings.CutPrefix(what, "file "); ok {
		name, size, _ := strings.Cut(file, " ")
		n, err := strconv.Atoi(size)
		mailMust(s.T, err)
		s.talk.Send(telegramtest.Draft{Document: &telegramtest.Upload{Name: name, Type: typeOfName(name), Bytes: make([]byte, n)}})
		return
	}
	s.talk.Write(what)
}

func typeOfName(name string) string {
	return map[string]string{".png": "image/png", ".pdf": "application/pdf"}[filepath.Ext(name)]
}

// presses the latest button with a word.
func (s *scene) presses(word string) {
	s.Helper()
	for _, m := range slices.Backward(s.talk.Got()) {
		if m.Buttons == nil {
			continue
		}
		for _, b := range slices.Concat(m.Buttons.Rows...) {
			if b.Text == word {
				s.pressed = m.ID
				s.talk.Press(m.ID, word)
				return
			}
		}
	}
	s.Fatalf("no button %q", word)
}

// reads waits for what the bot says and compares it; nothing is wanted where the
// desk says the last word itself.
func (s *scene) reads(lines []string) {
	s.Helper()
	want := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
	if want == "" {
		return
	}
	got := ""
	within(s.T, patience, "the bot says: "+want, func() bool {
		list := s.talk.Got()
		got = ""
		for _, m := range list[s.read:] {
			got += " " + shownOf(m)
		}
		got = strings.TrimSpace(got)
		if got == want {
			s.read = len(list)
		}
		return got == want || len(got) >= len(want)
	})
	if got != want {
		s.Fatalf("the bot says\n%s\nand should say\n%s", got, want)
	}
}

// sees waits until the message that was pressed reads as the script says.
func (s *scene) sees(lines []string) {
	s.Helper()
	want := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
	if want == "" {
		return
	}
	within(s.T, patience, "the message becomes: "+want, func() bool {
		return slices.ContainsFunc(s.talk.Got(), func(m telegramtest.Message) bool { return m.ID == s.pressed && shownOf(m) == want })
	})
}

// shownOf is a message with the words of its buttons.
func shownOf(m telegramtest.Message) string {
	all := []string{plainly(m.Text)}
	if m.Buttons != nil {
		for _, b := range slices.Concat(m.Buttons.Rows...) {
			all = append(all, plainly(b.Text))
		}
	}
	return strings.Join(all, " ")
}

// opened compares the answers of the ticket that was made.
func (s *scene) opened(want []string) {
	s.Helper()
	id := strconv.FormatInt(s.talk.Person().ID, 10)
	p, err := s.srv.Store.IdentityOwner(s.Context(), "telegram", id)
	mailMust(s.T, err)
	var list []tickets.Ticket
	within(s.T, patience, "the ticket is there", func() bool {
		list, err = s.srv.Store.OfRequester(s.Context(), p.ID, 2)
		return err == nil && len(list) == 1
	})
	_, answers, _, err := s.srv.Tickets.TicketAnswers(s.Context(), list[0].ID)
	mailMust(s.T, err)
	for _, line := range want {
		key, text, _ := strings.Cut(line, " = ")
		if got := strings.ReplaceAll(answers[key], "\n", `\n`); got != text && !strings.HasSuffix(got, afterNumber(text)) {
			s.Errorf("%s is %q, want %q", key, got, text)
		}
	}
}

// afterNumber is the name of a person, whose id is another here.
func afterNumber(text string) string {
	number, name, _ := strings.Cut(text, " ")
	if _, err := strconv.ParseInt(number, 10, 64); err != nil || name == "" {
		return text
	}
	return " " + name
}
