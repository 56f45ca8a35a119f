package dialogtest

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"okno/assets/locale"
	"okno/channels"
	"okno/channels/dialog"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// Stage is where conversations are played.
type Stage struct {
	// Catalog is what can be asked for. Types without an id or version get them.
	Catalog forms.Catalog
	// Match says which types a text may mean; nil where scripts say it.
	Match func(text string) []dialog.Match
	// Update writes what comes of a script into its file.
	Update bool
}

// Play plays a script and compares what comes of it with the file.
func (s Stage) Play(t *testing.T, file string) {
	t.Helper()
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p := newPlay(t, s)
	for line := range strings.SplitSeq(string(script), "\n") {
		p.line(line)
	}
	got := strings.TrimSpace(p.out.String()) + "\n"
	if s.Update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != string(script) {
		t.Errorf("%s is\n%s\nwant\n%s", file, got, script)
	}
}

// play is one conversation under way.
type play struct {
	t     *testing.T
	stage Stage
	out   strings.Builder
	words dialog.Words
	state []byte
	world dialog.World
	turn  dialog.Turn // language and buttons of every turn
	seen  []channels.Button
	last  string // filling opened last
	kept  []forms.RequestType
}

func newPlay(t *testing.T, s Stage) *play {
	zone := time.FixedZone("MSK", 3*60*60)
	p := &play{t: t, stage: s, words: Words(t), state: []byte("{}")}
	for i := range s.Catalog.Types {
		x := s.Catalog.Types[i]
		x.ID, x.Version = int64(i+1), 1
		p.world.Catalog.Types = append(p.world.Catalog.Types, x)
	}
	p.kept = p.world.Catalog.Types
	p.world.Catalog.Menu, p.world.Catalog.Lists = s.Catalog.Menu, s.Catalog.Lists
	p.world.Desk, p.world.Me = "Okno", people.Person{ID: 5, Name: "Анна Белова"}
	p.turn = dialog.Turn{Language: "en", Buttons: true, Now: time.Date(2026, 11, 20, 12, 0, 0, 0, zone)} // a Friday
	return p
}

func (p *play) line(line string) {
	switch {
	case strings.HasPrefix(line, "> "):
		fmt.Fprintln(&p.out, line)
		p.step(strings.TrimPrefix(line, "> "))
		fmt.Fprintln(&p.out)
	case strings.HasPrefix(line, "* "):
		fmt.Fprintln(&p.out, line)
		p.set(strings.Fields(strings.TrimPrefix(line, "* ")))
	case strings.HasPrefix(line, "#"):
		fmt.Fprintln(&p.out, line)
	}
}

// step lets the person do something and writes down what comes of it.
func (p *play) step(what string) {
	p.t.Helper()
	p.turn.Now = p.turn.Now.Add(time.Minute)
	turn, world := p.does(what), p.world
	var before dialog.State
	if err := json.Unmarshal(p.state, &before); err != nil {
		p.t.Fatal(err)
	}
	world.Begun = p.begun(before)
	if p.stage.Match != nil && turn.Text != "" {
		world.Matches = p.stage.Match(turn.Text)
	}
	out := dialog.Step(before, turn, world, p.words)
	p.world.Matches, p.world.Found = nil, nil
	Check(p.t, out)
	state, err := json.Marshal(out.State)
	if err != nil {
		p.t.Fatal(err)
	}
	p.state = state
	p.writeDown(out)
}

// begun is the definition the desk would hand in.
func (p *play) begun(s dialog.State) *forms.RequestType {
	if s.Filling == nil {
		return nil
	}
	for _, x := range p.kept {
		if x.ID == s.Filling.Type && x.Version == s.Filling.Version {
			return &x
		}
	}
	return nil
}

// Words answers the words of the desk.
func Words(t testing.TB) dialog.Words {
	t.Helper()
	all, err := locale.New()
	if err != nil {
		t.Fatal(err)
	}
	return func(language string, x channels.Text) string {
		var pairs []any
		for name, value := range x.Args {
			pairs = append(pairs, name, value)
		}
		return all.T(language)(x.Key, pairs...)
	}
}

// Check fails on what no step may bring about: a message without words, a text
// that was not translated, a button a network would not take.
func Check(t testing.TB, out dialog.Outcome) {
	t.Helper()
	for _, m := range out.Say {
		if strings.TrimSpace(m.Body) == "" {
			t.Errorf("an empty message")
		}
		if strings.Contains(m.Body, "dialog.") || strings.Contains(m.Body, "no value") {
			t.Errorf("words are missing in %q", m.Body)
		}
		for _, row := range m.Buttons {
			for _, b := range row {
				if b.ID == "" || len(b.ID) > 64 || b.Text == "" {
					t.Errorf("button %q has the id %q of %d bytes", b.Text, b.ID, len(b.ID))
				}
			}
		}
	}
}
