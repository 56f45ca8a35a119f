package health

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/netip"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Handler answers the figures in the text format of Prometheus: to whoever
// brings the token, or, when there is none, to this machine only.
func (m *Meters) Handler(d Desk, token string) http.Handler {
	own := prometheus.NewRegistry()
	own.MustRegister(newStates(d))
	figures := promhttp.HandlerFor(prometheus.Gatherers{m.registry, own}, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case token == "" && !local(r):
			http.Error(w, "Figures are told to this machine only, or to whoever brings the token: see metrics-token.", http.StatusForbidden)
		case token != "" && !brings(r, token):
			w.Header().Set("WWW-Authenticate", `Bearer realm="metrics"`)
			http.Error(w, "The token of metrics-token is needed: Authorization: Bearer TOKEN.", http.StatusUnauthorized)
		default:
			figures.ServeHTTP(w, r)
		}
	})
}

// brings says that a request carries the token; the comparison takes the same
// time for every wrong one.
func brings(r *http.Request, token string) bool {
	scheme, said, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	got, want := sha256.Sum256([]byte(strings.TrimSpace(said))), sha256.Sum256([]byte(token))
	return strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// local says that a request comes from this machine and was not handed on by a
// proxy that stands on it.
func local(r *http.Request) bool {
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().Unmap().IsLoopback()
}
