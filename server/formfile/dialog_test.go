package formfile_test

import (
	"flag"
	"path/filepath"
	"testing"

	"okno/channels/dialog"
	"okno/channels/dialog/dialogtest"
	"okno/channels/dialog/understand"
	"okno/kb/index"
	"okno/tickets/forms"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestShippedFormsInChat plays a conversation with every form in the box, in
// both languages: found by free text, asked step by step and sent.
func TestShippedFormsInChat(t *testing.T) {
	f := shipped(t)
	for i := range f.Requests {
		f.Requests[i].ID, f.Requests[i].Version = int64(i+1), 1
	}
	stage := dialogtest.Stage{
		Catalog: forms.Catalog{Menu: forms.Menu{Sections: f.Sections, Topics: f.Topics}, Types: f.Requests, Lists: f.Lists},
		Match:   matcher(t, f.Requests, f.Lists),
		Update:  *update,
	}
	for _, form := range f.Requests {
		for _, language := range []string{"en", "ru"} {
			name := form.Key + "." + language + ".txt"
			t.Run(name, func(t *testing.T) { stage.Play(t, filepath.Join("testdata", "dialog", name)) })
		}
	}
}

// matcher finds request types as the desk does.
func matcher(t *testing.T, types []forms.RequestType, lists []forms.List) func(text string) []dialog.Match {
	t.Helper()
	x, err := index.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	if err := x.Replace(t.Context(), understand.Kind, understand.Documents(types, lists)); err != nil {
		t.Fatal(err)
	}
	return func(text string) []dialog.Match {
		hits, err := x.Search(t.Context(), understand.Kind, text, 3)
		if err != nil {
			t.Fatal(err)
		}
		var found []dialog.Match
		for _, h := range hits {
			if id, ok := understand.TypeOf(h.ID); ok {
				found = append(found, dialog.Match{Type: id, Score: h.Score})
			}
		}
		return found
	}
}
