package cli

import (
	"okno/server/config"
)

// show prints the settings, also faulty ones, and then what is wrong.
type show struct{}

// Run implements the command.
func (show) Run(s *session) error {
	if err := config.Print(s.Out, s.kong, s.sources); err != nil {
		return err
	}
	_, err := s.checked()
	return err
}
