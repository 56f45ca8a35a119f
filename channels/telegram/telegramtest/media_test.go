package telegramtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func listen(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func picture(t *testing.T, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestUploads(t *testing.T) {
	r := newRig(t)
	r.anna.Start("")
	chat := map[string]string{"chat_id": fmt.Sprint(r.anna.chat.ID), "caption": "Отчёт"}
	for _, c := range []struct {
		method, field string
		file          []byte
		description   string
	}{
		{"sendPhoto", "photo", picture(t, 10, 10), ""},
		{"sendPhoto", "photo", []byte("no picture"), "IMAGE_PROCESS_FAILED"},
		{"sendPhoto", "photo", picture(t, 300, 10), "PHOTO_INVALID_DIMENSIONS"},
		{"sendPhoto", "photo", make([]byte, maxPhoto+1), "is too big for a photo; the maximum size is 10485760 bytes"},
		{"sendDocument", "document", []byte("text"), ""},
		{"sendDocument", "document", []byte{}, "file must be non-empty"},
		{"sendDocument", "document", make([]byte, maxUpload+1), "Request Entity Too Large"},
	} {
		out := r.upload(c.method, chat, map[string]Upload{c.field: {Name: "отчёт.png", Bytes: c.file}})
		if !strings.HasSuffix(out.Description, c.description) || out.OK != (c.description == "") {
			t.Errorf("%s of %d bytes: %+v", c.method, len(c.file), out)
		}
	}
	list := r.anna.Got()
	if len(list) != 2 || list[1].Caption != "Отчёт" || list[1].Document.Name != "отчёт.png" || string(list[1].Files[0].Bytes) != "text" {
		t.Errorf("arrived: %+v", list)
	}
	chat["caption"] = strings.Repeat("a", 1025)
	if out := r.upload("sendDocument", chat, map[string]Upload{"document": {Name: "a", Bytes: []byte("a")}}); !strings.HasSuffix(out.Description, "caption is too long") {
		t.Errorf("a long caption: %+v", out)
	}
	r.bends("sendDocument: caption is 1025 long")
}

func TestAlbums(t *testing.T) {
	r := newRig(t)
	r.anna.Start("")
	send := func(media string, files map[string]Upload) got {
		return r.upload("sendMediaGroup", map[string]string{"chat_id": fmt.Sprint(r.anna.chat.ID), "media": media}, files)
	}
	files := map[string]Upload{"a": {Name: "a.png", Bytes: picture(t, 9, 9)}, "b": {Name: "b.png", Bytes: picture(t, 8, 8)}}
	if out := send(`[{"type":"photo","media":"attach://a","caption":"Both"},{"type":"photo","media":"attach://b"}]`, files); !out.OK {
		t.Errorf("an album: %+v", out)
	}
	if out := send(`[{"type":"photo","media":"attach://a"},{"type":"document","media":"attach://b"}]`, files); !strings.HasSuffix(out.Description, "can't be mixed with other media types") {
		t.Errorf("a mixture: %+v", out)
	}
	if out := send(`[{"type":"photo","media":"attach://a"}]`, map[string]Upload{"a": files["a"]}); !strings.HasSuffix(out.Description, "2-10 items") {
		t.Errorf("one alone: %+v", out)
	}
	list := r.anna.Got()
	if len(list) != 2 || list[0].Album == "" || list[0].Album != list[1].Album || list[0].Caption != "Both" {
		t.Errorf("arrived: %+v", list)
	}
	r.bends("sendMediaGroup: media[0].type is \"photo\"", "sendMediaGroup: media is 1 long")
}

func TestDownloads(t *testing.T) {
	r := newRig(t)
	m := r.anna.Send(Draft{Photo: picture(t, 200, 100)})
	large := r.anna.Send(Draft{Document: &Upload{Name: "film.mp4", Type: "video/mp4"}, Size: 25 << 20})
	r.expect("getFile", args{"file_id": large.Document.ID}, 400, "file is too big")
	r.expect("getFile", args{"file_id": "none"}, 400, "wrong file_id or the file is temporarily unavailable")
	var info fileInfo
	if err := json.Unmarshal(r.expect("getFile", args{"file_id": m.Photo[1].ID}, 0, "").Result, &info); err != nil {
		t.Fatal(err)
	}
	link := r.URL + "/file/bot" + r.bot.Token() + "/" + info.Path
	if code, body := fetch(t, link); code != 200 || !bytes.Equal(body, picture(t, 200, 100)) {
		t.Errorf("download: %d, %d bytes", code, len(body))
	}
	r.Pass(2 * time.Hour)
	if code, _ := fetch(t, link); code != 404 {
		t.Errorf("an old link: %d", code)
	}
}

func fetch(t *testing.T, link string) (int, []byte) {
	t.Helper()
	res, err := http.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, body
}

func TestLateSibling(t *testing.T) {
	r := newRig(t)
	late := r.anna.Album("Three", picture(t, 9, 9), picture(t, 9, 8), picture(t, 9, 7))
	if n := r.bot.Waiting(); n != 2 {
		t.Errorf("%d parts at first", n)
	}
	if last, all := late(), r.anna.All(); last.Album != all[0].Album || len(all) != 3 {
		t.Errorf("the last part: %+v", last)
	}
}
