package config

import (
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Faults is everything that is wrong with a configuration, a sentence each.
type Faults []string

// Error implements error.
func (f Faults) Error() string { return strings.Join(f, "\n") }

// Validate answers every fault of the configuration as Faults, nil when there
// is none. It touches neither network nor disk.
func Validate(c Config, s *Sources) error {
	faults := Faults(slices.Clone(s.faults))
	for _, check := range c.checks() {
		if fault := check.fault(); fault != "" {
			faults = append(faults, fmt.Sprintf("%s (%s): %s", check.key, s.Origin(check.key), fault))
		}
	}
	if len(faults) == 0 {
		return nil
	}
	return faults
}

// check judges one key; fault answers "" when it is right.
type check struct {
	key   string
	fault func() string
}

func (c Config) checks() []check {
	return []check{
		{"data", func() string { return when(c.Data == "", "a directory is needed") }},
		{"listen", func() string { return listenFault(c.Listen) }},
		{"database", func() string { return databaseFault(c.Database) }},
		{"public-url", func() string { return publicFault(c.PublicURL) }},
		{"trust-proxies", func() string { return proxiesFault(c.Proxies()) }},
		{"admin-email", func() string { return emailFault(c.AdminEmail, c.AdminPassword) }},
		{"admin-password", func() string {
			return when(c.AdminEmail != "" && c.AdminPassword == "", "admin-email is set, so a password is needed too")
		}},
		{"metrics-token", func() string { return tokenFault(c.MetricsToken) }},
		{"log-level", func() string { return levelFault(c.LogLevel) }},
		{"log-format", func() string {
			return when(!slices.Contains([]string{"auto", "text", "json"}, c.LogFormat),
				fmt.Sprintf("%q is none of auto, text, json", c.LogFormat))
		}},
	}
}

func when(wrong bool, fault string) string {
	if wrong {
		return fault
	}
	return ""
}

func listenFault(addr string) string {
	_, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	return when(err != nil, fmt.Sprintf("%q is no address such as 127.0.0.1:8080", addr))
}

func proxiesFault(proxies []string) string {
	for _, p := range proxies {
		if _, err := netip.ParsePrefix(p); err == nil {
			continue
		}
		if _, err := netip.ParseAddr(p); err != nil {
			return fmt.Sprintf("%q is no address such as 10.0.0.2 and no network such as 10.0.0.0/8", p)
		}
	}
	return ""
}

// databaseFault never repeats the value, which holds a password.
func databaseFault(dsn string) string {
	if dsn == "" {
		return ""
	}
	u, err := url.Parse(dsn)
	wrong := err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql"
	return when(wrong, "not an address such as postgres://user:password@host/okno")
}

func publicFault(address string) string {
	if address == "" {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fmt.Sprintf("%q is no address such as https://help.example.com", address)
	}
	return when(strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "",
		"the desk stands at the root of its host; give the address without a path")
}

func emailFault(email, password string) string {
	if email == "" {
		return when(password != "", "admin-password is set, so an address is needed too")
	}
	a, err := mail.ParseAddress(email)
	return when(err != nil || a.Address != email, "not a mail address such as admin@example.com")
}

// shortestToken is what nobody guesses by trying.
const shortestToken = 16

// tokenFault never repeats the value.
func tokenFault(token string) string {
	return when(token != "" && len(token) < shortestToken, fmt.Sprintf("a token of at least %d characters is needed", shortestToken))
}

func levelFault(level string) string {
	var l slog.Level
	return when(l.UnmarshalText([]byte(level)) != nil, fmt.Sprintf("%q is none of debug, info, warn, error", level))
}
