package bench

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"okno/server"
	"okno/server/config"
	"okno/server/demo"
)

// data keeps the filled directories of this run.
var data dataSets //nolint:gochecknoglobals // TestMain has no other way to hand it to benchmarks

func TestMain(m *testing.M) {
	if os.Getenv(childKey) != "" {
		os.Exit(serve())
	}
	code := m.Run()
	data.remove()
	os.Exit(code)
}

// dataSets are filled directories by their number of tickets.
type dataSets struct {
	mu   sync.Mutex
	root string
	kept bool
}

// dir answers a directory with n tickets.
func (d *dataSets) dir(b testing.TB, n int) string {
	b.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open(b)
	dir := filepath.Join(d.root, strconv.Itoa(n))
	if _, err := os.Stat(filepath.Join(dir, "okno.db")); err == nil {
		return dir
	}
	part := dir + ".part"
	must(b, os.RemoveAll(part))
	must(b, fill(b.Context(), part, n))
	must(b, os.Rename(part, dir))
	return dir
}

func (d *dataSets) open(b testing.TB) {
	if d.root != "" {
		return
	}
	if d.root, d.kept = os.LookupEnv("OKNO_BENCH_DATA"); d.kept {
		return
	}
	root, err := os.MkdirTemp("", "okno-bench-") //nolint:usetesting // it outlives the benchmark that makes it
	must(b, err)
	d.root = root
}

func (d *dataSets) remove() {
	if d.root != "" && !d.kept {
		_ = os.RemoveAll(d.root)
	}
}

func fill(ctx context.Context, dir string, n int) error {
	clock := demo.NewClock(time.Now)
	rooms, err := server.Open(ctx, config.Config{Data: dir}, server.Options{Now: clock.Now})
	if err != nil {
		return err
	}
	desk := demo.Desk{Store: rooms.Store, People: rooms.People, Clock: clock, Followers: []string{server.FollowerNotify}}
	if _, err := demo.Fill(ctx, desk, demo.Filling{Tickets: n, Seed: 42}); err != nil {
		return err
	}
	return rooms.Close()
}

func must(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// million says whether a million tickets are measured too.
func million() bool { return os.Getenv("OKNO_BENCH_MILLION") == "1" }
