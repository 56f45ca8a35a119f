package dialogtest

import (
	"mime"
	"path"
	"slices"
	"strconv"
	"strings"

	"okno/channels"
	"okno/channels/dialog"
)

// does makes a turn of a line of the script.
func (p *play) does(what string) dialog.Turn {
	turn := p.turn
	name, old := strings.CutPrefix(what, "old ")
	switch {
	case what == "nothing":
	case what == "timer":
		turn.Timer = true
	case strings.HasPrefix(what, "file "):
		p.sends(&turn, strings.Fields(what)[1:])
	case strings.HasPrefix(what, "lost "):
		p.loses(&turn, strings.Fields(what)[1:])
	case strings.HasPrefix(name, "[") && strings.HasSuffix(name, "]"):
		turn.Button = p.button(strings.Trim(name, "[]"), old)
	case strings.HasPrefix(what, "id "):
		turn.Button = strings.TrimPrefix(what, "id ")
	default:
		turn.Text = strings.ReplaceAll(what, `\n`, "\n")
	}
	return turn
}

// sends is NAME KILOBYTES [album ALBUM] WORDS.
func (p *play) sends(turn *dialog.Turn, words []string) {
	kb, err := strconv.Atoi(words[1])
	if err != nil {
		p.t.Fatal(err)
	}
	turn.Files = []channels.File{{
		Name: words[0], Type: mime.TypeByExtension(path.Ext(words[0])), Size: int64(kb) << 10, Blob: strings.Repeat("b", 64),
	}}
	if words = words[2:]; len(words) > 1 && words[0] == "album" {
		turn.Album, words = words[1], words[2:]
	}
	turn.Text = strings.Join(words, " ")
}

// loses is NAME MEGABYTES WORDS.
func (p *play) loses(turn *dialog.Turn, words []string) {
	most, err := strconv.ParseInt(words[1], 10, 64)
	p.must(err)
	turn.Missing, turn.Text = []channels.MissingFile{{Name: words[0], Most: most << 20}}, strings.Join(words[2:], " ")
}

// button finds a button by what stands on it, no-break spaces as spaces.
func (p *play) button(name string, oldest bool) string {
	p.t.Helper()
	list := slices.Clone(p.seen)
	if !oldest {
		slices.Reverse(list)
	}
	i := slices.IndexFunc(list, func(b channels.Button) bool { return strings.ReplaceAll(b.Text, "\u00a0", " ") == name })
	if i < 0 {
		p.t.Fatalf("no button [%s]; the transcript ends with\n%s", name, p.out.String())
	}
	return list[i].ID
}
