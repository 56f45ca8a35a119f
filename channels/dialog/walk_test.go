package dialog_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/dialog"
	"okno/channels/dialog/dialogtest"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// TestDetoursChangeNoAnswer fills random forms with random answers: straight on,
// and with wrong answers, ways back and out, old buttons and second thoughts in
// between. Both send the same, on networks with buttons and without.
func TestDetoursChangeNoAnswer(t *testing.T) {
	words := dialogtest.Words(t)
	for seed := range uint64(150) {
		random := rand.New(rand.NewPCG(seed, 7))
		form := randomForm(random)
		wanted := randomAnswers(random, form)
		straight := newWalker(t, words, form, wanted, random)
		straight.fill(false)
		detour := newWalker(t, words, form, wanted, random)
		detour.fill(true)
		if !maps.Equal(straight.sent, detour.sent) {
			t.Fatalf("seed %d: straight %v, with detours %v", seed, straight.sent, detour.sent)
		}
	}
}

// walker fills one form.
type walker struct {
	t      *testing.T
	random *rand.Rand
	words  dialog.Words
	world  dialog.World
	turn   dialog.Turn
	wanted map[string]string // what to type, by step
	state  dialog.State
	said   []dialog.Message
	old    []string // ids of every button there was
	sent   forms.Answers
}

