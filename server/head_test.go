package server

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestHeadIsGetWithoutItsBody(t *testing.T) {
	srv := httptest.NewServer(headAsGet(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
		_, _ = io.WriteString(w, "a page")
	})))
	defer srv.Close()
	res, err := http.Head(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusOK || len(body) != 0 || err != nil {
		t.Errorf("HEAD answered %d with %q, %v", res.StatusCode, body, err)
	}
}
