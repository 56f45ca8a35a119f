package cli

import (
	"fmt"
	"runtime/debug"
)

// version prints what this executable was built from.
type version struct{}

// Run implements the command.
func (version) Run(s *session) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	_, err := fmt.Fprintf(s.Out, "okno %s\n", described(info))
	return err
}

// described is the version, the commit and the Go release, as far as known.
func described(info *debug.BuildInfo) string {
	text := info.Main.Version
	if text == "" {
		text = "(unknown)"
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			text += " " + s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			text += " with local changes"
		}
	}
	return text + " " + info.GoVersion
}
