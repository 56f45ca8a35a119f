package edit

import (
	"encoding/json"
	"hash/fnv"
	"strconv"
)

// Mark tells one state of a part of a definition from another: two people who
// edit different steps do not stand in each other's way, those who edit the same
// one do.
func Mark(part any) string {
	text, err := json.Marshal(part)
	if err != nil {
		return "" // definitions always have a JSON
	}
	h := fnv.New64a()
	_, _ = h.Write(text)
	return strconv.FormatUint(h.Sum64(), 36)
}
