package server_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"okno/server"
	"okno/server/config"
)

func TestReadyzAnswersWithTheHeadersOfEveryPage(t *testing.T) {
	desk, err := server.New(t.Context(), config.Config{Data: t.TempDir(), Listen: "127.0.0.1:0"}, server.Options{})
	if err != nil {
		t.Fatal(err)
	}
	res, err := visitor(t).Get(running(t, desk) + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var r server.Readiness
	if err := json.NewDecoder(res.Body).Decode(&r); err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK || !r.OK || r.Channels == nil {
		t.Errorf("%s: %+v", res.Status, r)
	}
	if res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Error("the answer lacks the headers of every answer")
	}
}
