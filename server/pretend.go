package server

import (
	"fmt"

	"github.com/gin-gonic/gin"

	"okno/channels"
	"okno/channels/pretend"
	"okno/channels/telegram"
	"okno/server/demo"
)

// pretended are the channels of a desk that is only tried: a chat and a post
// that lie in this process, and the bots a visitor may bring.
func (r *Rooms) pretended() []channels.Kind {
	var people []pretend.Person
	for _, p := range demo.Players() {
		people = append(people, pretend.Person{ID: p.ID, Name: p.Name, Language: p.Language})
	}
	r.chat = pretend.New(pretend.Options{People: people, Say: r.say, Clock: r.now})
	return []channels.Kind{pretend.Post(), r.chat.Kind(), telegram.Kind()}
}

// Recall puts a message into the chat of a player as if it had been said there.
func (r *Rooms) Recall(player string, m demo.Said) {
	r.chat.Recall(player, pretend.Message{ID: m.ID, Mine: m.Mine, Author: m.Author, Text: m.Text, At: m.At})
}

// attachChat puts the phone of the pretend chat beside the pages.
func (s *Server) attachChat(e *gin.Engine) error {
	if s.chat == nil {
		return nil
	}
	page, err := s.chat.Page()
	if err != nil {
		return fmt.Errorf("build the pretend chat: %w", err)
	}
	e.Any(pretend.Prefix+"*rest", gin.WrapH(page))
	return nil
}
