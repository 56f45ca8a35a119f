package read

import "unicode"

// language guesses by letters: "ru", "en", or "" when neither prevails.
func language(text string) string {
	russian, english := 0, 0
	for _, r := range text {
		switch {
		case r < 0x80 && unicode.IsLetter(r):
			english++
		case r >= 'а' && r <= 'я' || r >= 'А' && r <= 'Я' || r == 'ё' || r == 'Ё':
			russian++
		}
	}
	switch {
	case russian+english < 3:
		return ""
	case russian*3 >= english: // a Russian mail full of product names is Russian
		return "ru"
	case russian*10 < english:
		return "en"
	}
	return ""
}
