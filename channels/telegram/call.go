package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"

	"github.com/mymmrac/telego"

	"okno/channels"
)

// call sends one part and answers the numbers of the messages it became.
func (a *adapter) call(ctx context.Context, chat int64, p part) ([]int, error) {
	ctx, cancel := context.WithTimeout(ctx, a.within(p))
	defer cancel()
	to := telego.ChatID{ID: chat}
	switch len(p.files) {
	case 0:
		text, mode := p.text()
		return one(a.bot.SendMessage(ctx, &telego.SendMessageParams{
			ChatID: to, Text: text, ParseMode: mode, ReplyParameters: p.answers(), ReplyMarkup: p.keyboard(),
		}))
	case 1:
		return a.sendFile(ctx, to, p)
	}
	return a.sendAlbum(ctx, to, p)
}

func one(m *telego.Message, err error) ([]int, error) {
	if err != nil {
		return nil, err
	}
	return []int{m.MessageID}, nil
}

func (a *adapter) sendFile(ctx context.Context, to telego.ChatID, p part) ([]int, error) {
	media, closer, err := a.open(ctx, p.files)
	if err != nil {
		return nil, err
	}
	defer closer()
	text, mode := p.text()
	if isPhoto(p.files[0]) && !p.raw {
		return one(a.bot.SendPhoto(ctx, &telego.SendPhotoParams{
			ChatID: to, Photo: media[0], Caption: text, ParseMode: mode, ReplyParameters: p.answers(), ReplyMarkup: p.keyboard(),
		}))
	}
	return one(a.bot.SendDocument(ctx, &telego.SendDocumentParams{
		ChatID: to, Document: media[0], Caption: text, ParseMode: mode, DisableContentTypeDetection: p.raw,
		ReplyParameters: p.answers(), ReplyMarkup: p.keyboard(),
	}))
}

func (a *adapter) sendAlbum(ctx context.Context, to telego.ChatID, p part) ([]int, error) {
	media, closer, err := a.open(ctx, p.files)
	if err != nil {
		return nil, err
	}
	defer closer()
	var group []telego.InputMedia
	for i, file := range media {
		if isPhoto(p.files[i]) && !p.raw {
			group = append(group, &telego.InputMediaPhoto{Type: telego.MediaTypePhoto, Media: file})
			continue
		}
		group = append(group, &telego.InputMediaDocument{Type: telego.MediaTypeDocument, Media: file})
	}
	messages, err := a.bot.SendMediaGroup(ctx, &telego.SendMediaGroupParams{ChatID: to, Media: group, ReplyParameters: p.answers()})
	if err != nil {
		return nil, err
	}
	ids := make([]int, len(messages))
	for i, m := range messages {
		ids[i] = m.MessageID
	}
	return ids, nil
}

// errFileGone says that the desk has lost an attachment.
var errFileGone = errors.New("an attachment is not there any more")

// open opens the files of a part; closer closes them.
func (a *adapter) open(ctx context.Context, files []channels.File) (media []telego.InputFile, closer func(), err error) {
	var opened []io.Closer
	closer = func() {
		for _, c := range opened {
			_ = c.Close()
		}
	}
	for i, f := range files {
		r, err := a.deps.Files.Open(ctx, f.Blob)
		if err != nil {
			closer()
			if errors.Is(err, fs.ErrNotExist) {
				err = errFileGone
			}
			return nil, nil, fmt.Errorf("open an attachment: %w", err)
		}
		opened = append(opened, r)
		name := oneLine(f.Name, 200)
		if name == "" {
			name = "file"
		}
		media = append(media, telego.InputFile{File: upload{Reader: r, part: "file" + strconv.Itoa(i), name: name, kind: f.Type}})
	}
	return media, closer, nil
}

// text is what a part says and how it is written.
func (p part) text() (text, mode string) {
	if p.plain {
		return textOf(p.runs), ""
	}
	if text = htmlOf(p.runs); text == "" {
		return "", ""
	}
	return text, telego.ModeHTML
}

// answers names the message a part answers.
func (p part) answers() *telego.ReplyParameters {
	if p.reply == 0 {
		return nil
	}
	return &telego.ReplyParameters{MessageID: p.reply, AllowSendingWithoutReply: true}
}

// keyboard are the buttons of a part. It is nil and not a nil pointer when there
// are none.
func (p part) keyboard() telego.ReplyMarkup {
	if k := inline(p.buttons); k != nil {
		return k
	}
	return nil
}

func inline(buttons [][]channels.Button) *telego.InlineKeyboardMarkup {
	var rows [][]telego.InlineKeyboardButton
	for _, row := range buttons {
		var line []telego.InlineKeyboardButton
		for _, b := range row {
			line = append(line, telego.InlineKeyboardButton{Text: b.Text, URL: b.URL, CallbackData: b.ID})
		}
		if len(line) > 0 {
			rows = append(rows, line)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return &telego.InlineKeyboardMarkup{InlineKeyboard: rows}
}
