package edit

import (
	"cmp"
	"strings"

	"okno/tickets/fields"
	"okno/tickets/forms"
)

// latin writes Russian letters with Latin ones, near to how passports do
// (ICAO Doc 9303 part 3).
const latin = "а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ  ы y ь  э e ю iu я ia"

// Key makes a key of a name: its English words, or its Russian ones in Latin
// letters, or the fallback; not one of those taken.
func Key(name forms.Text, fallback string, taken []string) string {
	pairs := strings.Split(latin, " ")
	russian := strings.NewReplacer(pairs...).Replace(strings.ToLower(name.RU))
	english := strings.NewReplacer("'", "", "’", "").Replace(name.EN)
	for _, words := range []string{english, russian} {
		if strings.ContainsFunc(strings.ToLower(words), isLatin) {
			return fields.NewKey(shortened(words), taken)
		}
	}
	return fields.NewKey(cmp.Or(fallback, "field"), taken)
}

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' }

// mostWords of a question are enough to tell keys apart.
const mostWords = 4

func shortened(words string) string {
	all := strings.Fields(words)
	return strings.Join(all[:min(len(all), mostWords)], " ")
}
