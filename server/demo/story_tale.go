package demo

import (
	"embed"
	"fmt"
	"time"

	"github.com/goccy/go-yaml"

	"okno/tickets"
)

//go:embed story_ru.yaml story_en.yaml
var written embed.FS

// tale is one ticket of the story, as the YAML files tell it.
type tale struct {
	Key      string            `yaml:"key"`
	Who      string            `yaml:"who"`
	Team     string            `yaml:"team"`
	Chat     bool              `yaml:"chat"` // by the pretend chat, else by mail
	Ago      time.Duration     `yaml:"ago"`  // before now, when the first message came
	Subject  string            `yaml:"subject"`
	Priority int               `yaml:"priority"` // 0: normal
	Tags     []string          `yaml:"tags"`
	Fields   map[string]string `yaml:"fields"`
	Steps    []step            `yaml:"steps"` // the first says something
}

// step is one thing that happens: the person says something, or an agent (By)
// replies, writes a note, merges, or changes and reads the ticket.
type step struct {
	After    time.Duration     `yaml:"after"` // since the step before
	By       string            `yaml:"by"`
	Says     string            `yaml:"says"`
	Reply    string            `yaml:"reply"`
	Fails    bool              `yaml:"fails"` // the reply cannot be delivered
	Note     string            `yaml:"note"`
	Mentions string            `yaml:"mentions"` // an agent, in a note
	Then     tickets.Category  `yaml:"then"`
	Take     bool              `yaml:"take"`
	Spam     bool              `yaml:"spam"`
	Fields   map[string]string `yaml:"fields"`
	Into     string            `yaml:"into"` // the tale whose ticket takes this one
}

func (t *tale) network() string {
	if t.Chat {
		return chatNetwork
	}
	return mailNetwork
}

// readTales reads the tales of both languages.
func readTales() ([]tale, error) {
	var all []tale
	for _, name := range []string{"story_ru.yaml", "story_en.yaml"} {
		text, err := written.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read the story: %w", err)
		}
		var some []tale
		if err := yaml.UnmarshalWithOptions(text, &some, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		all = append(all, some...)
	}
	return all, nil
}
