package telegramtest

// User is a person or a bot, as the API names them.
type User struct {
	ID          int64  `json:"id"`
	Bot         bool   `json:"is_bot"`
	First       string `json:"first_name"`
	Last        string `json:"last_name,omitempty"`
	Username    string `json:"username,omitempty"`
	Language    string `json:"language_code,omitempty"`
	JoinsGroups *bool  `json:"can_join_groups,omitempty"`
	ReadsAll    *bool  `json:"can_read_all_group_messages,omitempty"`
	Inline      *bool  `json:"supports_inline_queries,omitempty"`
	Business    *bool  `json:"can_connect_to_business,omitempty"`
	WebApp      *bool  `json:"has_main_web_app,omitempty"`
}

// Chat is where messages are written.
type Chat struct {
	ID       int64  `json:"id"`
	Type     string `json:"type"` // private, group or supergroup
	Title    string `json:"title,omitempty"`
	Username string `json:"username,omitempty"`
	First    string `json:"first_name,omitempty"`
	Last     string `json:"last_name,omitempty"`
}

// Entity is a stretch of formatted text, in UTF-16 units.
type Entity struct {
	Type     string `json:"type"`
	Offset   int    `json:"offset"`
	Length   int    `json:"length"`
	URL      string `json:"url,omitempty"`
	Language string `json:"language,omitempty"`
}

// FileRef is the part all sorts of media share.
type FileRef struct {
	ID       string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Size     int64  `json:"file_size,omitempty"`
}

// PhotoSize is one rendering of a picture.
type PhotoSize struct {
	FileRef
	Width  int `json:"width"`
	Height int `json:"height"`
}

// Document is a file as it was.
type Document struct {
	FileRef
	Name string `json:"file_name,omitempty"`
	Type string `json:"mime_type,omitempty"`
}

// Sticker is a sticker.
type Sticker struct {
	FileRef
	Kind     string `json:"type"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	Animated bool   `json:"is_animated"`
	Video    bool   `json:"is_video"`
	Emoji    string `json:"emoji,omitempty"`
}

// Voice is a spoken message.
type Voice struct {
	FileRef
	Duration int    `json:"duration"`
	Type     string `json:"mime_type,omitempty"`
}

// Video is a film.
type Video struct {
	FileRef
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	Duration int    `json:"duration"`
	Name     string `json:"file_name,omitempty"`
	Type     string `json:"mime_type,omitempty"`
}

// Contact is a card with a telephone number.
type Contact struct {
	Phone  string `json:"phone_number"`
	First  string `json:"first_name"`
	Last   string `json:"last_name,omitempty"`
	UserID int64  `json:"user_id,omitempty"`
}

// Location is a point on a map.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Origin is where a forwarded message comes from.
type Origin struct {
	Type string `json:"type"` // user or hidden_user
	Date int64  `json:"date"`
	User *User  `json:"sender_user,omitempty"`
	Name string `json:"sender_user_name,omitempty"`
}

// Button is one button under a message.
type Button struct {
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
	Data string `json:"callback_data,omitempty"`
}

// Inline are the buttons under a message, row by row.
type Inline struct {
	Rows [][]Button `json:"inline_keyboard"`
}

// Message is one message of a chat.
type Message struct {
	ID              int64       `json:"message_id"`
	From            *User       `json:"from,omitempty"`
	Date            int64       `json:"date"`
	Chat            Chat        `json:"chat"`
	Origin          *Origin     `json:"forward_origin,omitempty"`
	ReplyTo         *Message    `json:"reply_to_message,omitempty"`
	EditDate        int64       `json:"edit_date,omitempty"`
	Album           string      `json:"media_group_id,omitempty"`
	Text            string      `json:"text,omitempty"`
	Entities        []Entity    `json:"entities,omitempty"`
	Photo           []PhotoSize `json:"photo,omitempty"`
	Document        *Document   `json:"document,omitempty"`
	Sticker         *Sticker    `json:"sticker,omitempty"`
	Voice           *Voice      `json:"voice,omitempty"`
	Video           *Video      `json:"video,omitempty"`
	Contact         *Contact    `json:"contact,omitempty"`
	Location        *Location   `json:"location,omitempty"`
	Caption         string      `json:"caption,omitempty"`
	CaptionEntities []Entity    `json:"caption_entities,omitempty"`
	MigrateTo       int64       `json:"migrate_to_chat_id,omitempty"`
	MigrateFrom     int64       `json:"migrate_from_chat_id,omitempty"`
	Buttons         *Inline     `json:"reply_markup,omitempty"`

	Keyboard  string     `json:"-"` // JSON of a keyboard that is not inline
	HTML      string     `json:"-"` // text or caption as the bot wrote it
	Files     []Upload   `json:"-"` // bytes of what the message carries
	Reactions []Reaction `json:"-"` // of the bot
	Deleted   bool       `json:"-"`
}

// Reaction is an emoji on a message.
type Reaction struct {
	Type  string `json:"type"` // always emoji
	Emoji string `json:"emoji"`
}

// update is one thing a bot is told; exactly one of the pointers is set.
type update struct {
	ID       int64           `json:"update_id"`
	Message  *Message        `json:"message,omitempty"`
	Edited   *Message        `json:"edited_message,omitempty"`
	Callback *callback       `json:"callback_query,omitempty"`
	Member   *memberChange   `json:"my_chat_member,omitempty"`
	Reaction *reactionChange `json:"message_reaction,omitempty"`
}

// kind is the name getUpdates and setWebhook know an update by.
func (u update) kind() string {
	switch {
	case u.Message != nil:
		return "message"
	case u.Edited != nil:
		return "edited_message"
	case u.Callback != nil:
		return "callback_query"
	case u.Member != nil:
		return "my_chat_member"
	default:
		return "message_reaction"
	}
}

type callback struct {
	ID       string   `json:"id"`
	From     *User    `json:"from"`
	Message  *Message `json:"message"`
	Instance string   `json:"chat_instance"`
	Data     string   `json:"data"`
}

type memberChange struct {
	Chat Chat   `json:"chat"`
	From *User  `json:"from"`
	Date int64  `json:"date"`
	Old  member `json:"old_chat_member"`
	New  member `json:"new_chat_member"`
}

// member is a ChatMember: status member, left or kicked.
type member struct {
	Status string `json:"status"`
	User   *User  `json:"user"`
	Until  *int64 `json:"until_date,omitempty"`
}

type reactionChange struct {
	Chat    Chat       `json:"chat"`
	Message int64      `json:"message_id"`
	User    *User      `json:"user"`
	Date    int64      `json:"date"`
	Old     []Reaction `json:"old_reaction"`
	New     []Reaction `json:"new_reaction"`
}
