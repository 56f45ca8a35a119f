package read

import (
	"regexp"
	"strings"
)

// ReplyAbove answers the line that our mails carry above the quoted history, by
// language ("ru", "en"): everything below it is ours already.
func ReplyAbove(language string) string {
	if language == "ru" {
		return "##- Пишите ответ выше этой строки -##"
	}
	return "##- Please type your reply above this line -##"
}

// Every pattern looks at one line, or a few joined ones, of bounded length.
var (
	divider = regexp.MustCompile(`(?i)^[\s*>]*[-_=]{2,}\s*(original message|forwarded message|reply message|forwarded by .{1,80}|` +
		`исходное сообщение|оригинальное сообщение|пересланное сообщение|пересылаемое сообщение|` +
		`перенаправленное сообщение|исходное письмо|ursprüngliche nachricht|message d'origine|mensaje original|mensagem original|oprindelig besked)\s*[-_=]*`)
	begin    = regexp.MustCompile(`(?i)^[\s*>]*(begin forwarded message|начало переадресованного сообщения|начало пересылаемого сообщения|пересылаемое сообщение)\s*:?\s*$`)
	sentFrom = regexp.MustCompile(`(?i)^[\s(<]*(sent (from|via|with|using) (my |the |a )?\S.{0,60}|get outlook for .{1,40}|` +
		`(отправлено|послано) (с|со|из|через|от|моим|с моего) .{1,60}|отправлено из мобильной .{1,60}|envoyé de mon .{1,40}|von meinem .{1,30} gesendet|\S{1,20} from mobile)\s*[)>]*$`)
	headerFrom = regexp.MustCompile(`(?i)^[\s*>]*(from|от|от кого|von|de|da|van|från|fra|expéditeur)\s*\*?\s*:\s*\*?\s*\S`)
	headerRest = regexp.MustCompile(`(?i)^[\s*>]*(sent|date|to|cc|subject|reply-to|отправлено|дата|кому|копия|тема|дата отправки|когда|` +
		`gesendet|datum|an|betreff|envoyé|à|objet|enviado|fecha|para|asunto|assunto|data|a|oggetto|verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|emne)\s*\*?\s*:`)
	dated   = regexp.MustCompile(`\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}:\d{2}|\d{1,2}\.? \p{L}{3,10}\.?,? \d{4}|\p{L}{3,10}\.? \d{1,2},? \d{4}|\b(19|20)\d\d\b`)
	address = regexp.MustCompile(`[^\s<>@]{1,64}@[^\s<>@]{1,255}\.[^\s<>@]{2,}`)
)

const longestMarker = 600 // bytes; longer lines are no marker

func isReplyAbove(line string) bool {
	return strings.Contains(line, ReplyAbove("ru")) || strings.Contains(line, ReplyAbove("en"))
}

// isDivider finds "-----Original Message-----" and its kin.
func isDivider(line string) bool {
	return len(line) < longestMarker && (divider.MatchString(line) || begin.MatchString(line))
}

// isDashes finds the signature mark "-- " (RFC 3676 section 4.3).
func isDashes(line string) bool {
	line = strings.TrimRight(line, " ")
	return line == "--" || line == "—"
}

// isRule finds a line drawn of underscores or dashes.
func isRule(line string) bool {
	text := strings.TrimSpace(line)
	return len(text) >= 3 && strings.Trim(text, "_-=—") == ""
}

// isSentFrom finds the line that phones put below a mail.
func isSentFrom(line string) bool {
	return len(line) < 200 && sentFrom.MatchString(line)
}

// headerBlock says that a quoted header as Outlook writes it begins here: the
// sender, and two more fields below.
func headerBlock(lines []string) bool {
	if len(lines[0]) > longestMarker || !headerFrom.MatchString(lines[0]) {
		return false
	}
	fields := 0
	for _, line := range lines[1:min(len(lines), 10)] {
		if len(line) < longestMarker && headerRest.MatchString(line) {
			fields++
		}
	}
	return fields >= 2
}

// attribution answers over how many lines the words "On ... somebody wrote:"
// stretch from line i, or 0. Mail programs wrap them over up to four lines.
func attribution(lines []string, i int) int {
	joined := ""
	for n := 0; n < 4 && i+n < len(lines); n++ {
		line := strings.TrimSpace(lines[i+n])
		if line == "" || len(joined)+len(line) > longestMarker || isQuoted(line) {
			return 0
		}
		joined = strings.TrimSpace(joined + " " + line)
		if isAttribution(joined) {
			return n + 1
		}
		if n == 0 && !opensAttribution(joined) {
			return 0
		}
	}
	return 0
}

// opensAttribution says that a line may be the first of a wrapped attribution.
func opensAttribution(line string) bool {
	return dated.MatchString(line) || address.MatchString(line) || strings.HasPrefix(line, "On ")
}

// isAttribution judges a whole attribution: who and when, and the verb or the
// colon that ends it. The end is looked at first, as it is cheap and rules out
// nearly every line.
func isAttribution(line string) bool {
	end := strings.TrimRight(line, " -*_")
	colon := strings.HasSuffix(end, ":")
	if !colon && !strings.HasSuffix(end, "wrote") {
		return false
	}
	hasDate := dated.MatchString(line)
	hasAddress := strings.Contains(line, "@") && address.MatchString(line)
	switch {
	case endsInVerb(end):
		return hasDate || hasAddress
	case hasDate && hasAddress:
		return true // 2015-10-18 0:17 Somebody <a@b.example>: and Yandex, Mail.ru
	}
	return hasDate && mailru.MatchString(line)
}

// endsInVerb says that somebody wrote, in one of the languages people here meet.
func endsInVerb(line string) bool {
	tail := strings.ToLower(line[max(0, len(line)-150):])
	for _, verb := range []string{
		"wrote", "writes", "said", "пишет", "писал", "написал", "сообщает", "сообщил", "пише", "napisał", "schrieb", "geschrieben",
		"a écrit", "escribió", "escreveu", "ha scritto", "schreef", "geschreven", "skrev",
	} {
		if strings.Contains(tail, verb) {
			return true
		}
	}
	return false
}

// mailru finds "Понедельник, 3 марта 2025, 12:30 +03:00 от Имя:".
var mailru = regexp.MustCompile(`(?i)\d{1,2}:\d{2}.{0,40} от .{1,150}:$|^\s*\d{1,2}[.]\d{1,2}[.]\d{2,4},? (в )?\d{1,2}:\d{2}.{2,150}:$`)
