package cli

import "context"

// demo runs a desk to look around in (demo_show.go), or fills one to measure by
// (demo_fill.go).
type demo struct {
	Fill uint   `placeholder:"N" help:"Fill the data directory with N made-up tickets and end."`
	Seed uint64 `default:"42" help:"What --fill makes its choices from: the same seed makes the same desk."`
}

// Run implements the command.
func (d demo) Run(ctx context.Context, s *session) error {
	if d.Fill == 0 {
		return d.show(ctx, s)
	}
	return d.fill(ctx, s)
}
