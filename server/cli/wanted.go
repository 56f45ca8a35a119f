package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"okno/tickets/people"
)

// wanted is what a file to apply says.
type wanted struct {
	Teams    []wantedTeam    `yaml:"teams"`
	Agents   []wantedAgent   `yaml:"agents"`
	Channels []wantedChannel `yaml:"channels"`
}

func (w wanted) empty() bool { return len(w.Teams)+len(w.Agents)+len(w.Channels) == 0 }

type wantedTeam struct {
	Name text `yaml:"name"`
}

// wantedAgent names the teams the agent is in; a file that leaves them out
// leaves them alone.
type wantedAgent struct {
	Email    text   `yaml:"email"`
	Name     text   `yaml:"name"`
	Role     text   `yaml:"role"` // agent (default) or administrator
	Teams    []text `yaml:"teams"`
	Disabled bool   `yaml:"disabled"`
}

// wantedChannel has the settings of its kind as text.
type wantedChannel struct {
	Name        text            `yaml:"name"`
	Kind        text            `yaml:"kind"` // email (default)
	Team        text            `yaml:"team"`
	Enabled     *bool           `yaml:"enabled"` // true when left out
	Acknowledge bool            `yaml:"acknowledge"`
	Settings    map[string]text `yaml:"settings"`
	Secrets     map[string]text `yaml:"secrets"`
}

// text is a value and the line it stands in. ${NAME} in it is replaced by that
// environment variable.
type text struct {
	value string
	line  int
}

// UnmarshalYAML implements yaml.NodeUnmarshaler.
func (t *text) UnmarshalYAML(node ast.Node) error {
	scalar, ok := node.(ast.ScalarNode)
	if !ok {
		return fmt.Errorf("line %d: one value is expected", node.GetToken().Position.Line)
	}
	t.line = node.GetToken().Position.Line
	if scalar.Type() != ast.NullType {
		t.value = fmt.Sprint(scalar.GetValue())
	}
	return nil
}

// parseWanted refuses what it does not know; its errors begin with the line.
func parseWanted(raw []byte, lookup func(string) (string, bool)) (w wanted, err error) {
	err = yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(&w)
	if err != nil && !errors.Is(err, io.EOF) {
		return w, located(err)
	}
	return w, errors.Join(w.expand(lookup), w.check())
}

// located turns a fault of the YAML library into "line N: ...".
func located(err error) error {
	var fault yaml.Error
	if !errors.As(err, &fault) {
		return err
	}
	return fmt.Errorf("line %d: %s", fault.GetToken().Position.Line, fault.GetMessage())
}

// texts are all texts of the file, to be changed in place.
func (w *wanted) texts() (all []*text) {
	for i := range w.Teams {
		all = append(all, &w.Teams[i].Name)
	}
	for i := range w.Agents {
		a := &w.Agents[i]
		all = append(all, &a.Email, &a.Name, &a.Role)
		for j := range a.Teams {
			all = append(all, &a.Teams[j])
		}
	}
	for i := range w.Channels {
		c := &w.Channels[i]
		all = append(all, &c.Name, &c.Kind, &c.Team)
	}
	return all
}

// expand replaces every ${NAME} and reports every name that is not set.
func (w *wanted) expand(lookup func(string) (string, bool)) (err error) {
	for _, t := range w.texts() {
		err = errors.Join(err, t.expand(lookup))
	}
	for _, c := range w.Channels {
		for _, values := range []map[string]text{c.Settings, c.Secrets} {
			for key, t := range values {
				err = errors.Join(err, t.expand(lookup))
				values[key] = t
			}
		}
	}
	return err
}

var variable = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)

func (t *text) expand(lookup func(string) (string, bool)) (err error) {
	t.value = variable.ReplaceAllStringFunc(t.value, func(found string) string {
		name := found[2 : len(found)-1]
		value, ok := lookup(name)
		if !ok {
			err = errors.Join(err, fmt.Errorf("line %d: the environment has no %s", t.line, name))
		}
		return value
	})
	return err
}

// check reports what is missing.
func (w *wanted) check() (err error) {
	for i, t := range w.Teams {
		if t.Name.value == "" {
			err = errors.Join(err, fmt.Errorf("team %d: a name is needed", i+1))
		}
	}
	for i, a := range w.Agents {
		if a.Email.value == "" {
			err = errors.Join(err, fmt.Errorf("agent %d: an email is needed", i+1))
		}
		if r := people.Role(a.Role.value); r != "" && r != people.Administrator && r != people.Answerer {
			err = errors.Join(err, fmt.Errorf("line %d: role is agent or administrator, not %q", a.Role.line, r))
		}
	}
	for i, c := range w.Channels {
		if c.Name.value == "" {
			err = errors.Join(err, fmt.Errorf("channel %d: a name is needed", i+1))
		}
	}
	return err
}
