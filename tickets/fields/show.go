package fields

import (
	"cmp"
	"strings"
	"time"
)

// glue is a no-break space.
const glue = "\u00a0"

// Show writes a canonical text for somebody who reads language, "en" or "ru".
// What it writes for text, numbers, money, choices, addresses and times, Parse
// takes back in the same language. A text that is not canonical is shown as it
// is.
func Show(f Field, canonical, language string) string {
	if canonical == "" {
		return ""
	}
	switch f.Type {
	case Number:
		return showNumber(canonical, language, 4)
	case Money:
		return showMoney(canonical, language)
	case Date:
		return showDate(canonical, language)
	case YesNo:
		return showYesNo(canonical, language)
	case One, Many, Place:
		return showOptions(f, canonical, language)
	case Phone:
		return showPhone(canonical)
	case Period:
		return showPeriod(canonical, language)
	case Plate:
		return showPlate(canonical)
	case Person:
		_, name, _ := PersonOf(canonical)
		return cmp.Or(name, canonical)
	}
	return canonical
}

// showNumber puts something between the thousands of a number of more digits
// than are read at a glance; a year is left alone.
func showNumber(canonical, language string, glance int) string {
	between, point := ",", "."
	if language == "ru" {
		between, point = glue, ","
	}
	rest, negative := strings.CutPrefix(canonical, "-")
	whole, decimals, has := strings.Cut(rest, ".")
	if !onlyDigits(whole) {
		return canonical
	}
	text := whole
	if len(whole) > glance {
		text = inGroups(whole, between)
	}
	if has {
		text += point + decimals
	}
	if negative {
		return "−" + text
	}
	return text
}

func inGroups(whole, between string) string {
	var groups []string
	for len(whole) > 3 {
		groups = append([]string{whole[len(whole)-3:]}, groups...)
		whole = whole[:len(whole)-3]
	}
	return strings.Join(append([]string{whole}, groups...), between)
}

// showMoney leaves zero cents out. A sign stands before the amount in English
// and after it in Russian.
func showMoney(canonical, language string) string {
	amount, code, ok := strings.Cut(canonical, " ")
	in, known := currency(code)
	if !ok || !known {
		return canonical
	}
	text := showNumber(strings.TrimSuffix(amount, ".00"), language, 3)
	switch {
	case in.Sign == "":
		return text + glue + in.Code
	case language == "ru":
		return text + glue + in.Sign
	}
	if rest, negative := strings.CutPrefix(text, "−"); negative {
		return "−" + in.Sign + rest
	}
	return in.Sign + text
}

func showDate(canonical, language string) string {
	day, err := time.Parse(dateLayout, canonical)
	if err != nil {
		return canonical
	}
	if language == "ru" {
		return day.Format("02.01.2006")
	}
	return day.Format("2 Jan 2006")
}

func showYesNo(canonical, language string) string {
	words := map[string]string{Yes: "Yes", No: "No"}
	if language == "ru" {
		words = map[string]string{Yes: "Да", No: "Нет"}
	}
	if word, ok := words[canonical]; ok {
		return word
	}
	return canonical
}

func showOptions(f Field, canonical, language string) string {
	var names []string
	for _, o := range Chosen(f, canonical) {
		names = append(names, o.Name(language))
	}
	return strings.Join(names, ", ")
}

// showPhone groups the numbers most people here have; others stay as they are.
func showPhone(canonical string) string {
	const russian = len("+79991234567")
	if len(canonical) != russian || !strings.HasPrefix(canonical, "+7") {
		return canonical
	}
	return canonical[:2] + glue + canonical[2:5] + glue + canonical[5:8] + "-" + canonical[8:10] + "-" + canonical[10:]
}
