package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// somebody is a person before the desk knows them.
type somebody struct {
	name, address, language string
}

// folk makes up people: names of their language and an address that no mail
// ever reaches (RFC 2606, section 3).
type folk struct {
	russian, english namebook
}

// namebook is given names with the surnames that go with them.
type namebook struct {
	given, families []string
}

func newFolk() folk {
	return folk{
		russian: namebook{
			strings.Fields("Анна Мария Ольга Елена Ирина Татьяна Наталья Светлана Вера Дарья Полина Ксения Алла Юлия Нина Зоя Лидия Инна"),
			strings.Fields(`Смирнова Иванова Кузнецова Соколова Попова Лебедева Козлова Новикова Морозова Петрова Волкова Соловьёва
				Васильева Зайцева Павлова Семёнова Голубева Виноградова Богданова Воробьёва Фёдорова Михайлова Беляева Тарасова`),
		},
		english: namebook{
			strings.Fields("Alice Ben Clara Daniel Emma Fred Grace Henry Isla Jack Kate Liam Molly Noah Olive Peter Rose Sam Tess Will"),
			strings.Fields(`Adams Baker Carter Dixon Ellis Foster Green Harris Irving Jones King Lewis Mason Norton Owen Parker Reed
				Stone Turner Vaughan Walker Young`),
		},
	}
}

// person makes up person i; three in five write Russian.
func (f folk) person(i int, host string, dice *rand.Rand) somebody {
	book, language := f.russian, "ru"
	if dice.IntN(5) >= 3 {
		book, language = f.english, "en"
	}
	given, family := book.given[dice.IntN(len(book.given))], book.families[dice.IntN(len(book.families))]
	return somebody{name: given + " " + family, address: fmt.Sprintf("%s%d@%s", language, i+1, host), language: language}
}
