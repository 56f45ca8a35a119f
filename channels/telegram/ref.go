package telegram

import (
	"strconv"
	"strings"
)

// Network ids. Every bot counts the messages of its private chats by itself, so
// the bot belongs to the name of a message.

// ref names a message: "BOT/CHAT:MESSAGE".
func (s settings) ref(chat int64, message int) string {
	return s.botID + "/" + chatText(chat) + ":" + strconv.Itoa(message)
}

// parseRef answers chat and message of a name this bot gave.
func (s settings) parseRef(ref string) (chat int64, message int, ok bool) {
	bot, rest, _ := strings.Cut(ref, "/")
	left, right, _ := strings.Cut(rest, ":")
	chat, err := strconv.ParseInt(left, 10, 64)
	if err != nil || bot != s.botID {
		return 0, 0, false
	}
	message, err = strconv.Atoi(right)
	return chat, message, err == nil
}

func chatText(chat int64) string { return strconv.FormatInt(chat, 10) }
