package telegram

import (
	"slices"

	"github.com/mymmrac/telego"
)

// service says that a message was written by Telegram and tells what happened to
// the chat.
func service(m *telego.Message) bool {
	return slices.Contains([]bool{
		len(m.NewChatMembers) > 0, m.LeftChatMember != nil, m.NewChatTitle != "", len(m.NewChatPhoto) > 0,
		m.DeleteChatPhoto, m.GroupChatCreated, m.SupergroupChatCreated, m.ChannelChatCreated,
		m.MessageAutoDeleteTimerChanged != nil, m.MigrateToChatID != 0, m.MigrateFromChatID != 0,
		m.PinnedMessage != nil, m.ConnectedWebsite != "", m.WriteAccessAllowed != nil,
		m.ProximityAlertTriggered != nil, m.BoostAdded != nil, m.ChatBackgroundSet != nil,
		m.VideoChatStarted != nil, m.VideoChatEnded != nil, m.VideoChatScheduled != nil,
		m.ForumTopicCreated != nil, m.ForumTopicEdited != nil, m.ForumTopicClosed != nil, m.ForumTopicReopened != nil,
		m.GiftUpgradeSent != nil, m.ChecklistTasksDone != nil, m.ChecklistTasksAdded != nil,
		m.UsersShared != nil, m.ChatShared != nil,
	}, true)
}
