package email

import (
	"slices"
	"strconv"
	"strings"
)

// mailHost is where the mailboxes of some domains are reached, as its own help
// pages say.
type mailHost struct {
	domains    []string
	imap, smtp server
	auth       string
	tenant     string // Microsoft's directory; "" for the default
}

// mailHosts are those whose servers cannot be told from the address.
func mailHosts() []mailHost {
	tls := func(host string, port int) server { return server{host, port, securityTLS} }
	start := func(host string) server { return server{host, 587, securityStartTLS} }
	outlook := tls("outlook.office365.com", 993)
	return []mailHost{
		{[]string{"gmail.com", "googlemail.com"}, tls("imap.gmail.com", 993), tls("smtp.gmail.com", 465), authPassword, ""},
		{[]string{"outlook.com", "hotmail.com", "live.com", "msn.com"}, outlook, start("smtp-mail.outlook.com"), authMicrosoft, "consumers"},
		{[]string{"onmicrosoft.com"}, outlook, start("smtp.office365.com"), authMicrosoft, ""},
		{[]string{"yandex.ru", "ya.ru", "yandex.by", "yandex.kz", "narod.ru"}, tls("imap.yandex.ru", 993), tls("smtp.yandex.ru", 465), authPassword, ""},
		{[]string{"yandex.com"}, tls("imap.yandex.com", 993), tls("smtp.yandex.com", 465), authPassword, ""},
		{[]string{"mail.ru", "bk.ru", "inbox.ru", "list.ru", "internet.ru"}, tls("imap.mail.ru", 993), tls("smtp.mail.ru", 465), authPassword, ""},
		{[]string{"icloud.com", "me.com", "mac.com"}, tls("imap.mail.me.com", 993), start("smtp.mail.me.com"), authPassword, ""},
		{[]string{"fastmail.com", "fastmail.fm"}, tls("imap.fastmail.com", 993), tls("smtp.fastmail.com", 465), authPassword, ""},
	}
}

// suggest implements channels.Kind. An unknown domain most likely has servers
// named imap and smtp; the connection test tells when it does not.
func suggest(typed map[string]string) map[string]string {
	address := strings.ToLower(strings.TrimSpace(typed["address"]))
	if !isAddress(address) {
		return nil
	}
	p := mailHostOf(domain(address))
	if p.tenant == "" {
		p.tenant = "organizations"
	}
	return map[string]string{
		"auth": p.auth, "microsoft_tenant": p.tenant,
		"imap_host": p.imap.host, "imap_port": strconv.Itoa(p.imap.port), "imap_security": p.imap.security,
		"smtp_host": p.smtp.host, "smtp_port": strconv.Itoa(p.smtp.port), "smtp_security": p.smtp.security,
	}
}

func mailHostOf(domain string) mailHost {
	for _, p := range mailHosts() {
		if slices.ContainsFunc(p.domains, func(d string) bool { return domain == d || strings.HasSuffix(domain, "."+d) }) {
			return p
		}
	}
	return mailHost{
		imap: server{"imap." + domain, 993, securityTLS}, smtp: server{"smtp." + domain, 465, securityTLS}, auth: authPassword,
	}
}
