package cli

import (
	"fmt"
	"os"

	"okno/channels/email/read"
)

// inspect prints what the mail reader makes of files.
type inspect struct {
	Files []string `arg:"" name:"file" help:"Mail files (RFC 5322)."`
}

// Run implements the command. A file that cannot be read gets its line too, with
// the reason as "error", and the command fails at the end.
func (i inspect) Run(s *session) error {
	failed := false
	for _, file := range i.Files {
		line, err := inspected(file)
		if err != nil {
			failed = true
			if line, err = read.Uninspected(file, err); err != nil {
				return fmt.Errorf("tell about %s: %w", file, err)
			}
		}
		if _, err := fmt.Fprintf(s.Out, "%s\n", line); err != nil {
			return fmt.Errorf("print: %w", err)
		}
	}
	if failed {
		return errSilent
	}
	return nil
}

func inspected(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return read.Inspect(name, f)
}
