package index

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"
	"github.com/blevesearch/bleve/v2/analysis/token/stop"
	tokens "github.com/blevesearch/bleve/v2/analysis/tokenizer/regexp"
	"github.com/blevesearch/bleve/v2/registry"
)

// words takes texts apart. Russian and English are applied to every text,
// because people mix them: the stop words of both are left out, and each word is
// cut by the rules of its own script.
type words struct {
	analyzer analysis.Analyzer
	plain    *strings.Replacer // letters that are written one for another
	courtesy map[string]bool   // by stem
}

// word is what counts as one. Hyphens divide: "2-НДФЛ" is found as "НДФЛ" too.
var word = regexp.MustCompile(`[\p{L}\p{N}]+(?:['’]\p{L}+)?`)

// shortPair is a short word that is written with a hyphen or without: wi-fi,
// e-mail.
var shortPair = regexp.MustCompile(`(^|[^\p{L}])(\p{L}{1,2})-(\p{L}{1,4})($|[^\p{L}])`)

// courtesies are words of a question that say nothing about what is asked for.
const courtesies = `здравствуйте здравствуй привет приветствую добрый доброе доброго день вечер утро коллеги
	пожалуйста плиз спасибо благодарю прошу подскажите скажите помогите помочь помощь хочу хотел хотела хотелось
	нужен нужна нужно нужны надо необходимо требуется можно можете могу могли сможете возможно ли бы мой моя мое мои наш
	есть очень еще уже это этот эта сегодня завтра послезавтра вчера сейчас срочно
	hello hi hey dear colleagues team please thanks thank you kindly help need needed want would like could can may might
	i'd i'm i've get got let know us me my today tomorrow yesterday am pm now asap urgent urgently`

func newWords() (*words, error) {
	cache := registry.NewCache()
	w := &words{plain: strings.NewReplacer("ё", "е", "Ё", "Е", "n’t", " not", "n't", " not", "’", "'"), courtesy: map[string]bool{}}
	var chain []analysis.TokenFilter
	for _, name := range []string{en.PossessiveName, lowercase.Name, ru.SnowballStemmerName, porter.Name} {
		filter, err := cache.TokenFilterNamed(name)
		if err != nil {
			return nil, err
		}
		chain = append(chain, filter)
	}
	for _, name := range []string{en.StopName, ru.StopName} {
		words, err := cache.TokenMapNamed(name)
		if err != nil {
			return nil, err
		}
		chain = slices.Insert(chain, 2, analysis.TokenFilter(stop.NewStopTokensFilter(telling(words))))
	}
	w.analyzer = &analysis.DefaultAnalyzer{Tokenizer: tokens.NewRegexpTokenizer(word), TokenFilters: chain}
	for _, stem := range w.all(courtesies) {
		w.courtesy[stem] = true
	}
	return w, nil
}

// telling leaves the words of denial among those that say something: what does
// not work is another thing than work.
func telling(words analysis.TokenMap) analysis.TokenMap {
	for _, word := range []string{"не", "нет", "no", "not"} {
		delete(words, word)
	}
	return words
}

// stems are the stems of a text, each once, in its order. Numbers and what
// people say to be polite tell nothing about what they want and are left out.
func (w *words) stems(text string) []string {
	var stems []string
	for _, stem := range w.all(text) {
		if !w.courtesy[stem] && strings.ContainsFunc(stem, unicode.IsLetter) && !slices.Contains(stems, stem) {
			stems = append(stems, stem)
		}
	}
	return stems
}

func (w *words) all(text string) []string {
	var stems []string
	text = shortPair.ReplaceAllString(w.plain.Replace(text), "$1$2$3$4")
	for _, token := range w.analyzer.Analyze([]byte(text)) {
		stems = append(stems, string(token.Term))
	}
	return stems
}
