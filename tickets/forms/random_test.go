package forms_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"okno/tickets/fields"
	"okno/tickets/forms"
)

// someone fills a form and knows what they would answer to every step of it.
type someone struct {
	r    *rand.Rand
	form forms.RequestType
	plan forms.Answers
}

// TestGoingBackAndForth fills random forms straight and by a way full of wrong
// answers, changes, steps back and restarts. Both end with the same answers.
func TestGoingBackAndForth(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 4))
		form := randomForm(r, 2+r.IntN(12))
		if flaws := forms.CheckType(form, menu(), nil); len(flaws) > 0 {
			t.Fatalf("seed %d: the form has flaws: %+v", seed, flaws)
		}
		p := someone{r, form, forms.Answers{}}
		for _, s := range form.Steps {
			p.plan[s.Key] = randomAnswer(r, s)
		}
		straight, wandering := p.straight(), p.wander(t)
		if !reflect.DeepEqual(straight, wandering) {
			t.Fatalf("seed %d: straight %v, wandering %v", seed, straight, wandering)
		}
		if err := forms.CheckAnswers(form, nil, straight, filesOf(form, straight), now()); err != nil {
			t.Fatalf("seed %d: %v refused: %v", seed, straight, err)
		}
		if again := forms.Kept(form, straight); !reflect.DeepEqual(again, straight) {
			t.Fatalf("seed %d: what is kept of %v is %v", seed, straight, again)
		}
	}
}

// straight answers what is asked until nothing is.
func (p someone) straight() forms.Answers {
	a := forms.Answers{}
	for {
		s, more := forms.Next(p.form, a)
		if !more {
			return forms.Kept(p.form, a)
		}
		a[s.Key] = p.plan[s.Key]
	}
}

// wander takes up to a hundred turns of any kind and then mends what is not as
// planned.
func (p someone) wander(t *testing.T) forms.Answers {
	a := forms.Answers{}
	for range p.r.IntN(100) {
		p.turn(a)
		a = restarted(t, a)
	}
	for {
		s, more := p.wrong(a)
		if !more {
			return forms.Kept(p.form, a)
		}
		a[s.Key] = p.plan[s.Key]
	}
}

// turn answers the next step rightly or wrongly, changes an answer or goes back.
func (p someone) turn(a forms.Answers) {
	s, more := forms.Next(p.form, a)
	asked := forms.Asked(p.form, a)
	any := asked[p.r.IntN(len(asked))]
	switch p.r.IntN(4) {
	case 0:
		delete(a, any.Key)
	case 1:
		a[any.Key] = randomAnswer(p.r, any)
	case 2:
		if more {
			a[s.Key] = randomAnswer(p.r, s)
		}
	default:
		if more {
			a[s.Key] = p.plan[s.Key]
		}
	}
}

// wrong is the first step asked without the answer that was planned.
func (p someone) wrong(a forms.Answers) (forms.Step, bool) {
	for _, s := range forms.Asked(p.form, a) {
		if answer, ok := a[s.Key]; !ok || answer != p.plan[s.Key] {
			return s, true
		}
	}
	return forms.Step{}, false
}

// restarted is what is left after the answers were stored and loaded.
func restarted(t *testing.T, a forms.Answers) forms.Answers {
	t.Helper()
	stored, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	loaded := forms.Answers{}
	if err := json.Unmarshal(stored, &loaded); err != nil || !maps.Equal(a, loaded) {
		t.Fatalf("loaded %v of %v, %v", loaded, a, err)
	}
	return loaded
}

func filesOf(form forms.RequestType, a forms.Answers) map[string][]forms.File {
	files := map[string][]forms.File{}
	for _, s := range form.Steps {
		if n, err := strconv.Atoi(a[s.Key]); err == nil && s.Type == fields.Files {
			files[s.Key] = make([]forms.File, n)
		}
	}
	return files
}

// randomForm has steps of every kind, each second one with a condition.
func randomForm(r *rand.Rand, steps int) forms.RequestType {
	form := forms.RequestType{Key: "random", Name: text("Random", ""), Section: "office"}
	for i := range steps {
		s := randomStep(r, "s"+strconv.Itoa(i))
		if i > 0 && r.IntN(2) == 0 {
			c := randomCondition(r, form.Steps, 2)
			s.When = &c
		}
		form.Steps = append(form.Steps, s)
	}
	return form
}

func randomStep(r *rand.Rand, key string) forms.Step {
	kinds := fields.InForms()
	s := forms.Step{Key: key, Type: kinds[r.IntN(len(kinds))], Label: text(key, ""), Optional: r.IntN(3) == 0}
	if key == "s0" {
		s.Type = fields.Text
	}
	if s.Type.HasOptions() {
		s.Options = []fields.Option{option("a"), option("b"), option("c")}
	}
	if s.Type == fields.Money {
		s.Currency = "RUB"
	}
	return s
}

func randomCondition(r *rand.Rand, earlier []forms.Step, depth int) forms.Condition {
	if depth > 0 && r.IntN(3) == 0 {
		parts := []forms.Condition{randomCondition(r, earlier, depth-1), randomCondition(r, earlier, depth-1)}
		if r.IntN(2) == 0 {
			return forms.Condition{All: parts}
		}
		return forms.Condition{Any: parts}
	}
	s := earlier[r.IntN(len(earlier))]
	ops := forms.Ops(s.Type)
	if len(ops) == 0 {
		return forms.Condition{Step: "s0", Is: forms.Answered}
	}
	c := forms.Condition{Step: s.Key, Is: ops[r.IntN(len(ops))]}
	switch c.Is {
	case forms.Empty, forms.Answered:
	case forms.Has:
		c.To = "b"
	default:
		s.Optional = false
		c.To = randomAnswer(r, s)
	}
	return c
}

// randomAnswer is one of a few answers of a type, so that conditions often hold.
func randomAnswer(r *rand.Rand, s forms.Step) string {
	some := map[fields.Type][]string{
		fields.Text: {"x", "y"}, fields.Long: {"x\ny"}, fields.Number: {"-1", "2", "10.5"}, fields.Money: {"9.00 RUB", "10.00 RUB"},
		fields.Date: {"2026-11-20", "2026-12-01"}, fields.Time: {"09:30", "15:00"}, fields.YesNo: {"yes", "no"},
		fields.One: {"a", "b", "c"}, fields.Many: {"a", "a,b", "b,c"}, fields.Email: {"a@example.org"}, fields.Phone: {"112"},
		fields.Period: {"2026-11-20/2026-11-20", "2026-11-20/2026-12-24"}, fields.Plate: {"А412МР77", "LB09KXZ"},
		fields.Person: {"1 Ann", "2 Bob"}, fields.Place: {"a", "b"}, fields.Files: {"1", "3"}, fields.Info: {""},
	}[s.Type]
	if s.Optional && r.IntN(2) == 0 {
		return ""
	}
	return some[r.IntN(len(some))]
}
