package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"okno/server"
)

// apply makes what a file lists and leaves everything else alone.
type apply struct {
	File string `arg:"" help:"YAML file with teams, agents and channels."`
}

// Run implements the command. The file is carried out in one transaction:
// either all of it or nothing.
func (a apply) Run(ctx context.Context, s *session) (err error) {
	c, err := s.checked()
	if err != nil {
		return err
	}
	wanted, err := readWanted(a.File, s.Lookup)
	if err != nil {
		return err
	}
	rooms, err := server.Visit(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rooms.Close()) }()
	var p *plan
	err = rooms.Store.InTx(ctx, func(ctx context.Context) error {
		p = &plan{rooms: rooms, file: a.File, url: c.URL(c.Listen)}
		return p.carryOut(ctx, wanted)
	})
	if err != nil {
		return err
	}
	for _, line := range p.lines {
		if _, err := fmt.Fprintln(s.Out, line); err != nil {
			return fmt.Errorf("print: %w", err)
		}
	}
	return nil
}

// readWanted reads a file and answers its faults with their lines.
func readWanted(path string, lookup func(string) (string, bool)) (wanted, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return wanted{}, fmt.Errorf("read the file to apply: %w", err)
	}
	w, err := parseWanted(raw, lookup)
	if err != nil {
		return wanted{}, &usageError{fmt.Errorf("%s %w", path, err)}
	}
	return w, nil
}
