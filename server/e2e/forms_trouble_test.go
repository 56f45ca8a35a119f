package e2e

import (
	"slices"
	"strings"
	"testing"

	"okno/channels/telegram/telegramtest"
)

// TestBadInputInTelegram answers a form with what is no answer. Each time a
// sentence says why, the question is there again, and nothing is lost at the end.
func TestBadInputInTelegram(t *testing.T) {
	t.Parallel()
	b := newShippedDesk(t)
	who := b.net.NewPerson("Анна Белова")
	who.Language = "ru"
	s := &scene{T: t, shippedDesk: b, talk: who.Talk(b.bot).Opened()}
	s.writes("не работает интернет во всём офисе", "Похоже, вам подойдёт")
	s.leads("Да, продолжить", "Что не работает?")
	s.leads("Интернет или Wi-Fi", "Кого это касается?")
	s.leads("Всего офиса", "В каком офисе?")
	s.leads("Главный офис", "Какой кабинет")
	s.writes("Комната 404", "С какого дня?")
	s.writes("31 февраля", "Вы написали: «31 февраля»", "С какого дня?")
	s.leads("Сегодня", "Что происходит?")
	s.sends(telegramtest.Draft{Sticker: true}, "нет ни слов, ни файла", "Что происходит?")
	s.sends(telegramtest.Draft{Voice: []byte("OggS")}, "Файл приложим к заявке", "Что происходит?")
	s.writes(strings.Repeat("Очень долго. ", 315), "4000", "Что происходит?")
	s.writes("Не открываются страницы", "Снимок экрана")
	s.sends(telegramtest.Draft{Document: &telegramtest.Upload{Name: "screen.mov", Type: "video/quicktime"}, Size: 40 << 20},
		"«screen.mov» сюда не дошёл", "до 20 МБ", "Снимок экрана")
	s.sends(telegramtest.Draft{Document: &telegramtest.Upload{Name: "virus.exe", Type: "application/x-msdownload", Bytes: []byte("MZ")}},
		"«virus.exe»", "Снимок экрана")
	s.leads("Сегодня", "На тот вопрос ответ уже есть") // a button of an earlier question
	s.sends(telegramtest.Draft{Sticker: true}, "нет ни слов, ни файла", "Снимок экрана")
	s.leads("Пропустить", "Телефон")
	s.leads("Пропустить", "Проверьте, всё ли верно")
	s.presses("Отправить")
	s.presses("Отправить")
	s.opened([]string{"details = Не открываются страницы", "day = 2026-11-20", "room = Комната 404", "what = internet"})
}

// leads presses a button and waits for what it leads to.
func (s *scene) leads(word string, says ...string) {
	s.Helper()
	s.presses(word)
	s.hears(says...)
}

// writes writes words and waits for a message of the bot with all of some.
func (s *scene) writes(text string, says ...string) {
	s.Helper()
	s.sends(telegramtest.Draft{Text: text}, says...)
}

// sends sends anything and waits for a message of the bot with all of some words.
func (s *scene) sends(d telegramtest.Draft, says ...string) {
	s.Helper()
	s.read = len(s.talk.Got())
	s.talk.Send(d)
	s.hears(says...)
}

func (s *scene) hears(says ...string) {
	s.Helper()
	within(s.T, patience, "the bot says "+strings.Join(says, ", "), func() bool {
		list := s.talk.Got()
		return slices.ContainsFunc(list[min(s.read, len(list)):], func(m telegramtest.Message) bool {
			return !slices.ContainsFunc(says, func(words string) bool { return !strings.Contains(m.Text, words) })
		})
	})
	s.read = len(s.talk.Got())
}
