package dialog_test

import (
	"flag"
	"path/filepath"
	"testing"

	"okno/channels/dialog/dialogtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestTranscripts plays every script of testdata.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	stage := dialogtest.Stage{Catalog: catalog(), Update: *update}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { stage.Play(t, file) })
	}
}
