package browsertest_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"okno/server/browsertest"
)

const page = `<!doctype html><html lang="en"><title>Sample</title><main><h1>Sample</h1>
<form><label>Name <input id="name"></label><button id="go" type="button">Go</button></form>
<p id="out"></p><noscript><p id="plain">plain</p></noscript>
<script>document.getElementById("go").onclick = () => {
  document.getElementById("out").innerText = "Hello " + document.getElementById("name").value;
  console.error("on purpose"); fetch("http://foreign.invalid/").catch(() => {});
};</script></main></html>`

func TestTabSeesTrouble(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/favicon.ico" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(page))
	}))
	defer srv.Close()
	tab := browsertest.Start(t).Tab(srv.URL, browsertest.Look{})

	tab.Open(srv.URL)
	tab.Type("#name", "Анна")
	tab.Calm()
	tab.Click("#go")
	tab.UntilText("#out", "Hello Анна")
	tab.Shot("browsertest-sample")

	seen := strings.Join(tab.Trouble(), "\n")
	for _, want := range []string{"on purpose", "foreign host: http://foreign.invalid/"} {
		if !strings.Contains(seen, want) {
			t.Errorf("trouble %q was not noticed in:\n%s", want, seen)
		}
	}
}

func TestTabWithoutScripts(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(page))
	}))
	defer srv.Close()
	tab := browsertest.Start(t).Tab(srv.URL, browsertest.Look{NoScript: true})
	tab.Open(srv.URL)
	tab.See("#plain")
}
