package desk

import (
	"strings"

	"okno/tickets"
)

// Request is the form a ticket was made with, in the words of the reader.
type Request struct {
	Name  string // of the request type, "" when there is none
	Icon  string // emoji
	Given []Given
}

// Given is one answer to a form.
type Given struct {
	Label string
	Text  string
	Files []File
}

// mostStars is the best rating.
const mostStars = 5

// starLine draws a rating.
func starLine(stars int) string {
	stars = min(max(stars, 0), mostStars)
	return strings.Repeat("★", stars) + strings.Repeat("☆", mostStars-stars)
}

// rated says that somebody rated the ticket.
func (s Side) rated() bool { return s.Rating != (tickets.Rating{}) }
