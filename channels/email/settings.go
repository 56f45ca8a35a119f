package email

import (
	"net"
	"strconv"
	"strings"

	"okno/channels"
)

// The ways to encrypt a connection.
const (
	securityTLS      = "tls"
	securityStartTLS = "starttls"
	securityPlain    = "plain"
)

// The ways to sign in.
const (
	authPassword  = "password"
	authMicrosoft = "microsoft"
	authGoogle    = "google"
)

// What is taken from a mailbox that already held mail.
const (
	sinceNew = "new" // nothing
	sinceDay = "day" // the last 24 hours
	sinceAll = "all"
)

// server is where to connect to.
type server struct {
	host     string
	port     int
	security string
}

func (s server) addr() string { return net.JoinHostPort(s.host, strconv.Itoa(s.port)) }

// settings is a connection's configuration, read.
type settings struct {
	id                     int64
	address, name          string // the channel's own address, lower case, and its display name
	imap, smtp             server
	imapUser, imapPassword string
	smtpUser, smtpPassword string // empty user: no authentication
	auth                   string
	folder, moveTo         string // moveTo is empty when mail stays
	since                  string
	plus                   bool
}

func newSettings(c channels.Connection) settings {
	get := reader(c)
	s := settings{
		id: c.ID, address: strings.ToLower(get("address")), name: get("name"),
		imap:   server{get("imap_host"), number(get("imap_port")), get("imap_security")},
		smtp:   server{get("smtp_host"), number(get("smtp_port")), get("smtp_security")},
		folder: get("folder"), since: get("since"), auth: get("auth"),
		plus:     get("plus_addressing") == "true",
		imapUser: get("imap_user"), imapPassword: c.Secrets["imap_password"],
	}
	if s.imapUser == "" {
		s.imapUser = s.address
	}
	if s.name == "" {
		s.name = c.Name
	}
	if get("after") == "move" {
		s.moveTo = get("move_to")
	}
	s.smtpUser, s.smtpPassword = s.smtpSignIn(get("smtp_sign_in"), get("smtp_user"), c.Secrets["smtp_password"])
	return s
}

func (s settings) smtpSignIn(how, user, password string) (string, string) {
	switch how {
	case "own":
		return user, password
	case "none":
		return "", ""
	default:
		return s.imapUser, s.imapPassword
	}
}

// reader answers settings by key, defaults filled in.
func reader(c channels.Connection) func(key string) string {
	defaults := map[string]string{}
	for _, f := range fields() {
		defaults[f.Key] = f.Default
	}
	return func(key string) string {
		if v := strings.TrimSpace(c.Settings[key]); v != "" {
			return v
		}
		return defaults[key]
	}
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// domain answers what stands after the at sign.
func domain(address string) string {
	return address[strings.LastIndexByte(address, '@')+1:]
}
