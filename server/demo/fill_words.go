package demo

import (
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// commonest is how often the first word of a vocabulary is on its wheel; the
// word of rank r is there commonest/r times (Zipf's law), so it is the number
// of words as well.
const commonest = 6000

// vocabulary is the words of one language.
type vocabulary struct {
	wheel []string // each as often as it is used
}

// newVocabulary begins with the words of a help desk and goes on with made-up
// ones, which have the letters and lengths of the language.
func newVocabulary(known, openings, closings string, dice *rand.Rand) *vocabulary {
	words := strings.Fields(known)
	first, last := strings.Fields(openings), strings.Fields(closings)
	seen := map[string]bool{}
	for len(words) < commonest {
		word := ""
		for range 1 + dice.IntN(3) {
			word += first[dice.IntN(len(first))]
		}
		if word += last[dice.IntN(len(last))]; !seen[word] {
			seen[word] = true
			words = append(words, word)
		}
	}
	v := &vocabulary{}
	for i, word := range words {
		for range commonest / (i + 1) {
			v.wheel = append(v.wheel, word)
		}
	}
	return v
}

func (v *vocabulary) word(dice *rand.Rand) string { return v.wheel[dice.IntN(len(v.wheel))] }

// text is some sentences of about n words together.
func (v *vocabulary) text(n int, dice *rand.Rand) string {
	var b strings.Builder
	for n > 0 {
		size := min(5+dice.IntN(8), n)
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		v.sentence(&b, size, dice)
		b.WriteByte('.')
		n -= size
	}
	return b.String()
}

// line is a subject.
func (v *vocabulary) line(dice *rand.Rand) string {
	var b strings.Builder
	v.sentence(&b, 3+dice.IntN(5), dice)
	return b.String()
}

func (v *vocabulary) sentence(b *strings.Builder, n int, dice *rand.Rand) {
	b.WriteString(capital(v.word(dice)))
	for i := 1; i < n; i++ {
		if dice.IntN(9) == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(' ')
		b.WriteString(v.word(dice))
	}
}

func capital(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// english and russian make the two vocabularies.
func english(dice *rand.Rand) *vocabulary {
	return newVocabulary(`the to and a of is not it in we for on please my this with that you be can have order from
		when but invoice account password at so again works now email printer page error help desk delivery or after
		payment yesterday screen thank new contract number still open file send today cannot customer before sign report
		somebody office system address update list price morning service slow phone problem question asks copy key call
		network access colleague room table week month correct wrong finds`,
		`con pre sub mar ter lan vi do re fa mo ner pul tis gra col wen bra sho kin lo pa ris dun fer`,
		`t ing ed er s ly ment able on al ness y ion d n`, dice)
}

func russian(dice *rand.Rand) *vocabulary {
	return newVocabulary(`не в и на что мы с у меня для это как по но заказ пожалуйста из за уже снова счёт после
		пароль здравствуйте почта вчера можно когда работает нет принтер ошибка нужно договор доставка страница сегодня
		спасибо отчёт номер заявка документ экран коллега система доступ подпись цена адрес список утром срочно оплата
		телефон копия вопрос кабинет файл открыть отправить получить видно клиент неделя месяц офис сеть ключ новый старый
		верно неверно приходит пропал проверить исправить обновить`,
		`по пере вы на за рас ко мо ли ва те ро ни са ду вер кла стро бе га до при пу ме ча`,
		`ть ние ный ка ет ла ом ы ость ик ая ют у е ся`, dice)
}
