package forms_test

import (
	"slices"
	"strings"
	"testing"

	"okno/tickets/fields"
	"okno/tickets/forms"
)

func menu() forms.Menu {
	return forms.Menu{Sections: []forms.Section{{Key: "office"}}, Topics: []forms.Topic{{Key: "travel"}}}
}

func lists() []forms.List {
	return []forms.List{
		{Key: "offices", Entries: []fields.Option{option("moscow"), {Key: "omsk", NameEN: "Omsk", Archived: true}}},
		{Key: "closed", Entries: []fields.Option{{Key: "omsk", NameEN: "Omsk", Archived: true}}},
	}
}

// approved is trip with one stage that has no flaw.
func approved() forms.RequestType {
	t := trip()
	t.Topic, t.Priority, t.Audience = "travel", 2, forms.Known
	t.Stages = []forms.Stage{{
		Key: "boss", Name: text("Boss", "Начальник"), Rule: forms.AnyOf, Approvers: []forms.Approver{{Kind: forms.ByManager}},
		Deadline: 24, Late: forms.LateAgents, When: &forms.Condition{Step: "cost", Is: forms.Answered},
	}}
	return t
}

func TestADefinitionWithoutFlaws(t *testing.T) {
	for _, form := range []forms.RequestType{trip(), approved()} {
		if flaws := forms.CheckType(form, menu(), lists()); len(flaws) != 0 {
			t.Errorf("found %+v", flaws)
		}
	}
}

