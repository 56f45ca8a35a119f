package read

import (
	"bytes"
	"io"
	"strings"
	"time"
)

const calendarBytes = 256 << 10

// calendar keeps an invitation as a file and tells in the text what it says,
// in signs rather than words, as the reader's language is not known here.
func (w *walker) calendar(p part) {
	data, err := io.ReadAll(io.LimitReader(p.content, calendarBytes))
	w.mail.fail(err)
	text, _ := decodeCharset(data, p.media.params["charset"])
	if summary := eventSummary(text); summary != "" {
		s := w.choice
		if s == nil {
			s = w.addSection()
		}
		s.extra = joinNonEmpty(s.extra, summary, "\n\n")
	}
	if p.name == "" {
		p.name = "invite.ics"
	}
	p.contentID, p.media.kind = "", "text/calendar"
	w.attach(p, io.MultiReader(bytes.NewReader(data), p.content))
}

// eventSummary tells what, when, where and who asks, of the first event (RFC
// 5545 section 3.6.1).
func eventSummary(source string) string {
	fields := firstEvent(source)
	if fields["SUMMARY"] == "" && fields["DTSTART"] == "" {
		return ""
	}
	lines := []string{"📅 " + fields["SUMMARY"]}
	if when := period(fields["DTSTART"], fields["DTEND"], fields["DTSTART;TZID"]); when != "" {
		lines = append(lines, "🕒 "+when)
	}
	if fields["LOCATION"] != "" {
		lines = append(lines, "📍 "+fields["LOCATION"])
	}
	if who := strings.TrimPrefix(strings.ToLower(fields["ORGANIZER"]), "mailto:"); who != "" {
		lines = append(lines, "👤 "+who)
	}
	return strings.Join(lines, "\n")
}

// firstEvent reads the fields of the first VEVENT.
func firstEvent(source string) map[string]string {
	source = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(source)
	source = strings.NewReplacer("\n ", "", "\n\t", "").Replace(source)
	fields, inside := map[string]string{}, false
	for _, line := range strings.Split(source, "\n") {
		head, value, _ := strings.Cut(line, ":")
		name, params, _ := strings.Cut(strings.ToUpper(head), ";")
		switch {
		case name == "BEGIN" && strings.EqualFold(value, "VEVENT"):
			inside = true
		case name == "END" && strings.EqualFold(value, "VEVENT"):
			return fields
		case inside && fields[name] == "":
			fields[name] = unescapeICS(value)
			if _, zone, ok := strings.Cut(params, "TZID="); ok {
				zone, _, _ = strings.Cut(head[len(head)-len(zone):], ";")
				fields[name+";TZID"] = cleanLine(zone)
			}
		}
	}
	return fields
}

func unescapeICS(value string) string {
	return cleanLine(strings.NewReplacer(`\n`, " ", `\N`, " ", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value))
}

// period writes a time span; the end is left out when it cannot be read.
func period(start, end, zone string) string {
	from, layout, ok := icsTime(start)
	if !ok {
		return start
	}
	text := from.Format(layout)
	if until, layout, ok := icsTime(end); ok {
		if until.Format("2006-01-02") == from.Format("2006-01-02") {
			layout = strings.TrimPrefix(layout, "2006-01-02 ")
		}
		text += " – " + until.Format(layout)
	}
	if strings.HasSuffix(start, "Z") {
		zone = "UTC"
	}
	return strings.TrimSpace(text + " " + zone)
}

func icsTime(s string) (t time.Time, layout string, ok bool) {
	if t, err := time.Parse("20060102T150405", strings.TrimSuffix(s, "Z")); err == nil {
		return t, "2006-01-02 15:04", true
	}
	t, err := time.Parse("20060102", s)
	return t, "2006-01-02", err == nil
}
