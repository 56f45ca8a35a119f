package fields

import (
	"strings"
	"time"
)

// The canonical layouts.
const (
	dateLayout = "2006-01-02"
	timeLayout = "15:04"
)

// The years a date may lie in.
const (
	firstYear = 1900
	lastYear  = 2199
)

// parseDate reads the ways of writing a date that both languages share: the
// day stands before the month.
func parseDate(typed string) (string, error) {
	for _, layout := range []string{dateLayout, "2.1.2006", "2.1.06", "2/1/2006", "2 January 2006", "2 Jan 2006"} {
		day, err := time.Parse(layout, typed)
		if err == nil && day.Year() >= firstYear && day.Year() <= lastYear {
			return day.Format(dateLayout), nil
		}
	}
	return "", fault("field.fault.date")
}

// parseTime reads a time of day with 24 hours, or 12 with am and pm.
func parseTime(typed string) (string, error) {
	text := strings.ToLower(strings.ReplaceAll(typed, " ", ""))
	for _, layout := range []string{timeLayout, "15.04", "15:04:05", "3:04pm", "3pm"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.Format(timeLayout), nil
		}
	}
	return "", fault("field.fault.time")
}
