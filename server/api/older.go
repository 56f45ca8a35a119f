package api

import (
	"encoding/json"
	"fmt"
)

// older is the document for generators that do not know OpenAPI 3.1 yet. There
// nothing may stand beside a reference, so what does moves around it, and bytes
// have another name.
func (a *API) older() ([]byte, error) {
	raw, err := a.huma.OpenAPI().Downgrade()
	if err != nil {
		return nil, fmt.Errorf("write OpenAPI 3.0: %w", err)
	}
	var doc any
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("read OpenAPI 3.0: %w", err)
	}
	return json.Marshal(wrapped(doc))
}

// wrapped puts references that have company into allOf, and renames bytes.
func wrapped(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = wrapped(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = wrapped(v[name])
		}
		if v["contentMediaType"] == "application/octet-stream" {
			delete(v, "contentMediaType")
			v["format"] = "binary"
		}
		if to, ok := v["$ref"].(string); ok && len(v) > 1 {
			delete(v, "$ref")
			v["allOf"] = []any{map[string]any{"$ref": to}}
		}
	}
	return v
}
