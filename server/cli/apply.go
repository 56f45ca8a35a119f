package cli

import (
	"context"
	"errors"
	"fmt"

	"okno/server"
	"okno/server/config"
)

// apply makes what files list and leaves everything else alone.
type apply struct {
	Files  []string `arg:"" name:"file" help:"YAML files with teams, agents and channels, or with the menu, lists and request types."`
	DryRun bool     `help:"Print what would change and change nothing."`
}

// errDry undoes what was only tried.
var errDry = errors.New("only tried")

// Run implements the command. The files are carried out in one transaction:
// either all of them or nothing.
func (a apply) Run(ctx context.Context, s *session) (err error) {
	c, err := s.checked()
	if err != nil {
		return err
	}
	sheets, err := readSheets(a.Files, s.Lookup)
	if err != nil {
		return err
	}
	rooms, err := a.enter(ctx, c, sheets)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rooms.Close()) }()
	lines, err := a.carryOut(ctx, rooms, sheets, c.URL(c.Listen))
	if err != nil {
		return err
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(s.Out, line); err != nil {
			return fmt.Errorf("print: %w", err)
		}
	}
	return nil
}

// enter opens the desk. A running one looks at request types at every use, so
// they can be changed beside it; channels it has taken up already.
func (a apply) enter(ctx context.Context, c config.Config, sheets []sheet) (*server.Rooms, error) {
	for _, x := range sheets {
		if !x.staff.empty() {
			return server.Visit(ctx, c)
		}
	}
	return server.Beside(ctx, c)
}

// carryOut does what all files say and answers a line for each thing in them.
func (a apply) carryOut(ctx context.Context, rooms *server.Rooms, sheets []sheet, url string) ([]string, error) {
	var lines []string
	err := rooms.Store.InTx(ctx, func(ctx context.Context) error {
		lines = nil
		for _, x := range sheets {
			p := &plan{rooms: rooms, file: x.path, url: url}
			if err := p.carryOut(ctx, x.staff); err != nil {
				return err
			}
			lines = append(lines, p.lines...)
		}
		offered, err := carryForms(ctx, rooms, sheets)
		if err != nil {
			return err
		}
		lines = append(lines, offered...)
		if a.DryRun {
			return errDry
		}
		return nil
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return lines, err
}
