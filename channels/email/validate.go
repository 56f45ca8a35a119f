package email

import (
	"net/mail"
	"slices"
	"strings"

	"okno/channels"
)

// validate implements channels.Kind.
func validate(c channels.Connection) map[string]channels.Text {
	get := reader(c)
	faults := map[string]channels.Text{}
	for _, f := range fields() {
		if !shown(f, get) {
			continue
		}
		if code := faultOf(f, value(f, c, get)); code != "" {
			faults[f.Key] = channels.Text{Key: "channel.email.fault." + code}
		}
	}
	return faults
}

func shown(f channels.Field, get func(string) string) bool {
	key, want, conditional := strings.Cut(f.ShowIf, "=")
	return !conditional || get(key) == want
}

func value(f channels.Field, c channels.Connection, get func(string) string) string {
	if f.Type == channels.FieldSecret {
		return c.Secrets[f.Key]
	}
	return get(f.Key)
}

// faultOf names what is wrong with a value, "" when nothing is.
func faultOf(f channels.Field, v string) string {
	switch {
	case v == "" && f.Required:
		return "required"
	case v == "":
		return ""
	case f.Key == "address" && !isAddress(v):
		return "address"
	case strings.HasSuffix(f.Key, "_host") && !isHost(v):
		return "host"
	case f.Type == channels.FieldNumber && (number(v) < 1 || number(v) > 65535):
		return "port"
	case f.Type == channels.FieldChoice && !slices.Contains(f.Options, v):
		return "choice"
	case strings.ContainsAny(v, "\r\n\x00"):
		return "line"
	}
	return ""
}

func isAddress(v string) bool {
	a, err := mail.ParseAddress(v)
	return err == nil && a.Address == v
}

// isHost refuses what people paste instead of a name: addresses of web pages,
// and a port.
func isHost(v string) bool {
	return !strings.ContainsAny(v, " /@\t\r\n\\") && (!strings.Contains(v, ":") || strings.Count(v, ":") > 1)
}
