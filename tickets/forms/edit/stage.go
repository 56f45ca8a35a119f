package edit

import (
	"slices"

	"okno/tickets/forms"
)

// AddStage puts a stage of approval at the end and gives it a key of its own.
func AddStage(t forms.RequestType, s forms.Stage) (forms.RequestType, forms.Stage) {
	s.Key = Key(s.Name, "stage", stageKeys(t))
	t.Stages = append(slices.Clone(t.Stages), s)
	return t, s
}

// PutStage replaces the stage that has the key of s.
func PutStage(t forms.RequestType, s forms.Stage) forms.RequestType {
	if at := StageAt(t, s.Key); at >= 0 {
		t.Stages = slices.Clone(t.Stages)
		t.Stages[at] = s
	}
	return t
}

// MoveStage puts a stage at another place, the nearest there is.
func MoveStage(t forms.RequestType, key string, to int) forms.RequestType {
	if at := StageAt(t, key); at >= 0 {
		t.Stages = moved(t.Stages, at, to)
	}
	return t
}

// RemoveStage takes a stage out.
func RemoveStage(t forms.RequestType, key string) forms.RequestType {
	if at := StageAt(t, key); at >= 0 {
		t.Stages = slices.Delete(slices.Clone(t.Stages), at, at+1)
	}
	return t
}

// ReturnStage puts a stage that was taken out back to where it was, unless it is
// there.
func ReturnStage(t forms.RequestType, s forms.Stage, at int) forms.RequestType {
	if s.Key != "" && StageAt(t, s.Key) < 0 {
		t.Stages = slices.Insert(slices.Clone(t.Stages), within(at, len(t.Stages)), s)
	}
	return t
}

// StageAt is the place of a stage, -1 when there is none with this key.
func StageAt(t forms.RequestType, key string) int {
	return slices.IndexFunc(t.Stages, func(s forms.Stage) bool { return s.Key == key })
}

func stageKeys(t forms.RequestType) []string {
	keys := make([]string, 0, len(t.Stages))
	for _, s := range t.Stages {
		keys = append(keys, s.Key)
	}
	return keys
}
