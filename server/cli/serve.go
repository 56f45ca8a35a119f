package cli

import (
	"context"

	"okno/server"
)

// serve runs the desk until the process is told to stop.
type serve struct{}

// Run implements the command.
func (serve) Run(ctx context.Context, s *session) error {
	c, err := s.checked()
	if err != nil {
		return err
	}
	desk, err := server.New(ctx, c, server.Options{Out: s.Out, Log: s.Err})
	if err != nil {
		return err
	}
	return desk.Run(ctx)
}
