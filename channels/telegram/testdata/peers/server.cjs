// The Bot API server of telegram-test-api at PORT, for the test of the whole desk.
const TelegramServer = require("telegram-test-api");

new TelegramServer({ host: "127.0.0.1", port: Number(process.env.PORT), storeTimeout: 600 }).start();
