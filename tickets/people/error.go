package people

import "errors"

// ErrMissing is what stores answer when there is no such row.
var ErrMissing = errors.New("no such row")

// ErrTaken is what stores answer when a unique value is in use.
var ErrTaken = errors.New("already taken")
