-- One text for SQLite and PostgreSQL: times are milliseconds UTC (0: none),
-- JSON is TEXT, ids are given by the program.

-- +goose Up
CREATE TABLE settings (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

-- Sequences and claim locks: rows that one transaction at a time may change.
CREATE TABLE counters (
	name TEXT PRIMARY KEY,
	value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES
	('ticket_number', 0), ('event_pos', 0),
	('claim:jobs', 0), ('claim:inbox', 0), ('claim:outbox', 0), ('probe', 0), ('catalog', 0);

-- How many rows the views hold.
CREATE TABLE counts (
	key TEXT PRIMARY KEY,
	value BIGINT NOT NULL
);

CREATE TABLE persons (
	id BIGINT PRIMARY KEY,
	name TEXT NOT NULL,
	language TEXT NOT NULL,
	note TEXT NOT NULL,
	blocked BOOLEAN NOT NULL,
	manager_id BIGINT NOT NULL, -- 0: nobody known
	created_at BIGINT NOT NULL
);

-- Beginnings by which a person is found. Words are lower case UTF-8 in
-- hexadecimal, which sorts alike in every collation.
CREATE TABLE person_words (
	word TEXT NOT NULL,
	person_id BIGINT NOT NULL REFERENCES persons (id),
	source TEXT NOT NULL,
	rank BIGINT NOT NULL,
	PRIMARY KEY (word, person_id, source)
);
CREATE INDEX person_words_source ON person_words (person_id, source);

CREATE TABLE identities (
	network TEXT NOT NULL,
	address TEXT NOT NULL,
	person_id BIGINT NOT NULL REFERENCES persons (id),
	verified_at BIGINT NOT NULL,
	unreachable TEXT NOT NULL,
	PRIMARY KEY (network, address)
);
CREATE INDEX identities_person ON identities (person_id);

CREATE TABLE agents (
	id BIGINT PRIMARY KEY,
	person_id BIGINT NOT NULL REFERENCES persons (id),
	email TEXT NOT NULL, -- '' for programs
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	password_hash TEXT NOT NULL,
	language TEXT NOT NULL,
	theme TEXT NOT NULL,
	time_zone TEXT NOT NULL,
	signature TEXT NOT NULL,
	disabled BOOLEAN NOT NULL,
	program BOOLEAN NOT NULL,
	created_at BIGINT NOT NULL,
	last_seen_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX agents_email ON agents (email) WHERE email <> '';

CREATE TABLE tokens (
	id BIGINT PRIMARY KEY,
	hash TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	scope TEXT NOT NULL,
	agent_id BIGINT NOT NULL REFERENCES agents (id),
	made_by BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	last_used_at BIGINT NOT NULL,
	revoked_at BIGINT NOT NULL
);
CREATE INDEX tokens_agent ON tokens (agent_id);

-- What the API answered, so that a request that is sent again is not carried
-- out again. owner is the token or agent that asked.
CREATE TABLE api_answers (
	owner TEXT NOT NULL,
	key TEXT NOT NULL,
	request TEXT NOT NULL, -- hash of what was asked
	status BIGINT NOT NULL,
	headers TEXT NOT NULL,
	body BYTEA NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (owner, key)
);
CREATE INDEX api_answers_age ON api_answers (at);

-- Files sent ahead of the message that will carry them.
CREATE TABLE api_files (
	id BIGINT PRIMARY KEY,
	owner TEXT NOT NULL,
	file TEXT NOT NULL,
	at BIGINT NOT NULL
);
CREATE INDEX api_files_age ON api_files (at);

CREATE TABLE teams (
	id BIGINT PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	created_at BIGINT NOT NULL
);
CREATE TABLE team_members (
	team_id BIGINT NOT NULL REFERENCES teams (id),
	agent_id BIGINT NOT NULL REFERENCES agents (id),
	PRIMARY KEY (team_id, agent_id)
);
CREATE INDEX team_members_agent ON team_members (agent_id);

CREATE TABLE links (
	hash TEXT PRIMARY KEY,
	kind TEXT NOT NULL,
	agent_id BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	used_at BIGINT NOT NULL
);

-- Links sent to the mailboxes of those who ask; browser is the hash of a secret
-- that the browser which asked keeps.
CREATE TABLE mail_links (
	hash TEXT PRIMARY KEY,
	browser TEXT NOT NULL,
	address TEXT NOT NULL,
	language TEXT NOT NULL,
	next TEXT NOT NULL,
	expires_at BIGINT NOT NULL,
	used_at BIGINT NOT NULL
);
CREATE INDEX mail_links_expiry ON mail_links (expires_at);

CREATE TABLE sessions (
	hash TEXT PRIMARY KEY,
	data BYTEA NOT NULL,
	expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- Forms that are being filled on the web. The owner is "person ID", or "browser
-- HASH" of a stranger's browser; form is the key of the request type.
CREATE TABLE begun_forms (
	owner TEXT NOT NULL,
	form TEXT NOT NULL,
	filling TEXT NOT NULL,
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (owner, form)
);
CREATE INDEX begun_forms_age ON begun_forms (updated_at);

CREATE TABLE statuses (
	id BIGINT PRIMARY KEY,
	category TEXT NOT NULL,
	name_en TEXT NOT NULL,
	name_ru TEXT NOT NULL,
	color TEXT NOT NULL,
	emoji TEXT NOT NULL,
	position BIGINT NOT NULL,
	used BOOLEAN NOT NULL -- a ticket has or had it
);
INSERT INTO statuses (id, category, name_en, name_ru, color, emoji, position, used) VALUES
	(1, 'new', 'New', 'Новая', 'accent', '✨', 1, FALSE),
	(2, 'open', 'Open', 'В работе', 'ok', '🛠️', 2, FALSE),
	(3, 'waiting', 'Waiting', 'Ждём ответа', 'wait', '⏳', 3, FALSE),
	(4, 'hold', 'On hold', 'Отложена', 'soon', '⏸️', 4, FALSE),
	(5, 'solved', 'Solved', 'Решена', 'ink', '✅', 5, FALSE),
	(6, 'closed', 'Closed', 'Закрыта', 'ink', '🔒', 6, FALSE);

CREATE TABLE fields (
	id BIGINT PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,
	type TEXT NOT NULL,
	name_en TEXT NOT NULL,
	name_ru TEXT NOT NULL,
	options TEXT NOT NULL,
	currency TEXT NOT NULL,
	required BOOLEAN NOT NULL,
	team_id BIGINT NOT NULL,
	position BIGINT NOT NULL,
	archived BOOLEAN NOT NULL
);

-- What can be asked for, as it is being edited. version is the one that is
-- offered, 0 for none; revision another number after every change.
CREATE TABLE request_types (
	id BIGINT PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,
	draft TEXT NOT NULL,
	team_id BIGINT NOT NULL,
	revision BIGINT NOT NULL,
	version BIGINT NOT NULL,
	changed BOOLEAN NOT NULL,
	position BIGINT NOT NULL,
	archived BOOLEAN NOT NULL
);

-- What was published. Never changed: tickets were made with it.
CREATE TABLE request_versions (
	type_id BIGINT NOT NULL REFERENCES request_types (id),
	version BIGINT NOT NULL,
	definition TEXT NOT NULL,
	team_id BIGINT NOT NULL,
	published_at BIGINT NOT NULL,
	published_by BIGINT NOT NULL, -- agent; 0: the desk itself
	PRIMARY KEY (type_id, version)
);

CREATE TABLE reference_lists (
	key TEXT PRIMARY KEY,
	version BIGINT NOT NULL,
	name TEXT NOT NULL,
	entries TEXT NOT NULL
);

-- One row.
CREATE TABLE menu (
	id BIGINT PRIMARY KEY,
	version BIGINT NOT NULL,
	body TEXT NOT NULL
);

CREATE TABLE channels (
	id BIGINT PRIMARY KEY,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	settings TEXT NOT NULL,
	secrets TEXT NOT NULL,
	team_id BIGINT NOT NULL,
	enabled BOOLEAN NOT NULL,
	acknowledge BOOLEAN NOT NULL,
	state_ok BOOLEAN NOT NULL,
	state_reason TEXT NOT NULL,
	state_detail TEXT NOT NULL,
	state_at BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	version BIGINT NOT NULL
);

-- listed is Ticket.Listed: active, no spam and not gone; gone is Ticket.Gone:
-- merged into another or deleted.
CREATE TABLE tickets (
	id BIGINT PRIMARY KEY,
	number BIGINT NOT NULL UNIQUE,
	version BIGINT NOT NULL,
	subject TEXT NOT NULL,
	status_id BIGINT NOT NULL REFERENCES statuses (id),
	category TEXT NOT NULL,
	priority BIGINT NOT NULL,
	team_id BIGINT NOT NULL,
	assignee_id BIGINT NOT NULL,
	requester_id BIGINT NOT NULL REFERENCES persons (id),
	channel_id BIGINT NOT NULL,
	place TEXT NOT NULL,
	tags TEXT NOT NULL,
	followers TEXT NOT NULL,
	fields TEXT NOT NULL,
	spam BOOLEAN NOT NULL,
	listed BOOLEAN NOT NULL,
	looks_like BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	solved_at BIGINT NOT NULL,
	waiting_since BIGINT NOT NULL,
	last_seq BIGINT NOT NULL,
	news_seq BIGINT NOT NULL,
	last_public_at BIGINT NOT NULL,
	snippet TEXT NOT NULL,
	last_by TEXT NOT NULL,
	undelivered BIGINT NOT NULL,
	attention BIGINT NOT NULL,
	merged_into BIGINT NOT NULL,
	deleted_at BIGINT NOT NULL,
	gone BOOLEAN NOT NULL,
	approval BIGINT NOT NULL, -- stage that waits; 0: none
	type_id BIGINT NOT NULL, -- request type; 0: none
	type_version BIGINT NOT NULL,
	rating BIGINT NOT NULL -- 1 to 5; 0: not rated
);
CREATE INDEX tickets_open ON tickets (attention, id) WHERE listed;
CREATE INDEX tickets_of_team ON tickets (team_id, attention, id) WHERE listed;
CREATE INDEX tickets_of_assignee ON tickets (assignee_id, attention, id) WHERE listed;
CREATE INDEX tickets_waiting ON tickets (attention, id) WHERE listed AND category = 'waiting';
CREATE INDEX tickets_solved ON tickets (updated_at, id) WHERE NOT listed AND NOT spam AND NOT gone;
CREATE INDEX tickets_spam ON tickets (updated_at, id) WHERE spam AND NOT gone;
CREATE INDEX tickets_deleted ON tickets (deleted_at, id) WHERE deleted_at > 0;
CREATE INDEX tickets_of_requester ON tickets (requester_id, id);
CREATE INDEX tickets_merged ON tickets (merged_into, id) WHERE merged_into > 0;

-- The lists of the API go by id, which is by age, or by the latest change.
CREATE INDEX tickets_changed ON tickets (updated_at, id);
CREATE INDEX tickets_in_status ON tickets (status_id, id);
CREATE INDEX tickets_by_team ON tickets (team_id, id) WHERE team_id <> 0;
CREATE INDEX tickets_by_assignee ON tickets (assignee_id, id) WHERE assignee_id <> 0;
CREATE INDEX tickets_by_channel ON tickets (channel_id, id) WHERE channel_id <> 0;

-- The stages of approval a ticket goes through, and where it stands.
CREATE TABLE approval_chains (
	ticket_id BIGINT PRIMARY KEY REFERENCES tickets (id),
	stages TEXT NOT NULL,
	stage BIGINT NOT NULL, -- 1, 2, ...
	round BIGINT NOT NULL,
	agents BOOLEAN NOT NULL,
	state TEXT NOT NULL,
	begun_at BIGINT NOT NULL,
	due_at BIGINT NOT NULL
);

-- The questions of a stage. person_id is 0 where the agents answer.
CREATE TABLE approvals (
	id BIGINT PRIMARY KEY,
	ticket_id BIGINT NOT NULL REFERENCES tickets (id),
	stage BIGINT NOT NULL,
	round BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	deputy_for BIGINT NOT NULL,
	agent_id BIGINT NOT NULL,
	state TEXT NOT NULL,
	comment TEXT NOT NULL,
	via TEXT NOT NULL,
	asked_at BIGINT NOT NULL,
	answered_at BIGINT NOT NULL
);
CREATE INDEX approvals_of_ticket ON approvals (ticket_id, id);
CREATE INDEX approvals_waiting ON approvals (person_id, id) WHERE state = 'waiting';

-- Who answers for somebody who is away.
CREATE TABLE deputies (
	person_id BIGINT PRIMARY KEY REFERENCES persons (id),
	deputy_id BIGINT NOT NULL REFERENCES persons (id),
	from_at BIGINT NOT NULL,
	until_at BIGINT NOT NULL
);

-- What the forms of tickets were filled with.
CREATE TABLE ticket_answers (
	ticket_id BIGINT PRIMARY KEY REFERENCES tickets (id),
	type_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	answers TEXT NOT NULL,
	files TEXT NOT NULL
);

CREATE TABLE ratings (
	ticket_id BIGINT PRIMARY KEY REFERENCES tickets (id),
	person_id BIGINT NOT NULL,
	stars BIGINT NOT NULL,
	comment TEXT NOT NULL,
	given_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL
);

CREATE TABLE ticket_tags (
	tag TEXT NOT NULL,
	ticket_id BIGINT NOT NULL REFERENCES tickets (id),
	PRIMARY KEY (tag, ticket_id)
);
CREATE INDEX ticket_tags_of ON ticket_tags (ticket_id);

CREATE TABLE ticket_followers (
	person_id BIGINT NOT NULL,
	ticket_id BIGINT NOT NULL REFERENCES tickets (id),
	PRIMARY KEY (person_id, ticket_id)
);
CREATE INDEX ticket_followers_of ON ticket_followers (ticket_id);

-- Two tickets that belong together; of two related ones the older comes first.
CREATE TABLE ticket_links (
	ticket_id BIGINT NOT NULL REFERENCES tickets (id),
	other_id BIGINT NOT NULL REFERENCES tickets (id),
	kind TEXT NOT NULL,
	PRIMARY KEY (ticket_id, other_id, kind)
);
CREATE INDEX ticket_links_of_other ON ticket_links (other_id);

-- ticket_id is where a message is now, source_id where it was written; seq is
-- that of the event in the latter, added_at orders the conversation.
CREATE TABLE messages (
	id BIGINT PRIMARY KEY,
	ticket_id BIGINT NOT NULL REFERENCES tickets (id),
	source_id BIGINT NOT NULL,
	added_at BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	kind TEXT NOT NULL,
	author_kind TEXT NOT NULL,
	author_id BIGINT NOT NULL,
	author_as TEXT NOT NULL,
	channel_id BIGINT NOT NULL,
	body TEXT NOT NULL,
	markdown BOOLEAN NOT NULL,
	quoted TEXT NOT NULL,
	html TEXT NOT NULL,
	files TEXT NOT NULL,
	copies TEXT NOT NULL,
	auto TEXT NOT NULL,
	warnings TEXT NOT NULL,
	original TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	delivery_state TEXT NOT NULL,
	delivery_send_at BIGINT NOT NULL,
	delivery_at BIGINT NOT NULL,
	delivery_reason TEXT NOT NULL,
	delivery_detail TEXT NOT NULL,
	edited_at BIGINT NOT NULL,
	removed_at BIGINT NOT NULL
);
CREATE INDEX messages_of_ticket ON messages (ticket_id, added_at, seq, id);

-- What messages said before their authors changed them.
CREATE TABLE message_versions (
	message_id BIGINT NOT NULL REFERENCES messages (id),
	number BIGINT NOT NULL,
	body TEXT NOT NULL,
	quoted TEXT NOT NULL,
	html TEXT NOT NULL,
	files TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (message_id, number)
);

CREATE TABLE refs (
	network TEXT NOT NULL,
	ref TEXT NOT NULL,
	message_id BIGINT NOT NULL REFERENCES messages (id),
	PRIMARY KEY (network, ref)
);
CREATE INDEX refs_of_message ON refs (message_id);

-- Messages of the desk itself, so that an answer to one finds its ticket.
CREATE TABLE notice_refs (
	network TEXT NOT NULL,
	ref TEXT NOT NULL,
	ticket_id BIGINT NOT NULL REFERENCES tickets (id),
	PRIMARY KEY (network, ref)
);
CREATE INDEX notice_refs_of_ticket ON notice_refs (ticket_id);

CREATE TABLE once (
	key TEXT PRIMARY KEY,
	message_id BIGINT NOT NULL,
	at BIGINT NOT NULL
);
CREATE INDEX once_message ON once (message_id);

-- What was deleted for good and must not come back: the SHA-256 of the network
-- id or content key of a message, in hexadecimal.
CREATE TABLE tombstones (
	network TEXT NOT NULL,
	hash TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (network, hash)
);

CREATE TABLE events (
	pos BIGINT PRIMARY KEY,
	ticket_id BIGINT NOT NULL,
	number BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	type TEXT NOT NULL,
	actor_kind TEXT NOT NULL,
	actor_id BIGINT NOT NULL,
	actor_via TEXT NOT NULL,
	at BIGINT NOT NULL,
	data TEXT NOT NULL
);
CREATE UNIQUE INDEX events_of_ticket ON events (ticket_id, seq);

CREATE TABLE drafts (
	ticket_id BIGINT NOT NULL,
	agent_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	body TEXT NOT NULL,
	files TEXT NOT NULL,
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (ticket_id, agent_id)
);

CREATE TABLE read_marks (
	ticket_id BIGINT NOT NULL,
	agent_id BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	PRIMARY KEY (ticket_id, agent_id)
);

-- latest marks the newest mention of an agent in a ticket: the list shows a
-- ticket once.
CREATE TABLE mentions (
	agent_id BIGINT NOT NULL,
	ticket_id BIGINT NOT NULL REFERENCES tickets (id),
	message_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	seen BOOLEAN NOT NULL,
	latest BOOLEAN NOT NULL,
	PRIMARY KEY (agent_id, ticket_id, message_id)
);
CREATE INDEX mentions_latest ON mentions (agent_id, at, ticket_id) WHERE latest;
CREATE INDEX mentions_of_ticket ON mentions (ticket_id);

-- The three queues share id, lane, run_at, attempts and owner. While a row is
-- leased, owner is set and run_at is the end of the lease.
CREATE TABLE jobs (
	id BIGINT PRIMARY KEY,
	kind TEXT NOT NULL,
	key TEXT NOT NULL,
	lane TEXT NOT NULL,
	run_at BIGINT NOT NULL,
	attempts BIGINT NOT NULL,
	owner TEXT NOT NULL,
	payload BYTEA NOT NULL,
	aside BOOLEAN NOT NULL,
	reason TEXT NOT NULL,
	UNIQUE (kind, key)
);
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE NOT aside;
CREATE INDEX jobs_lane ON jobs (lane, id) WHERE NOT aside;
CREATE INDEX jobs_laneless ON jobs (run_at, id) WHERE NOT aside AND lane = '';
CREATE INDEX jobs_aside ON jobs (run_at) WHERE aside;
CREATE INDEX jobs_leased ON jobs (run_at, lane) WHERE owner <> '';

CREATE TABLE inbox (
	id BIGINT PRIMARY KEY,
	channel_id BIGINT NOT NULL,
	network TEXT NOT NULL,
	key TEXT NOT NULL,
	object TEXT NOT NULL,
	lane TEXT NOT NULL,
	raw BYTEA NOT NULL,
	blob TEXT NOT NULL,
	hint TEXT NOT NULL,
	received_at BIGINT NOT NULL,
	stored_at BIGINT NOT NULL,
	settled_at BIGINT NOT NULL,
	outcome TEXT NOT NULL,
	why TEXT NOT NULL,
	detail TEXT NOT NULL,
	sender TEXT NOT NULL,
	sender_address TEXT NOT NULL,
	subject TEXT NOT NULL,
	words TEXT NOT NULL,
	ticket BIGINT NOT NULL,
	message_id BIGINT NOT NULL,
	run_at BIGINT NOT NULL,
	attempts BIGINT NOT NULL,
	owner TEXT NOT NULL,
	UNIQUE (channel_id, key)
);
-- The outcome leads these three although it is always the same: SQLite took
-- inbox_outcome instead, and sorted all that was pending for every claim.
CREATE INDEX inbox_due ON inbox (outcome, run_at, id) WHERE outcome = 'pending';
CREATE INDEX inbox_lane ON inbox (outcome, lane, id) WHERE outcome = 'pending';
CREATE INDEX inbox_laneless ON inbox (outcome, run_at, id) WHERE outcome = 'pending' AND lane = '';
CREATE INDEX inbox_leased ON inbox (run_at, lane) WHERE owner <> '';
CREATE INDEX inbox_object ON inbox (network, object, id) WHERE object <> '';
CREATE INDEX inbox_message ON inbox (message_id) WHERE message_id <> 0;
CREATE INDEX inbox_outcome ON inbox (outcome, id);
CREATE INDEX inbox_channel ON inbox (channel_id, id);
CREATE INDEX inbox_sender ON inbox (network, sender_address, stored_at);

-- Entries that speak of a message which has not come yet.
CREATE TABLE awaited (
	network TEXT NOT NULL,
	ref TEXT NOT NULL,
	entry_id BIGINT NOT NULL,
	PRIMARY KEY (network, ref, entry_id)
);

-- Where a conversation with a person stands, per chat.
CREATE TABLE dialogs (
	channel_id BIGINT NOT NULL,
	place TEXT NOT NULL,
	state TEXT NOT NULL,
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (channel_id, place)
);

CREATE TABLE cursors (
	channel_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (channel_id, name)
);

CREATE TABLE outbox (
	id BIGINT PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,
	channel_id BIGINT NOT NULL,
	lane TEXT NOT NULL,
	ticket_id BIGINT NOT NULL,
	message_id BIGINT NOT NULL,
	outbound TEXT NOT NULL,
	notice BOOLEAN NOT NULL,
	network TEXT NOT NULL,
	address TEXT NOT NULL,
	state TEXT NOT NULL,
	run_at BIGINT NOT NULL,
	attempts BIGINT NOT NULL,
	owner TEXT NOT NULL,
	receipt TEXT NOT NULL,
	why TEXT NOT NULL,
	detail TEXT NOT NULL,
	progress TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	settled_at BIGINT NOT NULL
);
CREATE INDEX outbox_due ON outbox (run_at, id) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_lane ON outbox (lane, id) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_laneless ON outbox (run_at, id) WHERE state IN ('queued', 'sending') AND lane = '';
CREATE INDEX outbox_leased ON outbox (run_at, lane) WHERE owner <> '';
CREATE INDEX outbox_message ON outbox (message_id);
CREATE INDEX outbox_ticket ON outbox (ticket_id) WHERE message_id = 0;
CREATE INDEX outbox_failed ON outbox (settled_at) WHERE state = 'failed';
CREATE INDEX outbox_notice ON outbox (network, address, created_at) WHERE notice;

CREATE TABLE followers (
	name TEXT PRIMARY KEY,
	pos BIGINT NOT NULL,
	owner TEXT NOT NULL,
	leased_until BIGINT NOT NULL
);

CREATE TABLE leases (
	name TEXT PRIMARY KEY,
	owner TEXT NOT NULL,
	leased_until BIGINT NOT NULL
);
