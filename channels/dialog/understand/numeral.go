package understand

import "strings"

// cardinal is a number as a word, up to twelve, and tens; -1 for other words.
func cardinal(word string) int {
	switch word {
	case "один", "одна", "одно", "одну", "одного", "одной", "one":
		return 1
	case "два", "две", "двух", "пару", "пара", "двум", "two", "couple":
		return 2
	case "три", "трех", "трем", "трое", "three":
		return 3
	case "четыре", "четырех", "четырем", "четверо", "four":
		return 4
	case "пять", "пяти", "five":
		return 5
	case "шесть", "шести", "six":
		return 6
	case "семь", "семи", "seven":
		return 7
	case "восемь", "восьми", "eight":
		return 8
	case "девять", "девяти", "nine":
		return 9
	case "десять", "десяти", "ten":
		return 10
	case "одиннадцать", "одиннадцати", "eleven":
		return 11
	case "двенадцать", "двенадцати", "twelve":
		return 12
	case "пятнадцать", "fifteen":
		return 15
	case "двадцать", "twenty":
		return 20
	case "тридцать", "thirty":
		return 30
	}
	return -1
}

// count is the number at a token, in digits or as a word; -1 when there is none.
func (r *reading) count(i int) int {
	if n := r.at(i).number; n >= 0 {
		return n
	}
	return cardinal(r.at(i).text)
}

// ordinal is the number of a Russian ordinal, by the beginning that all its cases
// share; 0 for other words.
func ordinal(word string) int {
	stem, ok := ordinalStem(word)
	if !ok {
		return 0
	}
	switch stem {
	case "перв":
		return 1
	case "втор":
		return 2
	case "треть":
		return 3
	case "четверт":
		return 4
	case "пят":
		return 5
	case "шест":
		return 6
	case "седьм":
		return 7
	case "восьм":
		return 8
	case "девят":
		return 9
	case "десят":
		return 10
	case "одиннадцат":
		return 11
	case "двенадцат":
		return 12
	case "тринадцат":
		return 13
	case "четырнадцат":
		return 14
	case "пятнадцат":
		return 15
	case "шестнадцат":
		return 16
	case "семнадцат":
		return 17
	case "восемнадцат":
		return 18
	case "девятнадцат":
		return 19
	case "двадцат":
		return 20
	case "тридцат":
		return 30
	}
	return 0
}

func ordinalStem(word string) (string, bool) {
	for _, ending := range []string{"его", "ему", "ого", "ому", "ое", "ая", "ый", "ой", "ую", "е"} {
		if stem, ok := strings.CutSuffix(word, ending); ok {
			return stem, true
		}
	}
	return "", false
}

// dayOfMonth reads the number of a day: 25, 25-го, 25th, двадцать пятого. It
// answers how many tokens that took, 0 for none, and whether it was an ordinal.
func (r *reading) dayOfMonth(i int) (day, n int, isOrdinal bool) {
	day, n = r.at(i).number, 1
	switch {
	case day >= 1 && r.is(i+1, "th", "st", "nd", "rd", "го", "ого", "е", "ое", "му") && r.joined(i, 2):
		n, isOrdinal = 2, true
	case day >= 1 && r.is(i+1, "-", "‑") && r.is(i+2, "го", "ого", "е", "ое", "му", "ому") && r.joined(i, 3):
		n, isOrdinal = 3, true
	case day < 0:
		day, n, isOrdinal = r.spokenDay(i)
	}
	if day < 1 || day > 31 {
		return 0, 0, false
	}
	return day, n, isOrdinal
}

func (r *reading) spokenDay(i int) (day, n int, isOrdinal bool) {
	if tens := cardinal(r.at(i).text); tens == 20 || tens == 30 {
		if ones := ordinal(r.at(i + 1).text); ones > 0 && ones < 10 {
			return tens + ones, 2, true
		}
	}
	return ordinal(r.at(i).text), 1, true
}
