package cli

import (
	"errors"
	"fmt"
	"syscall"

	"okno/server/config"
	"okno/server/store"
)

// The exit codes; the description names them too.
const (
	codeOK      = 0
	codeFailed  = 1
	codeUsage   = 2
	codeRunning = 3
	codeNewer   = 4
)

// errSilent fails a command that has said everything already.
var errSilent = errors.New("said already")

// usageError is a command line that cannot be understood.
type usageError struct{ err error }

// Error implements error.
func (e *usageError) Error() string { return e.err.Error() }

// Unwrap gives kong's error.
func (e *usageError) Unwrap() error { return e.err }

func codeOf(err error) int {
	var (
		usage  *usageError
		faults config.Faults
		locked *store.LockedError
		newer  *store.NewerSchemaError
	)
	switch {
	case err == nil:
		return codeOK
	case errors.As(err, &usage), errors.As(err, &faults):
		return codeUsage
	case errors.As(err, &locked):
		return codeRunning
	case errors.As(err, &newer):
		return codeNewer
	}
	return codeFailed
}

// sentence says what happened and what to do.
func sentence(err error) string {
	var (
		usage  *usageError
		faults config.Faults
		locked *store.LockedError
		newer  *store.NewerSchemaError
	)
	switch {
	case errors.As(err, &usage):
		return usage.Error() + "; 'okno --help' lists the commands"
	case errors.As(err, &faults):
		return "the settings are faulty:\n" + indented(faults)
	case errors.As(err, &locked):
		return lockedSentence(locked)
	case errors.As(err, &newer):
		return newerSentence(newer)
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Sprintf("%v. Stop the program that uses this address, or choose another with --listen.", err)
	}
	return err.Error()
}

func indented(lines []string) (text string) {
	for i, line := range lines {
		if i > 0 {
			text += "\n"
		}
		text += "  " + line
	}
	return text
}

func lockedSentence(e *store.LockedError) string {
	who := "another process"
	if e.PID != 0 {
		who = fmt.Sprintf("process %d", e.PID)
	}
	return fmt.Sprintf("%s works in the data directory %s already. Stop it, or choose another directory with --data.", who, e.Dir)
}

func newerSentence(e *store.NewerSchemaError) string {
	text := fmt.Sprintf("the database was written by a newer version (schema %d; this version knows %d). Start the newer version", e.Found, e.Known)
	if e.Backup == "" {
		return text + "."
	}
	return text + ", or go back to the copy made before it: " + e.Backup
}
