package telegram

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"okno/channels/markdown"
)

// Lengths Telegram takes, in UTF-16 units of the text as it is read.
const (
	longestText    = 4096
	longestCaption = 1024
)

// units is the length of a text as Telegram counts it.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += unitsOf(r)
	}
	return n
}

func unitsOf(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// textOf is what runs say.
func textOf(runs []markdown.Run) string {
	var out strings.Builder
	for _, r := range runs {
		out.WriteString(r.Text)
	}
	return out.String()
}

// split cuts runs into texts of at most limit units: between paragraphs if that
// leaves a text of some length, else between lines, words or characters. Empty
// space at the cuts goes; without words there is no text at all.
func split(runs []markdown.Run, limit int) [][]markdown.Run {
	text := textOf(runs)
	var out [][]markdown.Run
	for from := 0; from < len(text); {
		end := from + cut(text[from:], limit)
		left, right := trimmed(text, from, end)
		if left < right {
			out = append(out, section(runs, left, right))
		}
		from = end
	}
	return out
}

// trimmed moves both ends of a stretch past the space at them. The indent of a
// first line stays.
func trimmed(text string, from, end int) (left, right int) {
	right = from + len(strings.TrimRightFunc(text[from:end], unicode.IsSpace))
	for left = from; left < right; {
		line := strings.IndexByte(text[left:right], '\n')
		if line < 0 || strings.TrimSpace(text[left:left+line]) != "" {
			break
		}
		left += line + 1
	}
	return left, right
}

// cut answers how many bytes of text to take.
func cut(text string, limit int) int {
	fits := fitting(text, limit)
	if fits == len(text) {
		return fits
	}
	for _, border := range []string{"\n\n", "\n", " "} { // which need not fit itself
		if i := strings.LastIndex(text[:min(fits+len(border), len(text))], border); i > fits/4 {
			return i + len(border)
		}
	}
	return unparted(text, fits)
}

// fitting answers how many bytes make limit units or the most below it.
func fitting(text string, limit int) int {
	for i, r := range text {
		if limit -= unitsOf(r); limit < 0 {
			return i
		}
	}
	return len(text)
}

// unparted moves a cut back to where it does not part a character from what
// belongs to it: accents, skin tones, families of emoji.
func unparted(text string, at int) int {
	const farthest = 64
	for i := at; i > 0 && at-i < farthest; {
		after, _ := utf8.DecodeRuneInString(text[i:])
		before, size := utf8.DecodeLastRuneInString(text[:i])
		if !joins(after) && before != zeroWidthJoiner && !country(before, after) {
			return i
		}
		i -= size
	}
	return at
}

const zeroWidthJoiner = '\u200d'

// joins says that a character belongs to the one before.
func joins(r rune) bool {
	return unicode.Is(unicode.M, r) || r == zeroWidthJoiner || r >= 0x1F3FB && r <= 0x1F3FF
}

// country says that two letters make the flag of a country, or may.
func country(a, b rune) bool { return regional(a) && regional(b) }

func regional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// section is the part of runs between two bytes of their text.
func section(runs []markdown.Run, left, right int) []markdown.Run {
	var out []markdown.Run
	at := 0
	for _, r := range runs {
		from, to := max(left-at, 0), min(right-at, len(r.Text))
		at += len(r.Text)
		if from < to {
			r.Text = r.Text[from:to]
			out = append(out, r)
		}
	}
	return out
}
