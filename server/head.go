package server

import "net/http"

// headAsGet answers HEAD wherever GET is answered (RFC 9110, 9.3.2), since
// monitors and link checkers ask that way. The routes see a GET; net/http, which
// keeps the request as it came, leaves the body out.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			r = r.Clone(r.Context())
			r.Method = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}
