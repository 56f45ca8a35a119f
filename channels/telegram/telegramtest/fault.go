package telegramtest

import (
	"io"
	"net/http"
)

// Fault is what happens to a request instead of being answered properly.
type Fault struct {
	Taken bool // the request is carried out all the same, and only its answer is lost

	Cut  bool // the connection is closed without an answer
	Hang bool // no answer comes until the client gives up

	// Otherwise this is the answer. A code from 500 on comes with a page of HTML,
	// as gateways write them.
	Code        int
	Description string
	RetryAfter  int   // seconds
	Migrate     int64 // chat the group has become
}

// TooMany is the answer to a bot that asks too often.
func TooMany(seconds int) Fault {
	return Fault{Code: http.StatusTooManyRequests, Description: tooMany(seconds).Description, RetryAfter: seconds}
}

// BadGateway is the answer of a gateway whose server is away.
func BadGateway() Fault { return Fault{Code: http.StatusBadGateway} }

// Fail makes the next calls of a method fail, one after another; "" stands for
// every method.
func (s *Server) Fail(method string, list ...Fault) {
	s.change(func() { s.faults[method] = append(s.faults[method], list...) })
}

// Decide asks f about every request before it is carried out; nil ends it.
func (s *Server) Decide(f func(Request) (Fault, bool)) {
	s.change(func() { s.decide = f })
}

// Silence makes the server swallow every call, those that wait included, as a
// router does that forgot the connection; false ends it.
func (s *Server) Silence(on bool) {
	if !on {
		s.Decide(nil)
		return
	}
	s.Decide(func(Request) (Fault, bool) { return Fault{Hang: true}, true })
	s.http.CloseClientConnections()
}

// fault answers what is to happen to a request.
func (s *Server) fault(r Request) (Fault, bool) {
	s.mu.Lock()
	decide := s.decide
	s.mu.Unlock()
	if decide != nil {
		if f, ok := decide(r); ok {
			return f, true
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range []string{r.Method, ""} {
		if list := s.faults[name]; len(list) > 0 {
			s.faults[name] = list[1:]
			return list[0], true
		}
	}
	return Fault{}, false
}

func (f Fault) happen(w http.ResponseWriter, r *http.Request) {
	switch {
	case f.Hang:
		<-r.Context().Done()
		cut()
	case f.Cut:
		cut()
	case f.Code >= http.StatusInternalServerError:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Code)
		_, _ = io.WriteString(w, "<html><head><title>"+http.StatusText(f.Code)+"</title></head><body>nginx</body></html>\r\n")
	default:
		f.refuse(w)
	}
}

// cut closes the connection of the request being served.
func cut() { panic(http.ErrAbortHandler) }

func (f Fault) refuse(w http.ResponseWriter) {
	out := refuse(f.Code, f.Description)
	if f.RetryAfter != 0 || f.Migrate != 0 {
		out.Parameters = &parameters{Migrate: f.Migrate, RetryAfter: f.RetryAfter}
	}
	answer(w, nil, out)
}
