// A bot of Telegraf, for the test of telegramtest: it does what grammy.mjs does,
// with another library.
const { Input, Markup, Telegraf, TelegramError } = require("telegraf");
const { message, editedMessage } = require("telegraf/filters");

const { BASE, TOKEN } = process.env;
const bot = new Telegraf(TOKEN, { telegram: { apiRoot: BASE } });

async function download(ctx) {
	const link = await ctx.telegram.getFileLink(ctx.message.photo.at(-1).file_id);
	const answer = await fetch(link);
	return Buffer.from(await answer.arrayBuffer());
}

bot.start((ctx) =>
	ctx.reply(`Hello, <b>${ctx.from.first_name}</b> ${ctx.payload}`, {
		parse_mode: "HTML",
		...Markup.inlineKeyboard([Markup.button.callback("Yes", "yes")]),
		reply_parameters: { message_id: ctx.message.message_id },
	}));
bot.command("fail", async (ctx) => {
	try {
		await ctx.telegram.sendMessage(1, "nobody");
	} catch (e) {
		await ctx.reply(e instanceof TelegramError ? `${e.code} ${e.description}` : String(e));
	}
});
bot.action("yes", async (ctx) => {
	await ctx.answerCbQuery("Good");
	await ctx.editMessageText("You said yes");
});
bot.on(message("photo"), async (ctx) => {
	const bytes = await download(ctx);
	await ctx.replyWithDocument(Input.fromBuffer(bytes, "копия.png"), { caption: "A copy" });
	await ctx.replyWithMediaGroup([
		{ type: "photo", media: Input.fromBuffer(bytes, "1.png"), caption: "Two" },
		{ type: "photo", media: Input.fromBuffer(bytes, "2.png") },
	]);
});
bot.on(editedMessage("text"), (ctx) => ctx.reply(`Now it says ${ctx.editedMessage.text}`));
bot.on("message_reaction", (ctx) => ctx.react("👀"));
bot.on(message("text"), (ctx) => ctx.sendChatAction("typing"));
bot.catch((e) => console.error(e));

bot.telegram.setMyCommands([{ command: "start", description: "Begin" }])
	.then(() => bot.launch({ allowedUpdates: ["message", "edited_message", "callback_query", "message_reaction", "my_chat_member"] }));
