package telegram

import (
	"slices"
	"strings"

	"okno/channels"
	"okno/channels/markdown"
)

// part is one call to Telegram: a text, a file with or without words, or an
// album.
type part struct {
	runs    []markdown.Run
	plain   bool // without formatting, which was refused
	files   []channels.File
	raw     bool // pictures as they are, which were refused as pictures
	buttons [][]channels.Button
	reply   int // the message answered, 0 for none
}

// size is how many messages a part becomes.
func (p part) size() int { return max(1, len(p.files)) }

// parts cuts a message into calls. Words that fit stand under a single file,
// else before all files.
func parts(out channels.Outbound, upload int64) []part {
	runs := signed(out)
	albums := albums(out.Files, upload)
	var list []part
	if len(albums) == 1 && len(albums[0]) == 1 && units(textOf(runs)) <= longestCaption {
		list = []part{{runs: runs, files: albums[0], buttons: out.Buttons}}
		return list
	}
	for _, text := range split(runs, longestText) {
		list = append(list, part{runs: text})
	}
	if len(list) > 0 {
		list[len(list)-1].buttons = out.Buttons
	}
	for _, files := range albums {
		list = append(list, part{files: files})
	}
	return list
}

// signed is the text under the name of the agent who wrote it, as everybody
// answers through one bot.
func signed(out channels.Outbound) []markdown.Run {
	runs := markdown.Runs(out.Body)
	if out.Notice || out.Author == "" {
		return runs
	}
	name := markdown.Run{Text: oneLine(out.Author, 200), Style: markdown.Bold}
	if strings.TrimSpace(textOf(runs)) == "" {
		return []markdown.Run{name}
	}
	return append([]markdown.Run{name, {Text: "\n"}}, runs...)
}

// largestPhoto is how large Telegram takes pictures as pictures, in bytes.
const largestPhoto = 10 << 20

func isPhoto(f channels.File) bool {
	return (f.Type == "image/jpeg" || f.Type == "image/png") && f.Size <= largestPhoto
}

// albums puts files into groups of at most ten, pictures apart from the rest,
// none larger than one call may be.
func albums(files []channels.File, upload int64) [][]channels.File {
	const most = 10
	var out [][]channels.File
	var size int64
	for _, photos := range []bool{true, false} {
		fresh := true
		for _, f := range files {
			if isPhoto(f) != photos {
				continue
			}
			if fresh || len(out[len(out)-1]) == most || size+f.Size > upload {
				out, size, fresh = append(out, nil), 0, false
			}
			out[len(out)-1] = append(out[len(out)-1], f)
			size += f.Size
		}
	}
	return out
}

// withoutLinks is the part with its buttons that open addresses written out:
// Telegram takes no addresses of a home network.
func (p part) withoutLinks() part {
	var rows [][]channels.Button
	p.runs = slices.Clone(p.runs)
	for _, row := range p.buttons {
		var kept []channels.Button
		for _, b := range row {
			if b.URL == "" {
				kept = append(kept, b)
				continue
			}
			p.runs = append(p.runs, markdown.Run{Text: "\n" + b.Text + ": " + b.URL})
		}
		if len(kept) > 0 {
			rows = append(rows, kept)
		}
	}
	p.buttons = rows
	return p
}

func (p part) linked() bool {
	return slices.ContainsFunc(slices.Concat(p.buttons...), func(b channels.Button) bool { return b.URL != "" })
}
