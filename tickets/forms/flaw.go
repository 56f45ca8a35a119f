package forms

import (
	"strconv"

	"okno/tickets/fields"
)

// Flaw is one thing wrong with a definition. Message and Args are a key of
// assets/locale and its arguments.
type Flaw struct {
	Step    int    // place in Steps, counted from 0; -1: not of a step
	Stage   int    // place in Stages; -1: not of a stage
	Part    string // "name", "label", "options.2", "check.min", "when": as the tags of the definition
	Message string
	Args    map[string]string
}

// Where is the flaw's place in the whole definition: "name", "steps.3.label",
// "stages.0.approvers.1".
func (f Flaw) Where() string {
	switch {
	case f.Step >= 0:
		return "steps." + strconv.Itoa(f.Step) + "." + f.Part
	case f.Stage >= 0:
		return "stages." + strconv.Itoa(f.Stage) + "." + f.Part
	}
	return f.Part
}

// flaws collects what is wrong with one form, step by step and stage by stage.
type flaws struct {
	step, stage int
	found       []Flaw
}

func (x *flaws) add(part, message string, pairs ...string) {
	x.found = append(x.found, Flaw{Step: x.step, Stage: x.stage, Part: part, Message: message, Args: fault(message, pairs...).Args})
}

// addIf adds a flaw where something is wrong, and answers whether it is.
func (x *flaws) addIf(wrong bool, part, message string, pairs ...string) bool {
	if wrong {
		x.add(part, message, pairs...)
	}
	return wrong
}

// take adds the fault of an answer the definition itself holds.
func (x *flaws) take(part string, f *fields.Fault) {
	x.found = append(x.found, Flaw{Step: x.step, Stage: x.stage, Part: part, Message: f.Message, Args: f.Args})
}