func newWalker(t *testing.T, words dialog.Words, form forms.RequestType, wanted map[string]string, random *rand.Rand) *walker {
	w := &walker{t: t, random: random, words: words, wanted: wanted}
	w.world.Catalog = forms.Catalog{Types: []forms.RequestType{form}, Lists: []forms.List{offices(), programs()}}
	w.world.Begun, w.world.Desk = &form, "Okno"
	w.turn = dialog.Turn{Language: "en", Buttons: random.IntN(2) == 0, Now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	return w
}

// does makes a step; the State comes back from JSON, as after a restart.
func (w *walker) does(turn dialog.Turn) {
	w.turn.Now = w.turn.Now.Add(time.Minute)
	turn.Language, turn.Buttons, turn.Now = w.turn.Language, w.turn.Buttons, w.turn.Now
	world := w.world
	if step, ok := w.step(); ok && step.Type == fields.Person && turn.Text != "" {
		world.Found = []people.Person{{ID: 7, Name: turn.Text}}
	}
	out := dialog.Step(w.state, turn, world, w.words)
	dialogtest.Check(w.t, out)
	raw, err := json.Marshal(out.State)
	if err != nil {
		w.t.Fatal(err)
	}
	w.state, w.said = dialog.State{}, out.Say
	if err := json.Unmarshal(raw, &w.state); err != nil {
		w.t.Fatal(err)
	}
	for _, c := range w.state.Choice {
		w.old = append(w.old, c.ID)
	}
	for _, c := range out.Do {
		if c.Open != nil {
			w.sent = c.Open.Answers
		}
	}
}

func (w *walker) types(text string) { w.does(dialog.Turn{Text: text}) }

// step is the step asked now.
func (w *walker) step() (forms.Step, bool) {
	if w.state.Filling == nil {
		return forms.Step{}, false
	}
	return w.world.Begun.Step(w.state.Filling.Asked)
}

func (w *walker) fill(detours bool) {
	w.types("menu")
	w.types("The form")
	for n := 0; w.sent == nil; n++ {
		if n > 2000 {
			w.t.Fatalf("no end: asked %q, said %v", w.state.Filling.Asked, w.said)
		}
		if detours && n < 60 && w.random.IntN(3) > 0 {
			w.detour()
			continue
		}
		w.advance()
	}
}

// advance answers the question asked now, mends an answer that is not the
// wanted one, or sends.
func (w *walker) advance() {
	f := w.state.Filling
	if f.Paused || f.Cancelled {
		w.does(dialog.Turn{Button: "f:" + f.ID + ":0:g"})
		return
	}
	step, asked := w.step()
	switch {
	case asked && step.Type == fields.Files:
		w.sendFiles(step)
	case asked:
		w.types(w.wanted[step.Key])
	case w.mends():
	default:
		w.types("send")
	}
}

func (w *walker) sendFiles(step forms.Step) {
	n, _ := strconv.Atoi(w.wanted[step.Key])
	switch have := len(w.state.Filling.Files[step.Key]); {
	case n == 0:
		w.types("skip")
	case have < n:
		w.does(dialog.Turn{Files: []channels.File{{Name: "a.txt", Type: "text/plain", Size: 10, Blob: "b"}}})
	default:
		w.types("done")
	}
}

// mends asks again for the first answer that is not the wanted one.
func (w *walker) mends() bool {
	n := 0
	for _, s := range forms.Asked(*w.world.Begun, w.state.Filling.Answers) {
		if s.Type == fields.Info {
			continue
		}
		n++
		if w.state.Filling.Answers[s.Key] != canonical(s, w.wanted[s.Key]) {
			w.types(strconv.Itoa(n))
			return true
		}
	}
	return false
}

// detour does something that leads nowhere.
func (w *walker) detour() {
	switch w.random.IntN(9) {
	case 0:
		w.types("back")
	case 1:
		w.types("menu")
	case 2:
		w.types("cancel")
	case 3:
		w.types("keep")
	case 4:
		w.does(dialog.Turn{})
	case 5:
		w.does(dialog.Turn{Button: w.old[w.random.IntN(len(w.old))]})
	case 6:
		w.advance()
	default:
		w.second()
	}
	if w.state.Filling == nil { // an old button sent the form too early, or called a person
		w.sent = nil
		w.types("menu")
		w.types("The form")
	}
}

// second gives another answer than the wanted one.
func (w *walker) second() {
	step, asked := w.step()
	if !asked || !w.live() {
		return
	}
	switch step.Type {
	case fields.YesNo:
		w.types([]string{"yes", "no"}[w.random.IntN(2)])
	case fields.One:
		w.types("Mail")
	case fields.Person:
		w.types("Somebody Else")
	case fields.Files:
		w.types("words")
	default:
		w.types("what is this")
	}
}

func (w *walker) live() bool { return !w.state.Filling.Paused && !w.state.Filling.Cancelled }

// randomForm is a form of random steps, many of them with a condition on an
// earlier answer.
func randomForm(random *rand.Rand) forms.RequestType {
	kinds := append(fields.Types(), fields.Period, fields.Plate, fields.Person, fields.Place, fields.Files, fields.Info)
	x := forms.RequestType{ID: 1, Version: 1, Key: "form", Name: forms.Text{EN: "The form"}}
	files := false
	for i := range 1 + random.IntN(9) {
		s := forms.Step{Key: fmt.Sprintf("s%d", i), Type: kinds[random.IntN(len(kinds))], Optional: random.IntN(4) == 0}
		if s.Type == fields.Files && files {
			s.Type = fields.YesNo
		}
		files = files || s.Type == fields.Files
		s.Label.EN = "Question " + s.Key
		switch s.Type {
		case fields.One, fields.Many:
			s.List = "programs"
		case fields.Place:
			s.List = "offices"
		case fields.Money:
			s.Currency = "EUR"
		}
		s.When = randomCondition(random, x.Steps)
		x.Steps = append(x.Steps, s)
	}
	return x
}

func randomCondition(random *rand.Rand, earlier []forms.Step) *forms.Condition {
	steps := slices.DeleteFunc(slices.Clone(earlier), func(s forms.Step) bool { return s.Type != fields.YesNo && s.Type != fields.One })
	if len(steps) == 0 || random.IntN(2) == 0 {
		return nil
	}
	s := steps[random.IntN(len(steps))]
	c := forms.Condition{Step: s.Key, Is: forms.Equal, To: "mail"}
	if s.Type == fields.YesNo {
		c.To = fields.Yes
	}
	if random.IntN(3) == 0 {
		c.Is = forms.NotEqual
	}
	return &c
}

// randomAnswers are what to type to every step.
func randomAnswers(random *rand.Rand, form forms.RequestType) map[string]string {
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	typed := map[fields.Type]func() string{
		fields.Text:   func() string { return pick("Anna", "2", "a *b* _c_", "keep it") },
		fields.Long:   func() string { return pick("one\ntwo", "5", "what is it") },
		fields.Number: func() string { return pick("1", "12.5", "-3") },
		fields.Money:  func() string { return pick("1500", "2", "10.50 USD") },
		fields.Date:   func() string { return pick("2026-12-01", "tomorrow") },
		fields.Time:   func() string { return pick("15:30", "9:00") },
		fields.YesNo:  func() string { return pick("yes", "no") },
		fields.One:    func() string { return pick("Mail", "Chat", "Warehouse") },
		fields.Many:   func() string { return pick("Mail, Chat", "Bank, Payroll, Wiki") },
		fields.Email:  func() string { return pick("a@example.org", "b@example.org") },
		fields.Phone:  func() string { return pick("+44 20 7946 0000", "112") },
		fields.Period: func() string { return pick("1.12.2026 - 5.12.2026", "2026-12-24") },
		fields.Plate:  func() string { return pick("AB12 CDE", "А412МР77") },
		fields.Person: func() string { return "Boris" },
		fields.Place:  func() string { return pick("Garden Street", "Garden House", "Roastery") },
		fields.Files:  func() string { return pick("1", "2", "3") },
		fields.Info:   func() string { return "" },
	}
	all := map[string]string{}
	for _, s := range form.Steps {
		if all[s.Key] = typed[s.Type](); s.Optional && random.IntN(3) == 0 {
			all[s.Key] = "-"
			if s.Type == fields.Files {
				all[s.Key] = "0"
			}
		}
	}
	return all
}

// canonical is the answer that something typed makes.
func canonical(s forms.Step, typed string) string {
	switch {
	case typed == "-" || typed == "0" && s.Type == fields.Files:
		return ""
	case s.Type == fields.Person:
		return fields.PersonText(7, typed)
	case typed == "tomorrow":
		typed = "2026-11-21"
	}
	options := forms.Options(s, []forms.List{offices(), programs()})
	answer, err := forms.Parse(s, options, typed, "en", time.Time{})
	if err != nil {
		panic(err)
	}
	return answer
}
