package pretend

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"

	"okno/channels"
	"okno/channels/markdown"
)

//go:embed page.html chat.css chat.js
var look embed.FS

// Prefix is the path below which the phone is served.
const Prefix = "/pretend/"

// mostUpload is the largest photo, with what a form puts around it.
const mostUpload = 25 << 20

// phone is the page on which the visitor plays somebody who asks.
type phone struct {
	net  *Network
	page *template.Template
	mux  *http.ServeMux
}

// Page answers below Prefix. Requests that change something must come from a
// page of the same desk, which the caller checks.
func (n *Network) Page() (http.Handler, error) {
	page, err := template.ParseFS(look, "page.html")
	if err != nil {
		return nil, fmt.Errorf("read the page of the phone: %w", err)
	}
	p := &phone{net: n, page: page, mux: http.NewServeMux()}
	p.mux.HandleFunc("GET /pretend/{$}", p.home)
	p.mux.HandleFunc("GET /pretend/chat.css", p.static)
	p.mux.HandleFunc("GET /pretend/chat.js", p.static)
	p.mux.HandleFunc("GET /pretend/{person}", p.of(p.show("page")))
	p.mux.HandleFunc("GET /pretend/{person}/messages", p.of(p.show("messages")))
	p.mux.HandleFunc("GET /pretend/{person}/news", p.of(p.tell))
	p.mux.HandleFunc("GET /pretend/{person}/file/{message}/{place}", p.of(p.file))
	p.mux.HandleFunc("POST /pretend/{person}/write", p.of(p.write))
	p.mux.HandleFunc("POST /pretend/{person}/edit", p.of(p.edit))
	p.mux.HandleFunc("POST /pretend/{person}/remove", p.of(p.remove))
	p.mux.HandleFunc("POST /pretend/{person}/press", p.of(p.press))
	return p.mux, nil
}

// of finds the person of the address.
func (p *phone) of(do func(w http.ResponseWriter, r *http.Request, who Person)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, ok := p.net.person(r.PathValue("person"))
		if !ok {
			http.NotFound(w, r)
			return
		}
		do(w, r, who)
	}
}

// home chooses the first person who speaks the language the browser asks for.
func (p *phone) home(w http.ResponseWriter, r *http.Request) {
	who := p.net.opts.People[0]
	for _, other := range p.net.opts.People {
		if strings.HasPrefix(r.Header.Get("Accept-Language"), other.Language) {
			who = other
			break
		}
	}
	http.Redirect(w, r, Prefix+who.ID, http.StatusSeeOther)
}

func (p *phone) static(w http.ResponseWriter, r *http.Request) {
	http.ServeFileFS(w, r, look, strings.TrimPrefix(r.URL.Path, Prefix))
}

// screen is what the page draws.
type screen struct {
	Person
	People   []Person
	Messages []bubble
	now      time.Time
	say      func(language string, t channels.Text) string
}

// bubble is a message as the page draws it.
type bubble struct {
	Message
	HTML template.HTML // of the desk's Markdown, safe
}

// T is a sentence in the language of the person.
func (s screen) T(key string) string { return s.say(s.Language, channels.Text{Key: key}) }

// Path is the address of something of this person.
func (s screen) Path(rest string) string { return Prefix + s.ID + "/" + rest }

// Clock is a time of today, or the day and the time.
func (s screen) Clock(at time.Time) string {
	if at.Format(time.DateOnly) == s.now.Format(time.DateOnly) {
		return at.Format("15:04")
	}
	return at.Format("02.01. 15:04")
}

// Picture says that a file can be shown in place.
func (bubble) Picture(f channels.File) bool { return picture(f.Type) }

func picture(mediaType string) bool {
	switch mediaType {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		return true
	}
	return false
}

func (p *phone) show(name string) func(http.ResponseWriter, *http.Request, Person) {
	return func(w http.ResponseWriter, _ *http.Request, who Person) {
		s := screen{Person: who, People: p.net.opts.People, now: p.net.opts.Clock().Local(), say: p.net.opts.Say}
		for _, m := range p.net.Messages(who.ID) {
			m.At = m.At.Local() // the visitor sits at the machine the desk runs on
			b := bubble{Message: m}
			if !m.Mine {
				b.HTML = template.HTML(markdown.HTML(m.Text)) //nolint:gosec // the renderer keeps raw HTML as text
			}
			s.Messages = append(s.Messages, b)
		}
		var out bytes.Buffer
		if err := p.page.ExecuteTemplate(&out, name, s); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = out.WriteTo(w) // a phone that hung up needs nothing
	}
}

// tell says "changed" to an open page whenever something is.
func (p *phone) tell(w http.ResponseWriter, r *http.Request, _ Person) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	flush := http.NewResponseController(w)
	changed, open := p.net.news()
	for open {
		if _, err := w.Write([]byte("data: changed\n\n")); err != nil || flush.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
			changed, open = p.net.news()
		}
	}
}

// write takes a text, a photo, or both.
func (p *phone) write(w http.ResponseWriter, r *http.Request, who Person) {
	r.Body = http.MaxBytesReader(w, r.Body, mostUpload)
	text := strings.TrimSpace(r.PostFormValue("text"))
	files, err := p.photos(r)
	if err != nil {
		http.Error(w, p.net.opts.Say(who.Language, channels.Text{Key: "pretend.photo.bad"}), http.StatusUnprocessableEntity)
		return
	}
	if text != "" || len(files) > 0 {
		p.net.Write(who, text, files)
	}
	back(w, r, who)
}

func (p *phone) edit(w http.ResponseWriter, r *http.Request, who Person) {
	if text := strings.TrimSpace(r.PostFormValue("text")); text != "" {
		p.net.Edit(who, r.PostFormValue("message"), text)
	}
	back(w, r, who)
}

func (p *phone) remove(w http.ResponseWriter, r *http.Request, who Person) {
	p.net.Remove(who, r.PostFormValue("message"))
	back(w, r, who)
}

func (p *phone) press(w http.ResponseWriter, r *http.Request, who Person) {
	p.net.Press(who, r.PostFormValue("message"), r.PostFormValue("button"))
	back(w, r, who)
}

func back(w http.ResponseWriter, r *http.Request, who Person) {
	http.Redirect(w, r, Prefix+who.ID+"#end", http.StatusSeeOther)
}
