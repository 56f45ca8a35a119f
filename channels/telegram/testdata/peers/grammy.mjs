// A bot of grammY, for the test of telegramtest: it does what it is written.
// BASE and TOKEN say where it lives; with HOOK=1 it asks for a webhook instead of
// polling.
import { createServer } from "node:http";
import { Bot, GrammyError, InlineKeyboard, InputFile, InputMediaBuilder, webhookCallback } from "grammy";

const { BASE, TOKEN, HOOK } = process.env;
const bot = new Bot(TOKEN, { client: { apiRoot: BASE } });
const kinds = ["message", "edited_message", "callback_query", "message_reaction", "my_chat_member"];

async function download(ctx) {
	const file = await ctx.getFile();
	const answer = await fetch(`${BASE}/file/bot${TOKEN}/${file.file_path}`);
	return new Uint8Array(await answer.arrayBuffer());
}

bot.command("start", (ctx) =>
	ctx.reply(`Hello, <b>${ctx.from.first_name}</b> ${ctx.match}`, {
		parse_mode: "HTML",
		reply_markup: new InlineKeyboard().text("Yes", "yes"),
		reply_parameters: { message_id: ctx.msg.message_id },
	}));
bot.command("fail", async (ctx) => {
	try {
		await ctx.api.sendMessage(1, "nobody");
	} catch (e) {
		await ctx.reply(e instanceof GrammyError ? `${e.error_code} ${e.description}` : String(e));
	}
});
bot.callbackQuery("yes", async (ctx) => {
	await ctx.answerCallbackQuery({ text: "Good" });
	await ctx.editMessageText("You said yes");
});
bot.on("message:photo", async (ctx) => {
	const bytes = await download(ctx);
	await ctx.replyWithDocument(new InputFile(bytes, "копия.png"), { caption: "A copy" });
	await ctx.replyWithMediaGroup([
		InputMediaBuilder.photo(new InputFile(bytes, "1.png"), { caption: "Two" }),
		InputMediaBuilder.photo(new InputFile(bytes, "2.png")),
	]);
});
bot.on("edited_message:text", (ctx) => ctx.reply(`Now it says ${ctx.msg.text}`));
bot.on("message_reaction", (ctx) => ctx.react("👀"));
bot.on("message:text", (ctx) => ctx.replyWithChatAction("typing"));
bot.catch((e) => console.error(e));

await bot.api.setMyCommands([{ command: "start", description: "Begin" }]);
if (HOOK) {
	const handle = webhookCallback(bot, "http", { secretToken: "s3cret" });
	const server = createServer(handle);
	server.listen(0, "127.0.0.1", async () => {
		await bot.init();
		await bot.api.setWebhook(`http://127.0.0.1:${server.address().port}/`, { secret_token: "s3cret", allowed_updates: kinds });
	});
} else {
	await bot.start({ allowed_updates: kinds });
}