// TestFlaws breaks one thing at a time and wants exactly what follows from it.
func TestFlaws(t *testing.T) {
	long := "A name that is much too long for any button"
	step := func(place int, change func(*forms.Step)) func(*forms.RequestType) {
		return func(f *forms.RequestType) { change(&f.Steps[place]) }
	}
	when := func(c forms.Condition) func(*forms.RequestType) {
		return step(4, func(s *forms.Step) { s.When = &c })
	}
	stage := func(change func(*forms.Stage)) func(*forms.RequestType) {
		return func(f *forms.RequestType) { change(&f.Stages[0]) }
	}
	approver := func(kind forms.ApproverKind, value string) func(*forms.RequestType) {
		return stage(func(s *forms.Stage) { s.Approvers = []forms.Approver{{Kind: kind, Value: value}} })
	}
	for _, c := range []struct {
		change         func(*forms.RequestType)
		where, message string
	}{
		{func(f *forms.RequestType) { f.Key = "Trip" }, "key", "form.flaw.key"},
		{func(f *forms.RequestType) { f.Name = text(" ", "") }, "name", "form.flaw.empty"},
		{func(f *forms.RequestType) { f.Name.EN = long }, "name", "form.flaw.long"},
		{func(f *forms.RequestType) { f.Icon = long }, "icon", "form.flaw.long"},
		{func(f *forms.RequestType) { f.Section = "garden" }, "section", "form.flaw.section"},
		{func(f *forms.RequestType) { f.Topic = "garden" }, "topic", "form.flaw.topic"},
		{func(f *forms.RequestType) { f.Subject.RU = "{town}" }, "subject", "form.flaw.subject.step"},
		{func(f *forms.RequestType) { f.Subject.EN = "{hello}" }, "subject", "form.flaw.subject.step"},
		{func(f *forms.RequestType) { f.Keywords.RU = make([]string, 101) }, "keywords", "form.flaw.many"},
		{func(f *forms.RequestType) { f.Keywords.EN = []string{strings.Repeat("long", 26)} }, "keywords", "form.flaw.long"},
		{func(f *forms.RequestType) { f.Tags = []string{long} }, "tags", "form.flaw.long"},
		{func(f *forms.RequestType) { f.Priority = 5 }, "priority", "form.flaw.priority"},
		{func(f *forms.RequestType) { f.Audience = "friends" }, "audience", "form.flaw.audience"},
		{func(f *forms.RequestType) { f.Subject, f.Stages, f.Steps = forms.Text{}, nil, f.Steps[:1] }, "steps", "form.flaw.steps.none"},
		{step(1, func(s *forms.Step) { s.Label = forms.Text{} }), "steps.1.label", "form.flaw.empty"},
		{step(4, func(s *forms.Step) { s.Key = "city" }), "steps.4.key", "form.flaw.key.twice"},
		{step(4, func(s *forms.Step) { s.Key = "Why?" }), "steps.4.key", "form.flaw.key"},
		{step(4, func(s *forms.Step) { s.Type = "colour" }), "steps.4.type", "form.flaw.type"},
		{step(4, func(s *forms.Step) { s.Options = []fields.Option{option("a")} }), "steps.4.options", "form.flaw.useless"},
		{step(4, func(s *forms.Step) { s.Check.Min = "1" }), "steps.4.check.min", "form.flaw.useless"},
		{step(4, func(s *forms.Step) { s.Check.Pattern = "(" }), "steps.4.check.pattern", "form.flaw.pattern"},
		{step(4, func(s *forms.Step) { s.Check.Bytes = 1 }), "steps.4.check.bytes", "form.flaw.useless"},
		{step(4, func(s *forms.Step) { s.Type, s.Check.Files = fields.Files, []string{"picture"} }), "steps.4.check.files", "form.flaw.file.type"},
		{step(1, func(s *forms.Step) { s.Check.Shorter = 11 }), "steps.1.check.shorter", "form.flaw.shorter"},
		{step(1, func(s *forms.Step) { s.Check.Longer = -1 }), "steps.1.check.longer", "form.flaw.negative"},
		{step(2, func(s *forms.Step) { s.Check.Min, s.Check.Max = "tomorrow", "today" }), "steps.2.check.min", "form.flaw.min"},
		{step(2, func(s *forms.Step) { s.Check.Max = "soon" }), "steps.2.check.max", "field.fault.date"},
		{step(2, func(s *forms.Step) { s.Check.Max = "1.2.2026" }), "steps.2.check.max", "form.fault.canonical"},
		{step(2, func(s *forms.Step) { s.Default, s.Check.Min = "today", "tomorrow" }), "steps.2.default", "form.fault.least.date"},
		{step(4, func(s *forms.Step) { s.Default = "me" }), "steps.4.default", "form.flaw.default.me"},
		{step(1, func(s *forms.Step) { s.Default = "UK" }), "steps.1.default", "form.fault.shorter"},
		{step(4, func(s *forms.Step) { s.Type, s.Default = fields.Files, "1" }), "steps.4.default", "form.flaw.useless"},
		{step(3, func(s *forms.Step) { s.Check.Min = "9000000.00 RUB" }), "steps.3.check.min", "form.flaw.min"},
		{step(3, func(s *forms.Step) { s.Check.Min = "1.00 USD" }), "steps.3.check.min", "form.fault.currency"},
		{step(4, func(s *forms.Step) { s.Type, s.Options = fields.One, make([]fields.Option, 201) }), "steps.4.options", "form.flaw.many"},
		{step(4, func(s *forms.Step) { s.Type, s.Currency = fields.Money, "XXX" }), "steps.4.currency", "field.fault.currency"},
		{step(4, func(s *forms.Step) { s.Type = fields.One }), "steps.4.options", "form.flaw.options.none"},
		{step(5, func(s *forms.Step) { s.Options = append(s.Options, fields.Option{Key: "cab"}) }), "steps.5.options.3", "form.flaw.empty"},
		{step(5, func(s *forms.Step) { s.Options = append(s.Options, fields.Option{Key: "cab", NameEN: "CAR"}) }), "steps.5.options.3", "field.fault.option.twice"},
		{step(5, func(s *forms.Step) { s.Options = append(s.Options, fields.Option{Key: "car", NameEN: "Cab"}) }), "steps.5.options.3", "form.flaw.key.twice.option"},
		{step(5, func(s *forms.Step) {
			s.Options = append(s.Options, fields.Option{Key: "cab", NameEN: "Cab, taxi"})
		}), "steps.5.options.3", "field.fault.name.comma"},
		{step(4, func(s *forms.Step) { s.Type, s.List = fields.Place, "gardens" }), "steps.4.list", "form.flaw.list"},
		{step(4, func(s *forms.Step) { s.Type, s.List = fields.Place, "closed" }), "steps.4.list", "form.flaw.list.empty"},
		{step(4, func(s *forms.Step) { s.Type, s.List, s.Options = fields.One, "offices", []fields.Option{option("a")} }), "steps.4.options", "form.flaw.options.list"},
		{step(4, func(s *forms.Step) { s.Type, s.List, s.Default = fields.Place, "offices", "omsk" }), "steps.4.default", "field.fault.option"},
		{when(forms.Condition{}), "steps.4.when", "form.flaw.when.parts"},
		{when(forms.Condition{Step: "town", Is: forms.Empty}), "steps.4.when", "form.flaw.when.unknown"},
		{when(forms.Condition{Step: "needs", Is: forms.Empty}), "steps.4.when", "form.flaw.when.later"},
		{when(forms.Condition{All: []forms.Condition{{Step: "why", Is: forms.Empty}}}), "steps.4.when", "form.flaw.when.later"},
		{when(forms.Condition{Step: "city", Is: forms.Less, To: "1"}), "steps.4.when", "form.flaw.when.op"},
		{when(forms.Condition{Step: "hello", Is: forms.Empty}), "steps.4.when", "form.flaw.when.op"},
		{when(forms.Condition{Step: "city", Is: forms.Equal}), "steps.4.when", "form.flaw.when.value"},
		{when(forms.Condition{Step: "city", Is: forms.Equal, To: "UK"}), "steps.4.when", "form.fault.shorter"},
		{when(forms.Condition{Step: "cost", Is: forms.More, To: "5.00 USD"}), "steps.4.when", "form.fault.currency"},
		{when(forms.Condition{Step: "cost", Is: forms.More, To: "5 RUB"}), "steps.4.when", "form.fault.canonical"},
		{when(forms.Condition{Step: "cost", Is: forms.Answered, To: "5"}), "steps.4.when", "form.flaw.useless"},
		{func(f *forms.RequestType) { f.Steps[6].When.To = "boat" }, "steps.6.when", "field.fault.option"},
		{stage(func(s *forms.Stage) { s.Key = "" }), "stages.0.key", "form.flaw.key"},
		{stage(func(s *forms.Stage) { s.Name = forms.Text{} }), "stages.0.name", "form.flaw.empty"},
		{stage(func(s *forms.Stage) { s.Approvers = nil }), "stages.0.approvers", "form.flaw.approvers.none"},
		{stage(func(s *forms.Stage) { s.Rule = "some" }), "stages.0.rule", "form.flaw.rule"},
		{stage(func(s *forms.Stage) { s.RemindIn = -1 }), "stages.0.remind_hours", "form.flaw.hours"},
		{stage(func(s *forms.Stage) { s.Late = "" }), "stages.0.late", "form.flaw.late"},
		{stage(func(s *forms.Stage) { s.When.Step = "town" }), "stages.0.when", "form.flaw.when.unknown"},
		{approver(forms.ByAddress, "the boss"), "stages.0.approvers.0", "form.flaw.approver.address"},
		{approver(forms.ByManager, "ann"), "stages.0.approvers.0", "form.flaw.useless"},
		{approver(forms.ByRole, "boss"), "stages.0.approvers.0", "form.flaw.approver.role"},
		{approver(forms.ByTeam, " "), "stages.0.approvers.0", "form.flaw.approver.team"},
		{approver(forms.ByStep, "city"), "stages.0.approvers.0", "form.flaw.approver.step"},
		{approver("anybody", ""), "stages.0.approvers.0", "form.flaw.approver.kind"},
	} {
		form := approved()
		c.change(&form)
		flaws := forms.CheckType(form, menu(), lists())
		if !slices.ContainsFunc(flaws, func(f forms.Flaw) bool { return f.Where() == c.where && f.Message == c.message }) {
			t.Errorf("want %s of %s, found %+v", c.message, c.where, flaws)
		}
		if len(flaws) != 1 {
			t.Errorf("want %s of %s alone, found %+v", c.message, c.where, flaws)
		}
	}
}
