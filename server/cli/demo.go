package cli

import (
	"context"
	"errors"
)

// demo runs a desk to look around in, or fills one to measure by.
type demo struct {
	Fill uint   `placeholder:"N" help:"Fill the data directory with N made-up tickets and end."`
	Seed uint64 `default:"42" help:"What --fill makes its choices from: the same seed makes the same desk."`
}

// Run implements the command.
func (d demo) Run(ctx context.Context, s *session) error {
	if d.Fill == 0 {
		return &usageError{errors.New("say how many tickets to make up: okno demo --fill N")}
	}
	return d.fill(ctx, s)
}
