// Command okno is a help desk in one executable.
package main

func main() {}
