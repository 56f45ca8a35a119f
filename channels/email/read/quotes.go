package read

import (
	"slices"
	"strings"
)

// fold splits the text into what is new and what is quoted. Nothing is lost:
// every line is in Visible or in Quoted. cut is where HTML says that the quote
// begins, or -1. When everything would fold, nothing does; a forward is shown
// whole, as what was forwarded is the matter.
func (m *Mail) fold(cut int) {
	m.Visible, m.Quoted = m.Text, ""
	if m.Forwarded != nil || m.Bounce != nil {
		return
	}
	lines := strings.Split(m.Text, "\n")
	folds := foldable(lines)
	at := min(firstTrue(folds, 0), lineAt(lines, cut))
	visible := strings.Join(lines[:at], "\n")
	if strings.TrimSpace(visible) == "" || at == len(lines) {
		m.foldLeading(lines, folds)
		return
	}
	m.Visible = strings.Trim(visible, "\n")
	m.Quoted = strings.Trim(strings.Join(lines[at:], "\n"), "\n")
}

// foldLeading folds a quote that stands above the answer.
func (m *Mail) foldLeading(lines []string, folds []bool) {
	end, quoted := 0, false
	for end < len(lines) {
		n := attribution(lines, end)
		switch line := lines[end]; {
		case n > 0:
			end += n
			continue
		case isQuoted(line):
			quoted = true
		case strings.TrimSpace(line) != "" && !isReplyAbove(line):
			m.keepBetween(lines, end, firstTrue(folds, end), quoted)
			return
		}
		end++
	}
}

// keepBetween shows the lines from top to bottom and folds those around.
func (m *Mail) keepBetween(lines []string, top, bottom int, quoted bool) {
	visible := strings.Trim(strings.Join(lines[top:bottom], "\n"), "\n")
	if !quoted || strings.TrimSpace(visible) == "" || slices.ContainsFunc(lines[top:bottom], isQuoted) {
		return // answers between quoted lines make sense only together with them
	}
	m.Visible = visible
	around := strings.Join(lines[:top], "\n") + "\n\n" + strings.Join(lines[bottom:], "\n")
	m.Quoted = strings.Trim(around, "\n")
}

// foldable answers for every line whether nothing but quoted mail and
// signatures follows from it on. It goes upwards, so that each line is judged
// once.
func foldable(lines []string) []bool {
	folds := make([]bool, len(lines)+1)
	folds[len(lines)] = true
	for i := len(lines) - 1; i >= 0; i-- {
		folds[i] = foldsFrom(lines, i, folds)
	}
	return folds
}

func foldsFrom(lines []string, i int, folds []bool) bool {
	line := lines[i]
	switch {
	case strings.TrimSpace(line) == "" || isQuoted(line):
		return folds[i+1]
	case isReplyAbove(line), isDivider(line), isDashes(line), headerBlock(lines[i:]):
		return true
	case isRule(line), isSentFrom(line):
		return folds[i+1]
	}
	n := attribution(lines, i)
	if n == 0 {
		return false
	}
	return folds[i+n] || !isQuoted(firstFilled(lines[i+n:]))
}

// firstFilled is the first line among the next few that is not empty.
func firstFilled(lines []string) string {
	for _, line := range lines[:min(4, len(lines))] {
		if strings.TrimSpace(line) != "" {
			return line
		}
	}
	return ""
}

// firstTrue answers the first line from at on that folds; folds has one entry
// more than there are lines, and that one is true.
func firstTrue(folds []bool, at int) int {
	for !folds[at] {
		at++
	}
	return min(at, len(folds)-1)
}

// lineAt answers the number of the line that begins at byte cut or behind it.
func lineAt(lines []string, cut int) int {
	size := 0
	for i, line := range lines {
		if cut >= 0 && size >= cut {
			return i
		}
		size += len(line) + 1
	}
	return len(lines)
}

func isQuoted(line string) bool {
	return strings.HasPrefix(strings.TrimLeft(line, " \t\u00a0"), ">")
}
