package assets_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"okno/assets"
)

func get(t *testing.T, a *assets.Assets, path, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	return w.Result()
}

func TestServesHashedFiles(t *testing.T) {
	a, err := assets.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"app.css", "app.js", "live-worker.js"} {
		where := a.URL(name)
		if !strings.HasPrefix(where, assets.Prefix) || where == assets.Prefix+name {
			t.Fatalf("%s has no hash: %s", name, where)
		}
		res := get(t, a, where, "gzip")
		z, err := gzip.NewReader(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		zipped, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(get(t, a, where, "").Body)
		if err != nil {
			t.Fatal(err)
		}
		if string(zipped) != string(plain) {
			t.Errorf("%s differs when compressed", name)
		}
		if cache := res.Header.Get("Cache-Control"); !strings.Contains(cache, "immutable") {
			t.Errorf("%s: Cache-Control %q", name, cache)
		}
	}
}

func TestUnknownFilesAreNotCached(t *testing.T) {
	a, err := assets.New()
	if err != nil {
		t.Fatal(err)
	}
	res := get(t, a, a.URL("none.js"), "gzip")
	if res.StatusCode != http.StatusNotFound || res.Header.Get("Cache-Control") != "" {
		t.Errorf("got %d, Cache-Control %q", res.StatusCode, res.Header.Get("Cache-Control"))
	}
}

// TestWeight keeps the first page small: what it loads besides its own HTML.
func TestWeight(t *testing.T) {
	a, err := assets.New()
	if err != nil {
		t.Fatal(err)
	}
	var sum int64
	for _, name := range []string{"app.css", "app.js", "live-worker.js"} {
		sum += get(t, a, a.URL(name), "gzip").ContentLength
	}
	if sum > 55_000 {
		t.Errorf("style and scripts weigh %d bytes compressed, at most 55000 wanted", sum)
	}
}
