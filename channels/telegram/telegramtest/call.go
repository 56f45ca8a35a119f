package telegramtest

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
)

// callPath splits /PREFIX/bot<token>/METHOD and /PREFIX/file/bot<token>/PATH.
var callPath = regexp.MustCompile(`^(?:.*?/)??(file/)?bot([^/]+)/(.+)$`)

// validToken is how tokens look; with any other the server knows no such page.
var validToken = regexp.MustCompile(`^\d+:[A-Za-z0-9_-]{30,}$`)

// call is a request being answered.
type call struct {
	server *Server
	bot    *Bot
	params params
	gone   <-chan struct{} // the client went away
}

// refusal is an answer that is not ok.
type refusal struct {
	Code        int         `json:"error_code"`
	Description string      `json:"description"`
	Parameters  *parameters `json:"parameters,omitempty"`
}

// parameters are the ResponseParameters of a refusal.
type parameters struct {
	Migrate    int64 `json:"migrate_to_chat_id,omitempty"`
	RetryAfter int   `json:"retry_after,omitempty"`
}

func refuse(code int, description string) *refusal {
	return &refusal{Code: code, Description: description}
}

func bad(description string) *refusal {
	return refuse(http.StatusBadRequest, "Bad Request: "+description)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	parts := callPath.FindStringSubmatch(strings.TrimPrefix(r.URL.Path, "/"))
	if parts == nil || !validToken.MatchString(parts[2]) {
		answer(w, nil, refuse(http.StatusNotFound, "Not Found"))
		return
	}
	bot := s.botOf(parts[2])
	switch {
	case bot == nil:
		s.note(Request{Method: parts[3], Code: http.StatusUnauthorized})
		answer(w, nil, refuse(http.StatusUnauthorized, "Unauthorized"))
	case parts[1] != "":
		s.download(w, bot, parts[3])
	default:
		s.perform(w, r, bot, parts[3])
	}
}

// perform reads one call, checks it, and answers it or does what a fault says.
func (s *Server) perform(w http.ResponseWriter, r *http.Request, bot *Bot, name string) {
	m, known := methods()[strings.ToLower(name)]
	if !known {
		s.change(func() { s.violate(name, []string{"this server does not know the method"}) })
		answer(w, nil, refuse(http.StatusNotFound, "Not Found: method not found"))
		return
	}
	p, fault := read(r)
	if fault != nil {
		answer(w, nil, fault)
		return
	}
	req := Request{Bot: bot.ID, Method: m.name, Params: p.values, Files: p.files}
	s.check(m.name, p)
	f, faulty := s.fault(req)
	if faulty && !f.Taken {
		f.happen(w, r)
		req.Code = f.Code
		s.note(req)
		return
	}
	result, refused := s.do(m, call{s, bot, p, r.Context().Done()})
	if refused == nil {
		s.checkAnswer(m.name, result)
	}
	req.Code = codeOf(refused)
	if faulty {
		req.Code = 0
	}
	s.note(req) // before the answer: who got it may look at once
	if faulty {
		f.happen(w, r)
		return
	}
	answer(w, result, refused)
}

// do runs a method with the lock held, unless it waits by itself.
func (s *Server) do(m method, c call) (any, *refusal) {
	if m.waits {
		return m.run(c)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.ring()
	if m.sends {
		if refused := s.pace(c); refused != nil {
			return nil, refused
		}
	}
	return m.run(c)
}

func (s *Server) note(r Request) {
	s.change(func() { s.requests = append(s.requests, r) })
}

func codeOf(refused *refusal) int {
	if refused == nil {
		return http.StatusOK
	}
	return refused.Code
}

// answer writes what the API answers: {"ok":true,"result":...} or a refusal,
// whose code is the HTTP status too.
func answer(w http.ResponseWriter, result any, refused *refusal) {
	var body any = struct {
		OK     bool `json:"ok"`
		Result any  `json:"result"`
	}{true, result}
	if refused != nil {
		body = struct {
			OK bool `json:"ok"`
			*refusal
		}{false, refused}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(codeOf(refused))
	_ = json.NewEncoder(w).Encode(body) // the client may be gone
}
