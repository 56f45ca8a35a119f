package e2e

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"
)

// browser is an administrator signed in without scripts.
func (h *mailHouse) browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	mailMust(t, err)
	c := &http.Client{Jar: jar}
	if page := body(t)(c.PostForm(h.url+"/signin", url.Values{"email": {adminEmail}, "password": {adminPassword}})); page == "" {
		t.Fatal("sign in: an empty page")
	}
	return c
}

// page is a page as the administrator sees it.
func (h *mailHouse) page(t *testing.T, path string) string {
	t.Helper()
	return body(t)(h.browser(t).Get(h.url + path))
}

// body reads an answer, which has to be a good one.
func body(t *testing.T) func(*http.Response, error) string {
	return func(res *http.Response, err error) string {
		t.Helper()
		mailMust(t, err)
		defer func() { _ = res.Body.Close() }()
		text, err := io.ReadAll(res.Body)
		mailMust(t, err)
		if res.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s", res.Request.URL, res.Status)
		}
		return string(text)
	}
}
