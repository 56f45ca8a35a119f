package understand

import "slices"

// Threshold is the score of kb.Hit from which a request type is offered for free
// text. Below it the text becomes a ticket as it is.
//
// It is chosen by 186 messages in two languages (testdata/messages.txt, TestOffers
// prints these figures) and the forms in the box: the right type is found first for
// 97 of 100 messages that mean one. Of those the right one is offered to 89 and a
// wrong one to 1; of messages that mean none, half of which speak of printers,
// passes and purchases nevertheless, 12 in 100 are offered something. From 0.45 on
// it would be 93, 2 and 18, from 0.60 on 86, 1 and 7. An offer that is not wanted
// costs one press, a form that is not offered an agent's questions, so the
// threshold lies where wrong types begin.
const Threshold = 0.5

// questionThreshold is the same for questions about somebody or some time, and for
// thanks: they speak of things that forms are about and want none.
const questionThreshold = 0.9

// Offers says whether a form is offered for a text that it matches with a score.
func Offers(text string, score float64) bool {
	if wantsToKnow(text) {
		return score >= questionThreshold
	}
	return score >= Threshold
}

// wantsToKnow says that a text asks who, when, why or how much, or gives thanks,
// greetings aside.
func wantsToKnow(text string) bool {
	words := tokenPattern.FindAllString(plain(text), openingWords)
	words = slices.DeleteFunc(words, isGreeting)
	for len(words) < 2 {
		words = append(words, "")
	}
	switch words[0] {
	case "кто", "кому", "кого", "когда", "почему", "зачем", "сколько", "спасибо", "благодарю", "who", "whom", "whose", "when", "why", "thanks", "thank":
		return true
	case "во", "до", "с", "у", "how", "what":
		return slices.Contains([]string{"сколько", "скольки", "какого", "кого", "much", "many", "long", "time"}, words[1])
	}
	return false
}

// openingWords is how far the beginning of a text reaches.
const openingWords = 8

func isGreeting(word string) bool {
	switch word {
	case "здравствуйте", "привет", "приветствую", "добрый", "доброе", "доброго", "день", "утро", "вечер", "дня", "утра", "времени", "суток", "коллеги", "подскажите", "скажите", "пожалуйста",
		"hello", "hi", "hey", "good", "morning", "afternoon", "dear", "team", "all", "please", "tell", "me", ",", ".", "!", "?", "-", "—", ":", ")":
		return true
	}
	return false
}
