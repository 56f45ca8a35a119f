package e2e

import (
	"fmt"
	"testing"

	"okno/server/browsertest"
	"okno/tickets"
	"okno/tickets/fields"
)

// asks defines a field of every type.
func (s *stage) asks() {
	s.t.Helper()
	list := []fields.Option{{NameEN: "Laptop", NameRU: "Ноутбук"}, {NameEN: "Screen", NameRU: "Монитор"}, {NameEN: "Mouse", NameRU: "Мышь"}}
	for _, f := range []fields.Field{
		{Type: fields.Text, NameEN: "Inventory number", NameRU: "Инвентарный номер"},
		{Type: fields.Long, NameEN: "Cause", NameRU: "Причина", Required: true},
		{Type: fields.Money, NameEN: "Cost", NameRU: "Стоимость", Currency: "RUB"},
		{Type: fields.Number, NameEN: "Room", NameRU: "Кабинет", TeamID: s.team.ID},
		{Type: fields.Date, NameEN: "Needed by", NameRU: "Нужно к"},
		{Type: fields.Time, NameEN: "Best hour", NameRU: "Удобный час"},
		{Type: fields.YesNo, NameEN: "Under warranty", NameRU: "На гарантии"},
		{Type: fields.One, NameEN: "Device", NameRU: "Устройство", Options: list},
		{Type: fields.Many, NameEN: "Also replaced", NameRU: "Также заменили", Options: list},
		{Type: fields.Email, NameEN: "Supplier", NameRU: "Поставщик"},
		{Type: fields.Phone, NameEN: "Call back", NameRU: "Перезвонить"},
	} {
		_, err := s.srv.Rooms.Tickets.PutField(s.t.Context(), tickets.System(), f)
		s.ok(err)
	}
}

// TestCustomFieldsLook defines fields by hand, looks at every page they are on,
// and answers some on a ticket.
func TestCustomFieldsLook(t *testing.T) {
	s := staffed(t)
	s.mailbox("help@mayak.coffee", nil)
	s.arrives("m1", "Anna Gray", "Printer on fire", nil)
	b := browsertest.Start(t)
	e := eye{b.Tab(s.url, browsertest.Look{}), t, "en"}
	s.signIn(e.tab, adminEmail, adminPassword, "/")
	e.tab.Open(s.url + "/settings/fields")
	e.look("fields-empty")
	s.defineByHand(e)
	s.asks()
	s.answerByHand(e)
	for _, language := range []string{"en", "ru"} {
		s.speak(language)
		e.language = language
		for name, path := range map[string]string{"fields": "", "field-type": "/new", "field-list": "/new?type=one", "field-money": "/new?type=money"} {
			e.tab.Open(s.url + "/settings/fields" + path)
			e.look(name)
		}
		e.tab.Open(s.url + "/tickets/1#side")
		e.tab.See("#f-field-cost")
		e.look("ticket-fields")
	}
}

// defineByHand makes a list with the keyboard and the small buttons.
func (s *stage) defineByHand(e eye) {
	e.tab.Click("a[href='/settings/fields/new']")
	e.tab.See("#type")
	_ = browsertest.Eval[any](e.tab, `document.querySelector("#type").value = "one"; 1`)
	e.tab.Click("form[method=get] .primary")
	e.tab.See("#option-en-1")
	e.tab.Type("#name_en", "Floor")
	e.tab.Type("#name_ru", "Этаж")
	e.tab.Type("#option-en-0", "Second")
	e.tab.Type("#option-ru-0", "Второй")
	e.tab.Type("#option-en-1", "First")
	e.tab.Click("#option-up-1")
	e.tab.Until(`document.querySelector("#option-en-0").value === "First" && document.activeElement.id === "option-down-0"`)
	e.tab.Click("#option-add")
	e.tab.Until(`document.activeElement.id === "option-en-2"`)
	e.tab.Click("#field-form .primary")
	e.tab.See("#option-error-0")
	e.look("field-refused")
	e.tab.Type("#option-ru-0", "Первый")
	e.tab.Click("#field-form .primary")
	e.tab.See("[role=status] .ok")
	e.look("field-saved")
	e.tab.Click("button[value^='archive']")
	e.tab.See("button[value^='restore']")
	e.calm("fields-archived")
}

// answerByHand types into the panel, is refused, and solves the ticket.
func (s *stage) answerByHand(e eye) {
	e.tab.Open(s.url + "/tickets/1")
	e.tab.Type("#f-field-cost", "1500,5\r")
	e.tab.Until(`document.querySelector("#f-field-cost").dataset.value === "₽1,500.50"`)
	e.tab.UntilText("#thread", "Cost: ₽1,500.50")
	choose := `(() => { const f = document.querySelector("#f-field-%s"); f.value = "%s"; f.dispatchEvent(new Event("change", { bubbles: true })) })()`
	for key, option := range map[string]string{"under_warranty": "yes", "also_replaced": "mouse"} {
		_ = browsertest.Eval[any](e.tab, fmt.Sprintf(choose, key, option))
		e.tab.Until("!document.querySelector('.htmx-request')")
	}
	e.tab.Until(`document.querySelector("#f-field-under_warranty").dataset.value === "yes"`)
	e.tab.See("button[value=mouse]")
	e.tab.Click("#solve")
	e.tab.UntilText("#side", "Fill in “Cause” first")
	e.look("ticket-fields-refused")
	e.tab.Type("#f-field-cause", "A cable")
	e.tab.Click("#f-subject")
	e.tab.Until(`!document.querySelector("#f-field-cause-error") && document.querySelector("#f-field-cost").value === "₽1,500.50"`)
	e.tab.Click("#solve")
	e.tab.UntilText("#head", "Solved")
}
