package config

import (
	"fmt"
	"io"
	"net/url"
	"text/tabwriter"

	"github.com/alecthomas/kong"
)

// Print writes every key with its value and origin, a line each. Secrets are
// masked.
func Print(w io.Writer, ctx *kong.Context, s *Sources) error {
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	for _, flag := range ctx.Flags() {
		if len(flag.Envs) == 0 {
			continue
		}
		value, _ := ctx.FlagValue(flag).(string)
		if flag.Tag.Has("secret") {
			value = mask(value)
		}
		if _, err := fmt.Fprintf(table, "%s\t%s\t%s\n", flag.Name, value, s.Origin(flag.Name)); err != nil {
			return fmt.Errorf("print configuration: %w", err)
		}
	}
	return table.Flush()
}

// mask hides a secret; of an address it hides only the password.
func mask(value string) string {
	u, err := url.Parse(value)
	switch {
	case value == "":
		return ""
	case err == nil && u.Host != "" && u.RawQuery == "":
		return u.Redacted()
	default:
		return "xxxxx"
	}
}
