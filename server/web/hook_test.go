package web_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"okno/tickets"
)

// Hook implements web.Hooks: channel 1 answers with what it was told.
func (h *fakeHub) Hook(w http.ResponseWriter, r *http.Request, channel int64) error {
	if channel != 1 {
		return tickets.NewError(tickets.Missing, "", "hub.fault.missing")
	}
	if _, err := io.Copy(w, r.Body); err != nil {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
	}
	return nil
}

func TestNetworksMayCall(t *testing.T) {
	b := staffed(t).browser()
	b.header.Set("Origin", "https://api.telegram.org") // no browser and no session of ours
	b.do(http.MethodPost, "/hooks/1", "update").status(http.StatusOK).has("update")
	for _, path := range []string{"/hooks/2", "/hooks/x", "/hooks/"} {
		b.do(http.MethodPost, path, "update").status(http.StatusNotFound)
	}
	b.do(http.MethodPost, "/hooks/1", strings.Repeat("a", 2<<20)).lacks("update")
	b.get("/hooks/1").status(http.StatusMethodNotAllowed)
	b.post("/signin").status(http.StatusForbidden)
}
