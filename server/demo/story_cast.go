package demo

import (
	"context"
	"fmt"
	"strings"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/people"
)

// The networks of the story. The channels behind them must exist in the desk.
const (
	mailNetwork = network
	chatNetwork = "pretend"
	mailAddress = "help@mayak.example"
)

// helper is an agent of the story.
type helper struct{ key, name, language, teams string }

// staff are the agents; the first is the administrator whom the visitor plays.
func staff() []helper {
	return []helper{
		{"anna", "Анна Лебедева", "ru", "it hr office"}, {"timur", "Тимур Садыков", "ru", "it"},
		{"jonas", "Jonas Weber", "en", "it"}, {"marina", "Марина Ким", "ru", "hr"}, {"grace", "Grace Miller", "en", "office hr"},
	}
}

// writer is somebody who asks.
type writer struct{ key, name, language, note string }

// writers are those who ask, beside the players of the chat.
func writers() []writer {
	return []writer{
		{"elena", "Елена Гордеева", "ru", "Кофейня на Садовой, управляющая"}, {"ilya", "Илья Жданов", "ru", "Логистика"},
		{"nina", "Нина Вольф", "ru", "Обжарочный цех"}, {"pavel", "Павел Громов", "ru", "Склад"},
		{"irina", "Ирина Белова", "ru", "Бухгалтерия"}, {"dmitry", "Дмитрий Орлов", "ru", "Кофейня на Лесной"},
		{"mette", "Mette Sørensen", "en", "Design, 3rd floor"}, {"tom", "Tom Haverkamp", "en", "Riga office"},
		{"sanna", "Sanna Koskinen", "en", "Helsinki office"}, {"lucas", "Lucas Moreau", "en", "Green coffee buying"},
		{"emily", "Emily Clarke", "en", "Training"},
	}
}

