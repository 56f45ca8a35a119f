// Package config is the boot configuration: the few settings the process needs
// before it can open its database. Everything else is edited in the pages and
// stored.
//
// Config is the list of keys. Each key is a flag, an environment variable and a
// line of an optional YAML file; Sources is the kong resolver that looks in
// these places (a flag wins over the environment, the environment over the
// file, the file over the default) and remembers where each value came from.
// Validate reports every fault at once.
package config

import (
	"net"
	"net/url"
	"path/filepath"
	"strings"
)

// DefaultListen is where a desk listens that was not told where.
const DefaultListen = "127.0.0.1:8080"

// Config holds the settings. kong fills it; the tags are the documentation.
type Config struct {
	File          string `name:"config" env:"OKNO_CONFIG" placeholder:"FILE" help:"YAML file with these settings, one 'key: value' a line."`
	Data          string `env:"OKNO_DATA" default:"okno-data" placeholder:"DIR" help:"Directory for everything the desk keeps."`
	Listen        string `env:"OKNO_LISTEN" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address to serve on."`
	Database      string `env:"OKNO_DATABASE" secret:"" placeholder:"URL" help:"postgres://... for PostgreSQL; empty for SQLite in the data directory."`
	PublicURL     string `name:"public-url" env:"OKNO_PUBLIC_URL" placeholder:"URL" help:"Address people reach the desk at, used in every link; http:// and the listen address when empty."`
	TrustProxies  string `name:"trust-proxies" env:"OKNO_TRUST_PROXIES" placeholder:"LIST" help:"Reverse proxies whose X-Forwarded-For is believed: addresses or networks, separated by commas."`
	SecretFile    string `env:"OKNO_SECRET_FILE" placeholder:"FILE" help:"File with the key that seals stored passwords; DIR/secret.key when empty."`
	AdminEmail    string `env:"OKNO_ADMIN_EMAIL" placeholder:"EMAIL" help:"First administrator, made when there is none yet."`
	AdminPassword string `env:"OKNO_ADMIN_PASSWORD" secret:"" placeholder:"PASSWORD" help:"Password of the first administrator."`
	MetricsToken  string `env:"OKNO_METRICS_TOKEN" secret:"" placeholder:"TOKEN" help:"Whoever brings it as a bearer token may read /metrics; without one only this machine may."`
	LogLevel      string `env:"OKNO_LOG_LEVEL" default:"info" placeholder:"LEVEL" help:"debug, info, warn or error."`
	LogFormat     string `env:"OKNO_LOG_FORMAT" default:"auto" placeholder:"FORMAT" help:"text, json, or auto: text on a terminal, JSON elsewhere."`
}

// KeyFile is the path of the key that seals stored secrets.
func (c Config) KeyFile() string {
	if c.SecretFile != "" {
		return c.SecretFile
	}
	return filepath.Join(c.Data, "secret.key")
}

// Proxies are the addresses and networks of the reverse proxies to trust.
func (c Config) Proxies() []string {
	return strings.FieldsFunc(c.TrustProxies, func(r rune) bool { return r == ',' || r == ' ' })
}

// SetupLinkFile is the path of the file that holds the set-up link until it is
// used.
func (c Config) SetupLinkFile() string { return filepath.Join(c.Data, "setup-link") }

// URL is where people reach a desk that listens on addr: the public URL, or
// addr itself with a host that a browser on this machine understands.
func (c Config) URL(addr string) string {
	if c.PublicURL != "" {
		return c.PublicURL
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "http://" + addr
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return (&url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}).String()
}
