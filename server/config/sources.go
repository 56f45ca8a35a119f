package config

import (
	"fmt"
	"os"
	"strings"

	"github.com/alecthomas/kong"
)

// Default is the origin of a value nobody set.
const Default = "default"

// Sources finds the values that were not given as flags and remembers where
// each came from. It implements kong.Resolver.
type Sources struct {
	lookup  func(name string) (string, bool)
	file    *file
	origins map[string]string
	faults  []string
}

// NewSources looks in the environment that lookup answers for (os.LookupEnv)
// and in the file the key "config" names.
func NewSources(lookup func(string) (string, bool)) *Sources {
	return &Sources{lookup: lookup, origins: map[string]string{}}
}

// Validate implements kong.Resolver; faults are reported by Validate of this
// package instead, all of them together.
func (s *Sources) Validate(*kong.Application) error { return nil }

// Resolve implements kong.Resolver for the keys of Config, which are the flags
// with an environment variable. kong calls it for flags the command line lacks.
func (s *Sources) Resolve(ctx *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if len(flag.Envs) == 0 {
		return nil, nil
	}
	s.origins[flag.Name] = Default
	value, origin := s.find(ctx, flag)
	if origin == "" {
		return nil, nil
	}
	s.origins[flag.Name] = origin
	return value, nil
}

// Origin says where the value of a key came from, for people.
func (s *Sources) Origin(key string) string {
	if o, ok := s.origins[key]; ok {
		return o
	}
	return "flag --" + key
}

// find answers the value of a key and its origin, "" when nobody set it.
func (s *Sources) find(ctx *kong.Context, flag *kong.Flag) (value, origin string) {
	env := flag.Envs[0]
	if v := s.env(env); v != "" {
		return v, "environment " + env
	}
	if flag.Tag.Has("secret") {
		if path := s.env(env + "_FILE"); path != "" {
			return s.secret(env+"_FILE", path), "environment " + env + "_FILE"
		}
	}
	if flag.Name == "config" {
		return "", ""
	}
	return s.open(ctx).find(flag.Name)
}

func (s *Sources) env(name string) string {
	v, _ := s.lookup(name)
	return v
}

// secret reads a file that holds nothing but a secret.
func (s *Sources) secret(env, path string) string {
	raw, err := os.ReadFile(path)
	if err != nil {
		s.faults = append(s.faults, fmt.Sprintf("%s: cannot read the file it names: %v", env, err))
	}
	return strings.TrimRight(string(raw), "\r\n")
}

// open reads the file the first time a key asks for it. By then kong has seen
// the whole command line.
func (s *Sources) open(ctx *kong.Context) *file {
	if s.file != nil {
		return s.file
	}
	s.file = &file{}
	path := s.path(ctx)
	if path == "" {
		return s.file
	}
	f, faults := readFile(path, keysOf(ctx))
	s.file, s.faults = f, append(s.faults, faults...)
	return s.file
}

// path is the value of the key "config".
func (s *Sources) path(ctx *kong.Context) string {
	for _, flag := range ctx.Flags() {
		if flag.Name == "config" {
			if v, _ := ctx.FlagValue(flag).(string); v != "" {
				return v
			}
			return s.env(flag.Envs[0])
		}
	}
	return ""
}

// keysOf is the set of keys a file may hold.
func keysOf(ctx *kong.Context) map[string]bool {
	keys := map[string]bool{}
	for _, flag := range ctx.Flags() {
		keys[flag.Name] = len(flag.Envs) > 0 && flag.Name != "config"
	}
	return keys
}
