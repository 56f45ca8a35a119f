package telegram

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"
	"time"

	"okno/channels"
)

const testToken = "7000001002:AAabcdefghijklmnopqrstuvwxyz0123456"

// received is the time at which the updates of the tests arrived.
func received() time.Time { return time.Unix(1_795_000_001, 0).UTC() }

// reader is a bot whose server has a file of every id.
func reader(t testing.TB, serve http.HandlerFunc) *adapter {
	t.Helper()
	server := httptest.NewServer(serve)
	t.Cleanup(server.Close)
	a, err := Options{}.newAdapter(channels.Connection{
		Settings: map[string]string{"server": server.URL}, Secrets: map[string]string{"token": testToken},
	}, channels.Deps{Files: &shelf{blobs: map[string][]byte{}}, Clock: received, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// library answers getFile and the files themselves.
func library(w http.ResponseWriter, r *http.Request) {
	types := map[string]string{"ph-l": "photos/file_1.jpg", "voice": "voice/file_2.oga", "sticker": "stickers/file_3.webp", "audio": "music/file_4.mp3", "note": "video_notes/file_5.mp4"}
	if strings.HasPrefix(r.URL.Path, "/file/") {
		_, _ = io.WriteString(w, "bytes of "+path.Base(r.URL.Path))
		return
	}
	body, _ := io.ReadAll(r.Body)
	id := strings.Split(string(body), `"`)[3]
	if id == "toobig" {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"ok":false,"error_code":400,"description":"Bad Request: file is too big"}`)
		return
	}
	where := types[id]
	if where == "" {
		where = "documents/file_9"
	}
	_, _ = fmt.Fprintf(w, `{"ok":true,"result":{"file_id":%q,"file_unique_id":"u","file_path":%q}}`, id, where)
}

// TestUpdates decodes every update of testdata/updates and compares the event
// and the message with what lies beside it.
func TestUpdates(t *testing.T) {
	a := reader(t, library)
	goldens(t, "updates", ".json", func(t *testing.T, raw []byte) []byte {
		envelope, err := readEnvelope(raw)
		if err != nil {
			t.Fatal(err)
		}
		event := channels.Event{ReceivedAt: received(), Raw: raw}
		a.label(&event, envelope)
		in, err := a.Decode(t.Context(), event)
		if err != nil {
			t.Fatal(err)
		}
		return indented(t, struct {
			Object, Lane, Hint string
			Inbound            channels.Inbound
		}{event.Object, event.Lane, event.Hint, in})
	})
}

// TestFilesThatDoNotCome keeps asking while the network is away, says so once it
// has refused for long, and never gives up over a revoked token.
func TestFilesThatDoNotCome(t *testing.T) {
	gone := `{"ok":false,"error_code":400,"description":"Bad Request: wrong file_id or the file is temporarily unavailable"}`
	for _, c := range []struct {
		name   string
		code   int
		answer string
		age    time.Duration
		misses bool // the message comes without its file
	}{
		{"gateway", http.StatusBadGateway, "<html>", time.Minute, false},
		{"refused now", http.StatusBadRequest, gone, time.Minute, false},
		{"refused for long", http.StatusBadRequest, gone, 2 * time.Hour, true},
		{"revoked", http.StatusUnauthorized, `{"ok":false,"error_code":401,"description":"Unauthorized"}`, 2 * time.Hour, false},
	} {
		a := reader(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.code)
			_, _ = io.WriteString(w, c.answer)
		})
		raw := `{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"from":{"id":5,"first_name":"A"},"document":{"file_id":"d","file_name":"a.txt"}}}`
		in, err := a.Decode(t.Context(), channels.Event{Raw: []byte(raw), ReceivedAt: received().Add(-c.age)})
		if missing := err == nil && len(in.Warnings) == 1; missing != c.misses || !c.misses && !errors.Is(err, channels.ErrUnavailable) {
			t.Errorf("%s: %+v, %v", c.name, in.Warnings, err)
		}
	}
}

// TestCutDownload takes half a file for no file.
func TestCutDownload(t *testing.T) {
	a := reader(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/file/") {
			_, _ = io.WriteString(w, "half")
			return
		}
		_, _ = io.WriteString(w, `{"ok":true,"result":{"file_id":"d","file_unique_id":"u","file_size":8,"file_path":"d"}}`)
	})
	if _, err := a.download(t.Context(), attachment{id: "d", name: "d"}, 1); !errors.Is(err, channels.ErrUnavailable) {
		t.Errorf("half a file: %v", err)
	}
}

// FuzzDecode holds whatever comes to being read or kept, never to failing.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"from":{"id":5},"text":"a","entities":[{"type":"text_link","offset":-1,"length":9,"url":"x"}]}}`))
	f.Add([]byte(`{"update_id":1,"my_chat_member":{"chat":{"type":"private"},"new_chat_member":{"status":"kicked"}}}`))
	f.Add([]byte(`{"update_id":1,"callback_query":{"message":{"date":0}},"message_reaction":{"new_reaction":[null]}}`))
	a := reader(f, library)
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, err := readEnvelope(raw)
		if err != nil {
			return
		}
		event := channels.Event{Raw: raw, ReceivedAt: received()}
		a.label(&event, e)
		if _, err := a.Decode(t.Context(), event); err != nil {
			t.Errorf("decode %q: %v", raw, err)
		}
	})
}
