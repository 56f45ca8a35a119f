package store

import (
	"crypto/sha256"
	"database/sql/driver"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// ms is a time as the database keeps it: milliseconds UTC, 0 for the zero time.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// at is the time behind ms.
func at(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// document is a column that holds a value as JSON.
type document[T any] struct{ V T }

func asJSON[T any](v T) document[T] { return document[T]{v} }

// Value implements driver.Valuer.
func (d document[T]) Value() (driver.Value, error) {
	raw, err := json.Marshal(d.V)
	return string(raw), err
}

// Scan implements sql.Scanner.
func (d *document[T]) Scan(from any) error {
	switch v := from.(type) {
	case string:
		return json.Unmarshal([]byte(v), &d.V)
	case []byte:
		return json.Unmarshal(v, &d.V)
	}
	return fmt.Errorf("column holds %T, not JSON", from)
}

// clean makes every text argument what both databases take: PostgreSQL refuses
// invalid UTF-8 and NUL, and foreign networks send both.
func clean(args []any) []any {
	for i, a := range args {
		if s, ok := a.(string); ok && (!utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0) {
			args[i] = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
		}
	}
	return args
}

// maxKey is the longest text put into an index as it is; PostgreSQL cannot
// index more than about 2,700 bytes, and foreign networks send more.
const maxKey = 500

// key makes a text of any length fit for an index: long ones end in their hash.
func key(s string) string {
	if len(s) <= maxKey {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return strings.ToValidUTF8(s[:maxKey-65], "") + "#" + hex.EncodeToString(sum[:])
}

// bytesOf gives NOT NULL columns an empty value instead of none.
func bytesOf(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
