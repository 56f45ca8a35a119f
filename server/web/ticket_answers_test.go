package web

import (
	"fmt"
	"net/url"
	"testing"

	"okno/tickets"
	"okno/tickets/fields"
)

// asks defines a field of every type.
func (r *rig) asks() {
	r.t.Helper()
	list := []fields.Option{{NameEN: "Laptop", NameRU: "Ноутбук"}, {NameEN: "Screen", NameRU: "Монитор"}, {NameEN: "Mouse", NameRU: "Мышь"}}
	for _, f := range []fields.Field{
		{Type: fields.Text, NameEN: "Inventory number", NameRU: "Инвентарный номер"},
		{Type: fields.Long, NameEN: "Cause", NameRU: "Причина", Required: true},
		{Type: fields.Money, NameEN: "Cost", NameRU: "Стоимость", Currency: "RUB"},
		{Type: fields.Number, NameEN: "Room", NameRU: "Кабинет"},
		{Type: fields.Date, NameEN: "Needed by", NameRU: "Нужно к"},
		{Type: fields.Time, NameEN: "Best hour", NameRU: "Удобный час"},
		{Type: fields.YesNo, NameEN: "Under warranty", NameRU: "На гарантии"},
		{Type: fields.One, NameEN: "Device", NameRU: "Устройство", Options: list},
		{Type: fields.Many, NameEN: "Also replaced", NameRU: "Также заменили", Options: list},
		{Type: fields.Email, NameEN: "Supplier", NameRU: "Поставщик"},
		{Type: fields.Phone, NameEN: "Call back", NameRU: "Перезвонить"},
	} {
		_, err := r.service.PutField(r.t.Context(), tickets.System(), f)
		orFail(r.t, err)
	}
}

func TestCustomFieldsOfATicket(t *testing.T) {
	r := newRig(t)
	r.asks()
	ticket := r.asked("Till broken", "It prints nothing.")
	page, panel := at(ticket, "/fields"), []string{"HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "aside#side"}
	answer := func(name, text string) url.Values { return url.Values{name: {text}} }
	has(t, r.get(at(ticket, "")), 200, []string{`name="field.cost"`, `type="date"`, "Needed to solve the ticket"}, nil)
	has(t, r.post(page, answer("field.cost", "1,500.5"), panel...), 200, []string{`value="₽1,500.50"`}, []string{"<html"})
	has(t, r.post(page, answer("field.room", "twelve"), panel...), 422, []string{`value="twelve"`, "This is not a number", `aria-invalid="true"`}, []string{`id="conflict"`})
	has(t, r.post(page, answer("add_field.also_replaced", "mouse"), panel...), 200, []string{`name="drop_field.also_replaced" value="mouse"`}, nil)
	has(t, r.post(page, answer("add_field.also_replaced", "laptop"), panel...), 200, []string{`value="laptop" title="Remove Laptop"`}, nil)
	has(t, r.post(page, answer("drop_field.also_replaced", "mouse"), panel...), 200, nil, []string{`title="Remove Mouse"`})
	has(t, r.post(page, answer("status", "5"), panel...), 422, []string{"Fill in “Cause” first", `id="f-field-cause-error"`, `id="toasts"`}, nil)
	reply := url.Values{"kind": {"reply"}, "body": {"Done."}, "then": {"5"}}
	has(t, r.post(at(ticket, "/messages"), reply), 422, []string{"Fill in “Cause” first", ">Done.</textarea>"}, nil)
	if res := r.post(page, answer("field.cause", "Paper")); res.Code != 303 {
		t.Fatalf("without scripts: %d %s", res.Code, res.Body)
	}
	stale := answer("field.cause", "Ink")
	stale.Set("version", fmt.Sprint(ticket.Version))
	has(t, r.post(page, stale, panel...), 409, []string{"Paper"}, nil)
	has(t, r.post(page, answer("status", "5"), panel...), 200, []string{"Solved"}, []string{"Fill in"})
	row, err := r.db.Ticket(t.Context(), ticket.ID)
	orFail(t, err)
	if len(row.Fields) != 3 || row.Fields["also_replaced"] != "laptop" || row.Fields["cost"] != "1500.50 RUB" {
		t.Errorf("stored %v", row.Fields)
	}
}
