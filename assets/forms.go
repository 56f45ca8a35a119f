package assets

import "embed"

// Forms are the files of what can be asked for at a new desk, see
// server/formfile.
//
//go:embed forms/*.yaml
var Forms embed.FS
