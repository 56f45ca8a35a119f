package dialogtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"okno/channels/dialog"
	"okno/tickets/forms"
)

// writeDown adds what came of a turn to the transcript.
func (p *play) writeDown(out dialog.Outcome) {
	for i, m := range out.Say {
		mark := "<"
		if m.Replaces {
			mark = "~"
		}
		if i > 0 {
			fmt.Fprintln(&p.out, mark)
		}
		for line := range strings.SplitSeq(m.Body, "\n") {
			fmt.Fprintln(&p.out, strings.TrimSpace(mark+" "+line))
		}
		for _, row := range m.Buttons {
			p.out.WriteString(mark)
			for _, b := range row {
				fmt.Fprintf(&p.out, " [%s]", b.Text)
				p.seen = append(p.seen, b)
			}
			p.out.WriteString("\n")
		}
	}
	for _, c := range out.Do {
		fmt.Fprintln(&p.out, "! "+strings.ReplaceAll(p.done(c), " \n", "\n"))
	}
	if !out.Taken {
		fmt.Fprintln(&p.out, "! not taken")
	}
	if out.Taken && len(out.Say)+len(out.Do) == 0 {
		fmt.Fprintln(&p.out, "! silence")
	}
}

// done is a command in words.
func (p *play) done(c dialog.Command) string {
	switch {
	case c.Open != nil:
		p.last = c.Open.Filling
		return "open" + p.filled(c.Open.Type, c.Open.Answers, c.Open.Files, c.Open.Said)
	case c.Human != nil:
		p.last = c.Human.Filling
		return "human" + p.filled(c.Human.Type, c.Human.Answers, c.Human.Files, c.Human.Said)
	case c.Write != nil:
		return fmt.Sprintf("write to #%d", c.Write.Ticket)
	case c.Rate != nil:
		return fmt.Sprintf("rate #%d stars %d comment %q", c.Rate.Ticket, c.Rate.Stars, c.Rate.Comment)
	case c.Reopen != 0:
		return fmt.Sprintf("reopen #%d", c.Reopen)
	case c.Approve != nil:
		return fmt.Sprintf("approve %d agree %v comment %q", c.Approve.Approval, c.Approve.Agree, c.Approve.Comment)
	}
	p.t.Error("an empty command")
	return ""
}

// filled is what goes into a ticket, a line each.
func (p *play) filled(id int64, a forms.Answers, files map[string][]dialog.File, said []string) string {
	var b strings.Builder
	for _, x := range p.world.Catalog.Types {
		if x.ID == id {
			b.WriteString(" " + x.Key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(a)) {
		fmt.Fprintf(&b, "\n!   %s = %s", key, strings.ReplaceAll(a[key], "\n", `\n`))
	}
	for _, key := range slices.Sorted(maps.Keys(files)) {
		for _, f := range files[key] {
			fmt.Fprintf(&b, "\n!   file %s %s", f.Name, key)
		}
	}
	for _, text := range said {
		text = strings.ReplaceAll(text, "\n", `\n`)
		if r := []rune(text); len(r) > 100 {
			text = fmt.Sprintf("%s... (%d)", string(r[:100]), len(r))
		}
		fmt.Fprintf(&b, "\n!   said %q", text)
	}
	return strings.TrimRight(b.String(), " ")
}
