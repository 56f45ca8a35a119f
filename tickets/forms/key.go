package forms

import (
	"regexp"
	"strings"
)

// keys is how the keys of forms, steps, stages and options look.
var keys = regexp.MustCompile(`^[a-z0-9][a-z0-9_]{0,39}$`)

func blank(text string) bool { return strings.TrimSpace(text) == "" }