// furnish makes everything but the tickets.
func (s *stage) furnish(ctx context.Context, password string) (err error) {
	if s.statuses, err = s.Store.Statuses(ctx); err != nil {
		return fmt.Errorf("load statuses: %w", err)
	}
	for _, make := range []func(context.Context) error{
		func(ctx context.Context) error { return s.hire(ctx, password) },
		s.nameDesk, s.makeTeams, s.meet, s.connect, s.ask,
	} {
		if err := make(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) nameDesk(ctx context.Context) error {
	for key, value := range map[string]string{"desk.name": "Маяк", "desk.language": "ru"} {
		if err := s.Settings.PutSetting(ctx, key, value); err != nil {
			return fmt.Errorf("name the desk: %w", err)
		}
	}
	return nil
}

// hire makes the agents. All have the password, so that a visitor can look with
// anybody's eyes.
func (s *stage) hire(ctx context.Context, password string) error {
	s.agents = map[string]people.Agent{}
	for i, h := range staff() {
		account := people.NewAccount{Name: h.name, Email: h.key + "@mayak.example", Password: password, Language: h.language}
		a, err := s.hired(ctx, account, i == 0)
		if err != nil {
			return fmt.Errorf("hire %s: %w", h.key, err)
		}
		s.agents[h.key] = a
	}
	return nil
}

func (s *stage) hired(ctx context.Context, n people.NewAccount, first bool) (people.Agent, error) {
	if first {
		return s.People.FirstAdministrator(ctx, "", n)
	}
	_, secret, err := s.People.Invite(ctx, people.Agent{}, n.Name, n.Email, people.Answerer, nil)
	if err != nil {
		return people.Agent{}, err
	}
	return s.People.Accept(ctx, secret, n)
}

func (s *stage) makeTeams(ctx context.Context) error {
	s.teams = map[string]people.Team{}
	for key, name := range map[string]string{"it": "ИТ · IT support", "hr": "Кадры · HR", "office": "Хозчасть · Office"} {
		var members []int64
		for _, h := range staff() {
			if strings.Contains(h.teams, key) {
				members = append(members, s.agents[h.key].ID)
			}
		}
		t, err := s.People.SaveTeam(ctx, people.Agent{}, people.Team{Name: name, Members: members})
		if err != nil {
			return fmt.Errorf("make team %s: %w", key, err)
		}
		s.teams[key] = t
	}
	return nil
}

// addressOf is where somebody is reached on a network.
func addressOf(who, on string) string {
	if on == chatNetwork {
		return who
	}
	return who + "@mayak-coffee.example"
}

func (s *stage) meet(ctx context.Context) error {
	s.persons = map[string]people.Person{}
	for _, w := range writers() {
		p, err := s.People.Known(ctx, mailNetwork, addressOf(w.key, mailNetwork), w.name, w.language)
		if err != nil {
			return fmt.Errorf("meet %s: %w", w.key, err)
		}
		p.Note = w.note
		if err := s.Store.UpdatePerson(ctx, p); err != nil {
			return fmt.Errorf("note about %s: %w", w.key, err)
		}
		s.persons[w.key] = p
	}
	for _, w := range Players() {
		p, err := s.People.Known(ctx, chatNetwork, addressOf(w.ID, chatNetwork), w.Name, w.Language)
		if err != nil {
			return fmt.Errorf("meet %s: %w", w.ID, err)
		}
		s.persons[w.ID] = p
	}
	return nil
}

// connect makes the two channels.
func (s *stage) connect(ctx context.Context) error {
	s.networks = map[string]channels.Connection{}
	for kind, settings := range map[string]map[string]string{
		mailNetwork: {"address": mailAddress}, chatNetwork: {"name": "Чат · Chat"},
	} {
		c := channels.Connection{ID: s.Store.NewID(), Kind: kind, Name: settings["address"] + settings["name"], Settings: settings}
		err := s.Store.InsertChannel(ctx, hub.Channel{
			Connection: c, Enabled: true, TeamID: s.teams["it"].ID, State: channels.State{OK: true}, CreatedAt: s.Store.Now(ctx), Version: 1,
		})
		if err != nil {
			return fmt.Errorf("make channel %s: %w", kind, err)
		}
		s.networks[kind] = c
	}
	return nil
}

// ask defines the custom fields.
func (s *stage) ask(ctx context.Context) error {
	it, hr := s.teams["it"].ID, s.teams["hr"].ID
	for _, f := range []fields.Field{
		{Key: "cause", Type: fields.One, NameEN: "Cause", NameRU: "Причина", Required: true, TeamID: it, Options: []fields.Option{
			{Key: "hardware", NameEN: "Hardware", NameRU: "Оборудование"}, {Key: "software", NameEN: "Software", NameRU: "Программа"},
			{Key: "access", NameEN: "Access", NameRU: "Доступ"}, {Key: "network", NameEN: "Network", NameRU: "Сеть"},
			{Key: "question", NameEN: "Question", NameRU: "Вопрос"},
		}},
		{Key: "inventory", Type: fields.Text, NameEN: "Inventory number", NameRU: "Инвентарный номер", TeamID: it},
		{Key: "paper", Type: fields.One, NameEN: "Document", NameRU: "Документ", TeamID: hr, Options: []fields.Option{
			{Key: "income", NameEN: "Salary certificate", NameRU: "Справка о доходах"}, {Key: "work", NameEN: "Employment letter", NameRU: "Справка с места работы"},
			{Key: "leave", NameEN: "Leave request", NameRU: "Заявление на отпуск"},
		}},
		{Key: "amount", Type: fields.Money, NameEN: "Amount", NameRU: "Сумма", Currency: "RUB"},
		{Key: "needed", Type: fields.Date, NameEN: "Needed by", NameRU: "Нужно к"},
	} {
		if _, err := s.Tickets.PutField(ctx, tickets.System(), f); err != nil {
			return fmt.Errorf("define field %s: %w", f.Key, err)
		}
	}
	return nil
}
