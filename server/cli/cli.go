// Package cli is the command line: one sub-command a file. It parses with kong,
// validates the configuration for the commands that open the desk, and turns
// every error into one clear sentence and an exit code (exit.go).
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/alecthomas/kong"

	"okno/server/config"
)

// Process is what a command may touch of the process it runs in.
type Process struct {
	Args   []string                         // without the program's name
	Lookup func(name string) (string, bool) // of the environment: os.LookupEnv
	Out    io.Writer
	Err    io.Writer
	Now    func() time.Time // time.Now
}

// commands is the tree of sub-commands and the flags they share.
type commands struct {
	Config  config.Config `embed:"" group:"Settings"`
	Serve   serve         `cmd:"" default:"1" help:"Run the desk (the default)."`
	Apply   apply         `cmd:"" help:"Make teams, agents, channels and request types from YAML files. Applying them again changes nothing."`
	Demo    demo          `cmd:"" help:"Run a desk to look around in; with --fill make a large one to measure by."`
	Health  health        `cmd:"" help:"Ask the running desk whether it can work."`
	Show    show          `cmd:"" name:"config" help:"Print the settings and where each came from; secrets are masked."`
	Token   token         `cmd:"" help:"Make, list and end tokens of the API, also while the desk runs."`
	Version version       `cmd:"" help:"Print the version."`
	Mail    struct {
		Inspect inspect `cmd:"" help:"Print what the desk reads in mail files, one JSON object a line."`
	} `cmd:"" help:"Look at mail."`
	Admin struct {
		Reset reset `cmd:"" help:"Print a one-time link to choose a new password."`
	} `cmd:"" help:"Help an administrator back in."`
}

// session is what every command gets.
type session struct {
	Process
	config  config.Config
	sources *config.Sources
	kong    *kong.Context
}

// checked answers the configuration, or all of its faults.
func (s *session) checked() (config.Config, error) {
	return s.config, config.Validate(s.config, s.sources)
}

// Run carries out one command line and answers the exit code. It ends early
// when ctx does.
func Run(ctx context.Context, p Process) int {
	err := run(ctx, p)
	code := codeOf(err)
	if code != codeOK && !errors.Is(err, errSilent) {
		_, _ = fmt.Fprintf(p.Err, "okno: %s\n", sentence(err))
	}
	return code
}

func run(ctx context.Context, p Process) error {
	var c commands
	sources := config.NewSources(p.Lookup)
	helped := false
	parser, err := kong.New(&c, kong.Name("okno"), kong.Description(description),
		kong.Writers(p.Out, p.Err), kong.Exit(func(int) { helped = true }),
		kong.Resolvers(sources), kong.BindTo(ctx, (*context.Context)(nil)), kong.UsageOnError())
	if err != nil {
		return fmt.Errorf("build the command line: %w", err)
	}
	parsed, err := parser.Parse(p.Args)
	if helped {
		return nil
	}
	if err != nil {
		return &usageError{err}
	}
	return parsed.Run(&session{Process: p, config: c.Config, sources: sources, kong: parsed})
}

const description = `A help desk in one executable. Started without anything it serves on 127.0.0.1:8080, keeps everything in ./okno-data and prints a link to set it up.

Exit codes: 0 done, 1 failed, 2 wrong usage or settings, 3 another process uses the data directory, 4 the database was written by a newer version.`
