package assets

import "embed"

// Forms are the menu and the request types a new desk begins with, as files of
// server/formfile.
//
//go:embed forms/*.yaml
var Forms embed.FS
