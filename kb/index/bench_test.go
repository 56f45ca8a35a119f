package index_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"okno/kb"
)

// thousand is as many request types as a large company has, each with what a
// shipped one says: a name, a sentence, and examples in two languages, of words
// that are as unevenly common as those of a language.
func thousand() []kb.Document {
	const types, passages, words, vocabulary = 1000, 16, 4, 6000
	random := rand.New(rand.NewPCG(1, 2))
	common := rand.NewZipf(random, 1.1, 8, vocabulary-1)
	var all []kb.Document
	for i := range types {
		d := kb.Document{ID: fmt.Sprintf("form:%d", i)}
		for n := range passages {
			var text []string
			for range words {
				text = append(text, made(common.Uint64(), n%2 == 0))
			}
			d.Texts = append(d.Texts, kb.Passage{Text: strings.Join(text, " "), Weight: float64(1 + n%3)})
		}
		all = append(all, d)
	}
	return all
}

// made is the nth word of a language that was made up.
func made(n uint64, russian bool) string {
	syllables := []string{"ba", "ko", "mi", "tu", "re", "sa", "pon", "lek", "dri", "vos", "gam", "zul", "fet", "nor", "hil", "jum", "cha", "sho", "ple", "kra"}
	if russian {
		syllables = []string{"ба", "ко", "ми", "ту", "ре", "са", "пон", "лек", "дри", "вос", "гам", "зул", "фет", "нор", "хил", "жум", "ча", "шо", "пле", "кра"}
	}
	var b strings.Builder
	for range 4 {
		b.WriteString(syllables[n%uint64(len(syllables))])
		n = n/uint64(len(syllables)) + n%7
	}
	return b.String()
}

func BenchmarkSearch(b *testing.B) {
	x := filled(b, thousand())
	for name, words := range map[string]string{
		"short":    made(3, true) + " " + made(900, false),
		"long":     strings.Repeat("слово ", 3) + made(0, true) + " " + made(1, false) + " " + made(12, true) + " " + made(70, true) + " " + made(500, true) + " " + made(2000, false) + " " + made(77, true) + " " + made(310, true),
		"misspelt": "я" + made(3, true) + " " + made(900, false) + "q " + made(70, true) + "зж парковка курьера компьютера здравие обыкновенная",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				search(b, x, words)
			}
		})
	}
}

// BenchmarkReplace prints what the index holds in memory, too.
func BenchmarkReplace(b *testing.B) {
	all := thousand()
	x := filled(b, nil)
	before := inUse()
	for b.Loop() {
		if err := x.Replace(b.Context(), kind, all); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(inUse()-before)/(1<<20), "MB")
	runtime.KeepAlive(x)
}

func inUse() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
