package read

import "strings"

// unflow joins the soft line ends of format=flowed (RFC 3676 section 4.2).
// Lines of different quote depth are never joined.
func unflow(text string, delsp bool) string {
	var out strings.Builder
	soft, depth := false, 0
	for i, line := range strings.Split(text, "\n") {
		rest := strings.TrimLeft(line, ">")
		quotes := len(line) - len(rest)
		rest = strings.TrimPrefix(rest, " ")
		switch {
		case i > 0 && (!soft || quotes != depth):
			out.WriteByte('\n')
			fallthrough
		case i == 0:
			if quotes > 0 {
				out.WriteString(strings.Repeat(">", quotes) + " ")
			}
		}
		soft, depth = strings.HasSuffix(rest, " ") && rest != "-- ", quotes
		if soft && delsp {
			rest = rest[:len(rest)-1]
		}
		out.WriteString(rest)
	}
	return out.String()
}
