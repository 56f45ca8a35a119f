package email

import (
	"testing"

	"okno/channels"
)

func TestServersAreGuessedFromTheAddress(t *testing.T) {
	for address, want := range map[string][5]string{
		"help@gmail.com":              {"imap.gmail.com", "993", "smtp.gmail.com", "465", authPassword},
		"Help@Outlook.com":            {"outlook.office365.com", "993", "smtp-mail.outlook.com", "587", authMicrosoft},
		"help@firm.onmicrosoft.com":   {"outlook.office365.com", "993", "smtp.office365.com", "587", authMicrosoft},
		"help@ya.ru":                  {"imap.yandex.ru", "993", "smtp.yandex.ru", "465", authPassword},
		"help@bk.ru":                  {"imap.mail.ru", "993", "smtp.mail.ru", "465", authPassword},
		"help@icloud.com":             {"imap.mail.me.com", "993", "smtp.mail.me.com", "587", authPassword},
		"help@fastmail.com":           {"imap.fastmail.com", "993", "smtp.fastmail.com", "465", authPassword},
		"help@example.com":            {"imap.example.com", "993", "smtp.example.com", "465", authPassword},
		"help@notgmail.com":           {"imap.notgmail.com", "993", "smtp.notgmail.com", "465", authPassword},
		"служба@почта.рф":             {"imap.почта.рф", "993", "smtp.почта.рф", "465", authPassword},
		"Help Desk <help@example.com": {},
		"":                            {},
	} {
		got := suggest(map[string]string{"address": address})
		if have := [5]string{got["imap_host"], got["imap_port"], got["smtp_host"], got["smtp_port"], got["auth"]}; have != want {
			t.Errorf("%q: %v, want %v", address, have, want)
		}
	}
}

func TestSuggestionsAreValidSettings(t *testing.T) {
	for _, p := range mailHosts() {
		address := "help@" + p.domains[0]
		settings := suggest(map[string]string{"address": address})
		settings["address"], settings["microsoft_client_id"] = address, "client"
		c := channels.Connection{Settings: settings, Secrets: map[string]string{"imap_password": "secret"}}
		if faults := validate(c); len(faults) > 0 {
			t.Errorf("%s: %v", address, faults)
		}
	}
}
