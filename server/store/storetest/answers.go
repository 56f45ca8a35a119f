package storetest

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"okno/server/once"
	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

// testOnce sends one request twice at the same moment: the second waits for the
// first and gets its answer.
func testOnce(t *testing.T, s *store.Store) {
	made := once.Answer{Status: 201, Header: map[string]string{"Location": "/1"}, Body: []byte{0, 1}}
	inside, second := make(chan struct{}), make(chan error, 1)
	go func() {
		<-inside
		_, again, err := once.Do(t.Context(), s, "token:1", "key", "hash", func(context.Context) once.Answer {
			return once.Answer{Status: 500}
		})
		if !again {
			err = errors.Join(err, errors.New("was carried out again"))
		}
		second <- err
	}()
	got, again, err := once.Do(t.Context(), s, "token:1", "key", "hash", func(ctx context.Context) once.Answer {
		must(t, s.PutSetting(ctx, "made", "1"))
		close(inside)
		return made
	})
	made.Request = "hash"
	if err != nil || again || !reflect.DeepEqual(got, made) {
		t.Errorf("got %+v, again %v, %v", got, again, err)
	}
	must(t, <-second)
	if kept, err := s.Answered(t.Context(), "token:1", "key"); err != nil || !reflect.DeepEqual(kept, made) {
		t.Errorf("kept %+v, %v", kept, err)
	}
	testRefused(t, s)
}

func testRefused(t *testing.T, s *store.Store) {
	if _, _, err := once.Do(t.Context(), s, "token:1", "key", "other", nil); tickets.KindOf(err) != tickets.Invalid {
		t.Errorf("another request with the key: %v", err)
	}
	a, _, err := once.Do(t.Context(), s, "token:2", "key", "hash", func(ctx context.Context) once.Answer {
		must(t, s.PutSetting(ctx, "refused", "1"))
		return once.Answer{Status: 422}
	})
	if err != nil || a.Status != 422 {
		t.Errorf("refused with %+v, %v", a, err)
	}
	if value, err := s.Setting(t.Context(), "refused"); err != nil || value != "" {
		t.Errorf("a refused request left %q, %v", value, err)
	}
	if _, err := s.Answered(t.Context(), "token:2", "key"); !errors.Is(err, people.ErrMissing) {
		t.Errorf("a refusal is kept: %v", err)
	}
}

func testUploads(t *testing.T, s *store.Store) {
	f := tickets.File{Name: "a.png", Type: "image/png", Size: 3, Blob: "ab"}
	id, err := s.PutUpload(t.Context(), "token:1", f)
	must(t, err)
	for owner, want := range map[string]map[int64]tickets.File{"token:1": {id: f}, "token:2": {}} {
		if got, err := s.Uploads(t.Context(), owner, []int64{id, 5}); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s has %v, %v", owner, got, err)
		}
	}
}

func testPersonPages(t *testing.T, s *store.Store) {
	first, second := person(t, s, "Ира"), person(t, s, "Олег")
	page, next, err := s.PersonPage(t.Context(), "", 1)
	if err != nil || len(page) != 1 || page[0] != second {
		t.Errorf("first page %v, %v", page, err)
	}
	page, next, err = s.PersonPage(t.Context(), next, 1)
	if err != nil || len(page) != 1 || page[0] != first || next != "" {
		t.Errorf("second page %v, %q, %v", page, next, err)
	}
}
