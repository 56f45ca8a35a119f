// Package dialogtest plays conversations with the bot that are written as text,
// and compares what it says with the same file. A script has the lines
//
//	# a remark
//	* language ru          a setting of the world, see setting.go
//	> Завтра               what the person writes
//	> [Отправить]          the button they press, the latest of that name
//	> old [Да]             the oldest of that name
//	> file a.png 20 words  a file of so many kB with words beside it
//	> lost a.mov 20        a file of more MB than the network hands over; 0: that failed
//	> nothing              a message without words or files
//	< Проверьте ...        what the bot says, [buttons] below
//	~ Выберите ...         what it says in place of the message pressed
//	! open car ...         what it has done
//
// Lines with <, ~ and ! are written anew where Stage.Update says so.
// Between two turns the State goes through JSON, as it does in the desk.
package dialogtest
