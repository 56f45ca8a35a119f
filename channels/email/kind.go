package email

import "okno/channels"

const kindName = "email"

// Kind describes the mail channel.
func Kind() channels.Kind { return Options{}.Kind() }

// Kind describes the mail channel with other times and limits, as tests need.
func (o Options) Kind() channels.Kind {
	return channels.Kind{
		Name: kindName, Fields: fields(), Address: "address",
		Validate: validate, Open: o.open, Check: o.check, Suggest: suggest, SignIn: signIn{},
	}
}

// fields are the settings in the order in which they are asked. Address, name
// and password come first; a newcomer rarely needs the rest.
func fields() []channels.Field {
	var all []channels.Field
	for _, group := range [][]channels.Field{identity(), access(), incoming(), outgoing(), habits()} {
		all = append(all, group...)
	}
	return all
}

func identity() []channels.Field {
	return []channels.Field{
		{Key: "address", Type: channels.FieldText, Required: true, Group: "identity"},
		{Key: "name", Type: channels.FieldText, Group: "identity"},
	}
}

func access() []channels.Field {
	const microsoft, google = "auth=" + authMicrosoft, "auth=" + authGoogle
	return []channels.Field{
		{Key: "auth", Type: channels.FieldChoice, Default: authPassword, Options: []string{authPassword, authMicrosoft, authGoogle}, Group: "access", More: true},
		{Key: "imap_user", Type: channels.FieldText, Group: "access", More: true},
		{Key: "imap_password", Type: channels.FieldSecret, Required: true, Group: "access", ShowIf: "auth=" + authPassword},
		{Key: "microsoft_client_id", Type: channels.FieldText, Required: true, Group: "access", ShowIf: microsoft},
		{Key: "microsoft_client_secret", Type: channels.FieldSecret, Group: "access", ShowIf: microsoft},
		{Key: "microsoft_tenant", Type: channels.FieldText, Default: "organizations", Group: "access", More: true, ShowIf: microsoft},
		{Key: "google_client_id", Type: channels.FieldText, Required: true, Group: "access", ShowIf: google},
		{Key: "google_client_secret", Type: channels.FieldSecret, Required: true, Group: "access", ShowIf: google},
	}
}

func incoming() []channels.Field {
	return []channels.Field{
		{Key: "imap_host", Type: channels.FieldText, Required: true, Group: "incoming", More: true},
		{Key: "imap_port", Type: channels.FieldNumber, Required: true, Default: "993", Group: "incoming", More: true},
		{Key: "imap_security", Type: channels.FieldChoice, Default: securityTLS, Options: securities(), Group: "incoming", More: true},
		{Key: "folder", Type: channels.FieldText, Default: "INBOX", Group: "incoming", More: true},
	}
}

func outgoing() []channels.Field {
	const own = "smtp_sign_in=own"
	return []channels.Field{
		{Key: "smtp_host", Type: channels.FieldText, Required: true, Group: "outgoing", More: true},
		{Key: "smtp_port", Type: channels.FieldNumber, Required: true, Default: "465", Group: "outgoing", More: true},
		{Key: "smtp_security", Type: channels.FieldChoice, Default: securityTLS, Options: securities(), Group: "outgoing", More: true},
		{Key: "smtp_sign_in", Type: channels.FieldChoice, Default: "same", Options: []string{"same", "own", "none"}, Group: "outgoing", More: true},
		{Key: "smtp_user", Type: channels.FieldText, Required: true, Group: "outgoing", More: true, ShowIf: own},
		{Key: "smtp_password", Type: channels.FieldSecret, Required: true, Group: "outgoing", More: true, ShowIf: own},
	}
}

func habits() []channels.Field {
	return []channels.Field{
		{Key: "since", Type: channels.FieldChoice, Default: sinceDay, Options: []string{sinceNew, sinceDay, sinceAll}, Group: "habits", More: true},
		{Key: "after", Type: channels.FieldChoice, Default: "leave", Options: []string{"leave", "move"}, Group: "habits", More: true},
		{Key: "move_to", Type: channels.FieldText, Default: "Processed", Group: "habits", More: true, ShowIf: "after=move"},
		{Key: "plus_addressing", Type: channels.FieldFlag, Default: "false", Group: "habits", More: true},
	}
}

func securities() []string { return []string{securityTLS, securityStartTLS, securityPlain} }
