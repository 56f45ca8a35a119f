package api_test

import (
	"crypto/rand"
	"strconv"
	"strings"

	"okno/tickets/people"
)

// filled puts fresh things where a text names them with $.
func (d *desk) filled(text string) string {
	d.t.Helper()
	if strings.Contains(text, "$file") {
		return d.withFile(text)
	}
	for _, f := range []struct {
		name string
		make func() string
	}{
		{"$merged", d.mergedTicket}, {"$split", d.splitOff}, {"$deleted", d.deletedTicket}, {"$note", d.noted},
		{"$ticket", func() string { return d.ticket("Printer") }}, {"$other", func() string { return d.ticket("Scanner") }},
		{"$person", d.person}, {"$agent", func() string { return strconv.FormatInt(d.admin.ID, 10) }}, {"$invited", d.invited},
		{"$team", d.team}, {"$channel", d.channel}, {"$upload", d.upload}, {"$any", rand.Text},
	} {
		if strings.Contains(text, f.name) {
			text = strings.ReplaceAll(text, f.name, f.make())
		}
	}
	return text
}

// made is the id of what a request made.
func (d *desk) made(path, body string) string {
	d.t.Helper()
	id, _ := d.as(people.ScopeAdmin, "POST", path, body).is(201).object()["id"].(string)
	return id
}

func (d *desk) person() string {
	return d.made("/persons", `{"name":"P","email":"`+rand.Text()+`@example.org"}`)
}
func (d *desk) invited() string {
	return d.made("/agents", `{"name":"A","email":"`+rand.Text()+`@example.org"}`)
}
func (d *desk) team() string { return d.made("/teams", `{"name":"`+rand.Text()+`"}`) }
func (d *desk) channel() string {
	return d.made("/channels", `{"kind":"email","enabled":false,"settings":{"address":"`+rand.Text()+`@example.org"},"secrets":{"password":"x"}}`)
}

// upload is a file of another token.
func (d *desk) upload() string {
	return d.made("/files?name=a.txt", `"bytes"`)
}

func (d *desk) mergedTicket() string {
	d.t.Helper()
	from, into := d.ticket("From"), d.ticket("Into")
	d.as(people.ScopeWrite, "POST", "/tickets/"+from+"/merge", `{"into":`+into+`}`).is(200)
	return from
}

func (d *desk) deletedTicket() string {
	d.t.Helper()
	n := d.ticket("Gone")
	d.as(people.ScopeWrite, "DELETE", "/tickets/"+n, "").is(204)
	return n
}

// noted is a message of the ticket that was made last.
func (d *desk) noted() string { return d.message(d.last) }

func (d *desk) message(ticket string) string {
	d.t.Helper()
	id, _ := d.as(people.ScopeWrite, "POST", "/tickets/"+ticket+"/messages", `{"kind":"note","body":"n"}`).is(201).object()["id"].(string)
	return id
}

func (d *desk) splitOff() string {
	d.t.Helper()
	n := d.ticket("Two things")
	body := `{"messages":["` + d.message(n) + `"],"subject":"The second"}`
	made, _ := d.as(people.ScopeWrite, "POST", "/tickets/"+n+"/split", body).is(201).object()["number"].(float64)
	return strconv.Itoa(int(made))
}

// withFile names a ticket whose message carries a file.
func (d *desk) withFile(text string) string {
	d.t.Helper()
	sent := d.do(call{method: "POST", path: "/files?name=a.txt", body: "bytes", token: d.tokens[people.ScopeWrite], header: map[string]string{"Content-Type": "text/plain"}})
	upload, _ := sent.is(201).object()["id"].(string)
	ticket := d.ticket("With a file")
	var m struct {
		ID          string
		Attachments []struct{ ID string }
	}
	d.as(people.ScopeWrite, "POST", "/tickets/"+ticket+"/messages", `{"kind":"note","body":"n","attachments":["`+upload+`"]}`).is(201).into(&m)
	return strings.NewReplacer("$ticket", ticket, "$message", m.ID, "$file", m.Attachments[0].ID, "$other", d.ticket("Other")).Replace(text)
}
