package portal_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"okno/assets"
	"okno/server/browsertest"
)

// policy is what the desk serves its pages with.
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'"

// serve shows the pages of these tests: /page/LANG/NAME.
func serve(t *testing.T) string {
	t.Helper()
	files, err := assets.New()
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET "+assets.Prefix, files)
	mux.HandleFunc("GET /page/{lang}/{page}", func(w http.ResponseWriter, r *http.Request) {
		var b bytes.Buffer
		if err := pages(environment(t, r.PathValue("lang")))[r.PathValue("page")].Render(r.Context(), &b); err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(b.Bytes())
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(func() { srv.CloseClientConnections(); srv.Close() })
	return srv.URL
}

// TestLooks opens every page in both themes, both languages and two widths: no
// violation of accessibility, nothing blocked, no sideways scroll.
func TestLooks(t *testing.T) {
	home := serve(t)
	browser := browsertest.Start(t)
	for _, dark := range []bool{false, true} {
		for _, size := range [][2]int64{{1280, 1000}, {390, 844}} {
			tab := browser.Tab(home, browsertest.Look{Width: size[0], Height: size[1], Dark: dark})
			for _, name := range slices.Sorted(maps.Keys(pages(environment(t, "en")))) {
				lang := "ru"
				if dark {
					lang = "en"
				}
				look(t, tab, home, lang, name, fmt.Sprintf("%s-%s-%d-%t", name, lang, size[0], dark))
			}
			tab.Calm()
		}
	}
}

func look(t *testing.T, tab *browsertest.Tab, home, lang, page, name string) {
	t.Helper()
	tab.Open(home + "/page/" + lang + "/" + page)
	tab.Until("document.readyState === 'complete'")
	tab.Axe(name)
	if over := browsertest.Eval[float64](tab, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
		t.Errorf("%s scrolls sideways by %v pixels", name, over)
	}
	tab.Shot(name)
}
