//go:build race

package e2e

// raced says that the race detector watches. It makes SQLite, which is compiled
// from C, ten times slower, so the longest story is told with fewer mails; the
// whole of it is told without the detector.
const raced = true
